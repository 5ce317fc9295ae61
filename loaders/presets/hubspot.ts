import type { Feed, Preset } from "./preset.js";

const id = "{hs_object_id|id|Record ID}";
const owner = "{hubspot_owner_id|owner_id|Contact owner}";
const changed = "at({hs_lastmodifieddate|lastmodifieddate|Last Modified Date})";
const isDeleted = "is({is_deleted|_fivetran_deleted|archived})";

/** Engagements of one kind: whom they were with stands in a table of associations, or beside them. */
function engagements(
  object: string,
  given: { channel: Feed["columns"][string]; where?: string[]; reached?: Feed["columns"][string] },
): Feed {
  const { channel, where = [], reached } = given;
  return {
    object,
    columns: {
      contact_id: "{engagement_id|hs_object_id|id}",
      customer_id: [
        "{with.company_id@company}",
        "survivor(company, split_part({associations_companies}, ';', 1))",
      ],
      employee_id: owner,
      channel,
      contacted_at: ["at({hs_timestamp})", "at({start_time})", "at({hs_createdate})"],
      purpose: [
        "case when {deal.deal_id} is not null then 'sales' else 'other' end",
        "case when {associations_tickets} <> '' then 'service' when {associations_deals} <> '' then 'sales' else 'other' end",
        "'other'",
      ],
      ...(reached === undefined ? {} : { reached }),
      updated_at: changed,
    },
    joins: {
      with: { object: "engagement_company", by: "{engagement_id}", to: "{engagement_id|hs_object_id|id}" },
      deal: { object: "engagement_deal", by: "{engagement_id}", to: "{engagement_id|hs_object_id|id}" },
    },
    deleted: isDeleted,
    // One with nobody's company is no contact with a customer; one that is to come none yet.
    where: [
      "{with.company_id} is not null",
      "{associations_companies} <> ''",
      "not coalesce(try_cast(at({hs_timestamp|start_time}) as timestamptz) > now(), false)",
      ...where,
    ],
  };
}

