import type { Preset } from "./preset.js";

/** A ticket that was solved and opened again has no time in which it is. */
const isSolved = "lower({status}) in ('solved', 'closed')";

const agents = "lower({role}) in ('agent', 'admin')";

/** Zendesk's objects as the API names them, its `via` and metrics nested or as columns of their own (`via_channel`). */
export const zendesk: Preset = {
  objects: {
    ticket: {
      names: ["ticket", "tickets", "ticket_data", "zendesk_ticket"],
      signature: ["requester_id", "assignee_id", "status"],
    },
    metric: {
      names: ["ticket_metric", "ticket_metrics", "ticket_metric_data"],
      signature: ["ticket_id", "reply_time_in_minutes|reply_time_in_minutes_calendar"],
    },
    organization: {
      names: ["organization", "organizations", "organization_data", "zendesk_organization"],
      signature: ["shared_tickets", "shared_comments"],
    },
    user: {
      names: ["user", "users", "user_data", "zendesk_user"],
      signature: ["role", "ticket_restriction"],
    },
    rating: {
      names: ["satisfaction_rating", "satisfaction_ratings", "satisfaction_rating_data"],
      signature: ["score", "ticket_id", "requester_id"],
    },
    history: {
      names: ["ticket_field_history", "ticket_field_history_data"],
      signature: ["field_name", "ticket_id", "updated"],
    },
    comment: {
      names: ["ticket_comment", "ticket_comments", "ticket_comment_data"],
      signature: ["public", "body"],
    },
    group: { names: ["group", "groups", "group_data"], signature: [] },
  },
  // The ticket that is left lists those merged into it, in copies in a database; of the API a tag tells them.
  merges: { ticket: [{ object: "ticket", gone: "{merged_ticket_ids}", into: "{id}", list: "," }] },
  feeds: {
    customers: [
      {
        object: "organization",
        columns: {
          customer_id: "{id}",
          name: "{name}",
          region: "{organization_fields_region|region}",
          updated_at: "at({updated_at})",
        },
        deleted: "is({deleted_at|_fivetran_deleted})",
      },
      {
        // Where there are no organizations the people who ask are the customers.
        object: "user",
        unless: "organization",
        columns: { customer_id: "{id}", name: "{name}", updated_at: "at({updated_at})" },
        deleted: "not is(coalesce({active}, 'true'))",
        where: ["lower({role}) = 'end-user'"],
      },
    ],
    tickets: [
      {
        object: "ticket",
        columns: {
          ticket_id: "{id}",
          customer_id: ["if_there(organization, {organization_id})", "{requester_id}"],
          type: "{type}",
          severity: "{priority}",
          channel: ["{via_channel}", "json_extract_string({via}, '$.channel')"],
          created_at: "at({created_at})",
          // Calendar minutes from its beginning; to the minute, as Zendesk tells them.
          first_response_at: [
            "cast(at({created_at}) as timestamptz) + to_minutes(cast({metric.reply_time_in_minutes_calendar} as bigint))",
            "cast(at({created_at}) as timestamptz) + to_minutes(cast(json_extract_string({metric.reply_time_in_minutes}, '$.calendar') as bigint))",
            "at({reply.created|created_at})",
          ],
          resolved_at: [
            `case when ${isSolved} then at({metric.solved_at}) end`,
            `case when ${isSolved} then cast(at({created_at}) as timestamptz) + to_minutes(cast({metric.full_resolution_time_in_minutes_calendar} as bigint)) end`,
            `case when ${isSolved} then cast(at({created_at}) as timestamptz) + to_minutes(cast(json_extract_string({metric.full_resolution_time_in_minutes}, '$.calendar') as bigint)) end`,
            `case when ${isSolved} then at({solved.updated}) end`,
          ],
          agent_id: "{assignee_id}",
          handling_count: ["{metric.replies}"],
          // A follow-up of a closed ticket is about the same.
          previous_ticket_id: [
            "{via_followup_source_id@ticket}",
            "case when {via_source_rel} = 'follow_up' then {via_source_from_ticket_id@ticket} end",
            "case when json_extract_string({via}, '$.source.rel') = 'follow_up' then json_extract_string({via}, '$.source.from.ticket_id') end",
          ],
          updated_at: "at({updated_at})",
        },
        joins: {
          metric: { object: "metric", by: "{ticket_id}", to: "{id}", take: "max" },
          solved: {
            object: "history",
            by: "{ticket_id}",
            to: "{id}",
            take: "max",
            only: "{field_name} = 'status' and {value} = 'solved'",
          },
          reply: {
            object: "comment",
            by: "{ticket_id}",
            to: "{id}",
            take: "min",
            joins: { author: { object: "user", by: "{id}", to: "{user_id|author_id}", only: agents } },
            only: `is({public}) and {author.id} is not null`,
          },
        },
        deleted: "lower({status}) = 'deleted'",
        // One that was merged into another is the same problem once more.
        where: [
          "not is_merged({id@ticket})",
          "not regexp_matches(coalesce({tags}, ''), '\\bclosed_by_merge\\b')",
        ],
        values: {
          type: { question: "inquiry", problem: "repair", incident: "repair", task: "request" },
          severity: { low: "general", normal: "general", high: "serious", urgent: "very_serious" },
          channel: {
            web: "online",
            chat: "online",
            native_messaging: "online",
            mobile_sdk: "online",
            voice: "phone",
            twitter: "social",
            facebook: "social",
            instagram_dm: "social",
          },
        },
      },
    ],
    employees: [
      {
        object: "user",
        columns: { employee_id: "{id}", name: "{name}", role: "{role}", updated_at: "at({updated_at})" },
        // One who left stays, with what he did.
        where: [agents],
      },
    ],
    survey_answers: [
      {
        object: "rating",
        columns: {
          answer_id: "{id}",
          respondent_id: "{id}",
          customer_id: ["if_there(organization, {ticket.organization_id})", "{requester_id}"],
          ticket_id: "{ticket_id@ticket}",
          answered_at: "at({updated_at|created_at})",
          survey: "'after_sales'",
          dimension: "'overall'",
          // Good or bad: a scale of two. What was offered and not answered is no answer.
          score: "case when lower({score}) like 'good%' then 1 else 0 end",
          scale_min: "0",
          scale_max: "1",
        },
        joins: { ticket: { object: "ticket", by: "{id}", to: "{ticket_id}" } },
        where: ["regexp_matches(lower({score}), '^(good|bad)')"],
      },
    ],
  },
};