/** Standard objects of HubSpot, by the API's names, with `property_` before them, or by the headings of its exports. */
export const hubspot: Preset = {
  objects: {
    company: {
      names: ["company", "companies", "company_data", "hubspot_company"],
      signature: ["domain|numberofemployees|Company name", "name|Company name"],
    },
    deal: {
      names: ["deal", "deals", "deal_data", "hubspot_deal"],
      signature: ["dealname|Deal Name"],
    },
    ticket: {
      names: ["ticket", "tickets", "ticket_data", "hubspot_ticket"],
      signature: ["hs_pipeline_stage|Ticket status", "subject|Ticket name"],
    },
    contact: {
      names: ["contact", "contacts", "contact_data", "hubspot_contact"],
      signature: ["firstname|First Name", "email"],
    },
    owner: {
      names: ["owner", "owners", "owner_data", "hubspot_owner"],
      signature: ["active_user_id|userId", "email"],
    },
    owner_team: { names: ["owner_team", "owner_team_data"], signature: ["owner_id", "is_team_primary"] },
    team: { names: ["team", "teams", "team_data"], signature: [] },
    stage: {
      names: ["deal_pipeline_stage", "deal_pipeline_stage_data", "deal_stages"],
      signature: ["stage_id", "closed_won"],
    },
    call: {
      names: ["call", "calls", "engagement_call", "engagement_call_data"],
      signature: ["hs_call_status"],
    },
    meeting: {
      names: ["meeting", "meetings", "engagement_meeting", "engagement_meeting_data"],
      signature: ["hs_meeting_outcome|meeting_outcome"],
    },
    email: {
      names: ["email", "emails", "engagement_email", "engagement_email_data"],
      signature: ["hs_email_direction|hs_email_subject"],
    },
    communication: {
      names: ["communication", "communications", "engagement_communication", "engagement_communication_data"],
      signature: ["hs_communication_channel_type"],
    },
    feedback: {
      names: ["feedback_submission", "feedback_submissions"],
      signature: ["hs_survey_type", "hs_value"],
    },
    ticket_company: {
      names: ["ticket_company", "ticket_company_data"],
      signature: ["ticket_id", "company_id"],
    },
    deal_company: { names: ["deal_company", "deal_company_data"], signature: ["deal_id", "company_id"] },
    engagement_company: {
      names: ["engagement_company", "engagement_company_data"],
      signature: ["engagement_id", "company_id"],
    },
    engagement_deal: {
      names: ["engagement_deal", "engagement_deal_data"],
      signature: ["engagement_id", "deal_id"],
    },
    merged_deal: { names: ["merged_deal", "merged_deal_data"], signature: ["merged_deal_id"] },
    contact_merge: {
      names: ["contact_merge_audit", "contact_merge_audit_data"],
      signature: ["vid_to_merge"],
    },
  },
  // The record that is left lists those merged into it.
  merges: {
    company: [{ object: "company", gone: "{hs_merged_object_ids}", into: id, list: ";" }],
    contact: [
      { object: "contact", gone: "{hs_merged_object_ids|Merged record IDs}", into: id, list: ";" },
      { object: "contact_merge", gone: "{vid_to_merge}", into: "{canonical_vid|contact_id}" },
    ],
    deal: [
      { object: "deal", gone: "{hs_merged_object_ids}", into: "{deal_id|hs_object_id|id}", list: ";" },
      { object: "merged_deal", gone: "{merged_deal_id}", into: "{deal_id}" },
    ],
    ticket: [{ object: "ticket", gone: "{hs_merged_object_ids}", into: id, list: ";" }],
  },
  feeds: {
    customers: [
      {
        object: "company",
        columns: {
          customer_id: id,
          name: "{name|Company name}",
          industry: "{industry}",
          region: "{country|Country/Region}",
          province: "{state|State/Region}",
          city: "{city}",
          employees: "{numberofemployees|Number of Employees}",
          // The day on which it became a customer; on that of `createdate` it was but written down.
          acquired_on: "day({hs_lifecyclestage_customer_date|closedate})",
          acquisition_channel: "{hs_analytics_source|Original Source Type}",
          owner_id: owner,
          updated_at: changed,
        },
        deleted: isDeleted,
        where: ["not is_merged({hs_object_id|id|Record ID@company})"],
      },
    ],
    tickets: [
      {
        object: "ticket",
        columns: {
          ticket_id: "{hs_object_id|id|Ticket ID|Record ID}",
          customer_id: [
            "{with.company_id@company}",
            "survivor(company, split_part({associations_companies}, ';', 1))",
          ],
          type: "{hs_ticket_category|Category}",
          severity: "{hs_ticket_priority|Priority}",
          channel: "{source_type|Source}",
          created_at: "at({createdate|Create date})",
          first_response_at:
            "at({first_agent_reply_date|hs_first_agent_message_sent_at|First agent email response date})",
          resolved_at: "at({closed_date|Close date})",
          agent_id: "{hubspot_owner_id|Ticket owner}",
          updated_at: changed,
        },
        joins: {
          with: { object: "ticket_company", by: "{ticket_id}", to: "{hs_object_id|id|Ticket ID|Record ID}" },
        },
        deleted: isDeleted,
        where: ["not is_merged({hs_object_id|id|Ticket ID|Record ID@ticket})"],
        values: {
          type: {
            PRODUCT_ISSUE: "repair",
            "Product issue": "repair",
            BILLING_ISSUE: "inquiry",
            "Billing issue": "inquiry",
            FEATURE_REQUEST: "request",
            "Feature request": "request",
            GENERAL_INQUIRY: "inquiry",
            "General inquiry": "inquiry",
          },
          severity: { LOW: "general", MEDIUM: "general", HIGH: "serious", URGENT: "very_serious" },
          channel: { CHAT: "online", EMAIL: "email", FORM: "online", PHONE: "phone" },
        },
      },
    ],
    leads: [
      {
        object: "contact",
        columns: {
          lead_id: id,
          created_at: "at({createdate|Create Date})",
          source: "{hs_analytics_source|Original Source Type}",
          owner_id: owner,
          region: "{country|Country/Region}",
          qualified_at:
            "at({hs_lifecyclestage_salesqualifiedlead_date|hs_lifecyclestage_marketingqualifiedlead_date})",
          converted_at: "at({hs_lifecyclestage_customer_date|Became a Customer Date})",
          customer_id: "{associatedcompanyid@company}",
          updated_at: changed,
        },
        deleted: isDeleted,
        where: ["not is_merged({hs_object_id|id|Record ID@contact})"],
      },
    ],
    opportunities: [
      {
        object: "deal",
        columns: {
          opportunity_id: "{deal_id|hs_object_id|id|Record ID}",
          customer_id: [
            "{with.company_id@company}",
            "survivor(company, split_part({associations_companies}, ';', 1))",
          ],
          owner_id: "{hubspot_owner_id|owner_id|Deal owner}",
          created_at: "at({createdate|Create Date})",
          stage: [
            "coalesce({stage.label}, {dealstage|deal_pipeline_stage_id})",
            "{dealstage|deal_pipeline_stage_id|Deal Stage}",
          ],
          amount: "{amount}",
          currency: "{deal_currency_code|Currency}",
          // Of what is open the day is but a guess.
          closed_at: [
            "case when is({hs_is_closed}) then at({closedate}) end",
            "case when is({stage.is_closed}) then at({closedate}) end",
            "case when lower({dealstage|deal_pipeline_stage_id|Deal Stage}) in ('closedwon', 'closedlost', 'closed won', 'closed lost') then at({closedate|Close Date}) end",
          ],
          won: [
            "case when is({hs_is_closed}) then is({hs_is_closed_won}) end",
            "case when is({stage.is_closed}) then is({stage.closed_won}) end",
            "case when lower({dealstage|deal_pipeline_stage_id|Deal Stage}) in ('closedwon', 'closed won') then true when lower({dealstage|deal_pipeline_stage_id|Deal Stage}) in ('closedlost', 'closed lost') then false end",
          ],
          updated_at: changed,
        },
        joins: {
          with: { object: "deal_company", by: "{deal_id}", to: "{deal_id|hs_object_id|id|Record ID}" },
          stage: { object: "stage", by: "{stage_id}", to: "{dealstage|deal_pipeline_stage_id}" },
        },
        deleted: isDeleted,
        where: ["not is_merged({deal_id|hs_object_id|id|Record ID@deal})"],
      },
    ],
    contacts: [
      engagements("call", {
        channel: "'phone'",
        reached: ["upper({hs_call_status}) = 'COMPLETED'"],
      }),
      engagements("meeting", {
        channel: "'visit'",
        reached: ["upper({hs_meeting_outcome|meeting_outcome}) = 'COMPLETED'"],
      }),
      // An email that came in is the customer's, not ours.
      engagements("email", {
        channel: "'email'",
        where: ["upper(coalesce({hs_email_direction}, 'EMAIL')) <> 'INCOMING_EMAIL'"],
      }),
      engagements("communication", {
        channel: ["coalesce({hs_communication_channel_type}, 'online')", "'online'"],
      }),
    ],
    employees: [
      {
        object: "owner",
        columns: {
          employee_id: "{owner_id|id}",
          name: "coalesce(nullif(concat_ws(' ', {first_name|firstName}, {last_name|lastName}), ''), {email})",
          team: "{team.name}",
        },
        joins: { team: { object: "owner_team", by: "{owner_id}", to: "{owner_id|id}" } },
      },
    ],
    survey_answers: [
      {
        object: "feedback",
        columns: {
          answer_id: id,
          respondent_id: id,
          customer_id: "survivor(company, split_part({associations_companies}, ';', 1))",
          ticket_id: "survivor(ticket, split_part({associations_tickets}, ';', 1))",
          answered_at: "at({hs_submission_timestamp|hs_createdate})",
          survey: "'periodic'",
          dimension: "'recommend'",
          score: "{hs_value}",
          scale_min: "0",
          scale_max: "10",
        },
        // The scale of the other surveys is the form's and stands nowhere.
        only: "upper({hs_survey_type}) = 'NPS'",
      },
    ],
  },
};
