import { extractEnd } from "./options.js";
import { followUpCalls } from "./truths.js";
import { customerId, employeeId, staffOf, type World } from "./world.js";

/** `contacts`: mostly follow-up calls; one segment gets twice as many from the initiative's date. */
export function contactsSelect(world: World): string {
  const { plan, dice } = world;
  const staff = staffOf(plan.employees, ["客户关系部"]);
  return `
    with
    placed as (
        select i, ${world.monthOf("contacts", "i")} as m from range(${plan.contacts}) as numbers(i)
    ),
    timed as (
        select
            placed.i,
            ${world.timeOf("contacts", "placed.i")} as first_at,
            months.active_first + ${dice.pick("placed.i", "contacted customer", "months.active_count")} as active_key
        from placed
        join months on months.m = placed.m
    ),
    reached as (
        select
            timed.i,
            timed.first_at,
            customer.customer_id,
            unnest(range(1 + (customer.segment = '${followUpCalls.segment}'
                and timed.first_at >= '${followUpCalls.on}')::int)) as turn
        from timed
        join active on active.active_key = timed.active_key
        join customer on customer.k = active.k
    )
    select
        i * 2 + turn as row_index,
        printf('K%08d', (i * 2 + turn + 1)::bigint) as contact_id,
        customer_id,
        ${employeeId(`${staff.first + 1} + ${dice.pick("i * 2 + turn", "caller", staff.count)}`)} as employee_id,
        ${dice.weighted("i * 2 + turn", "contact channel", { phone: 58, wechat: 24, visit: 10, email: 8 })} as channel,
        first_at + to_days((turn * 9)::int) as contacted_at,
        case when turn = 1 then 'follow_up'
            else ${dice.weighted("i", "purpose", { follow_up: 74, sales: 14, service: 9, other: 3 })} end as purpose,
        ${dice.uniform("i * 2 + turn", "is reached")} < 0.9 as reached
    from reached
    where first_at + to_days((turn * 9)::int) < '${extractEnd}'`;
}

/** `events`: one a month. */
export function eventsSelect({ dice }: World): string {
  return `
    select
        m as row_index,
        printf('V%04d', (m + 1)::bigint) as event_id,
        ${dice.oneOf("m", "event", ["客户开放日", "新品发布会", "行业技术沙龙", "用户培训班"])} || ' ' || strftime(start_on, '%Y-%m') as name,
        ${dice.oneOf("m", "event type", ["线下", "线上"])} as type,
        start_on + 9 + ${dice.pick("m", "held", 14)}::int as held_on
    from months
    order by m`;
}

/** `event_invitations`: a twelfth of the customers of the month. */
export function eventInvitationsSelect({ dice }: World): string {
  return `
    select
        active_key as row_index,
        printf('V%04d', (m + 1)::bigint) as event_id,
        ${customerId("k + 1")} as customer_id,
        ${dice.uniform("active_key", "attends")} < 0.44 as attended
    from active
    where ${dice.uniform("active_key", "is invited")} < 0.085
    order by active_key`;
}

/** How many of a sample's answers come from which form, so that they add up to about the number asked for. */
export function formSizes(plan: { tickets: number; answers: number }) {
  const share = (answers: number, answersPerForm: number, tickets: number) =>
    Math.min(0.8, answers / answersPerForm / tickets);
  const complaintShare = share(0.22 * plan.answers, 2, 0.16 * plan.tickets);
  const serviceShare = share(0.1 * plan.answers, 2, 0.42 * plan.tickets);
  const fromTickets = 2 * plan.tickets * (complaintShare * 0.16 + serviceShare * 0.42);
  return {
    complaintShare,
    serviceShare,
    periodicForms: Math.max(1, Math.round((plan.answers - fromTickets) / 5)),
  };
}

/** `survey_answers`: periodic forms with five questions, and two questions after a complaint or a repair. */
export function surveyAnswersSelect(world: World): string {
  const { plan, dice } = world;
  const { complaintShare, serviceShare, periodicForms } = formSizes(plan);
  const closing = `ticket.i + ${periodicForms}`;
  return `
    with
    placed as (
        select i, ${world.monthOf("forms", "i")} as m from range(${periodicForms}) as numbers(i)
    ),
    periodic as (
        select
            placed.i as form,
            months.active_first + ${dice.pick("placed.i", "asked customer", "months.active_count")} as active_key,
            ${world.timeOf("forms", "placed.i")} as answered_at
        from placed
        join months on months.m = placed.m
    ),
    forms as (
        select
            form,
            'periodic' as survey,
            customer.k,
            null::varchar as ticket_id,
            answered_at,
            case when form % 2 = 0 then ['overall', 'attitude', 'recommend', 'product_quality', 'delivery_speed']
                else ['overall', 'attitude', 'recommend', 'service_quality', 'price'] end as dimensions
        from periodic
        join active on active.active_key = periodic.active_key
        join customer on customer.k = active.k
        union all
        select
            ${closing},
            case when type = 'complaint' then 'complaint_resolution' else 'after_sales' end,
            k,
            ticket_id,
            resolved_at + to_seconds((3600 + 250000 * ${dice.uniform(closing, "answers after")})::int),
            ['overall', 'attitude']
        from ticket
        where resolved_at is not null
            and ${dice.uniform(closing, "is asked")} < case
                when type = 'complaint' then ${complaintShare}
                when type in ('repair', 'request') then ${serviceShare}
                else 0
            end
    ),
    questions as (
        select forms.*, unnest(dimensions) as dimension, unnest(range(len(dimensions))) as question from forms
    ),
    felt as (
        select
            *,
            form * 5 + question as answer,
            case dimension when 'overall' then 0.805 when 'attitude' then 0.845 when 'recommend' then 0.8
                when 'price' then 0.71 when 'delivery_speed' then 0.775 else 0.815 end
                - case survey when 'complaint_resolution' then 0.09 when 'after_sales' then -0.01 else 0 end
                + 0.09 * ${dice.bell("form", "mood")} + 0.09 * ${dice.bell("form * 5 + question", "answer")} as feeling,
            case when dimension = 'recommend' then 0
                else (${dice.weighted("form", "scale", { 1: 60, 0: 40 })})::int end as scale_min,
            case when dimension = 'recommend' then 10 when scale_min = 1 then 5 else 100 end as scale_max
        from questions
    )
    select
        answer as row_index,
        printf('S%09d', (answer + 1)::bigint) as answer_id,
        printf('R%08d', (form + 1)::bigint) as respondent_id,
        ${customerId("k + 1")} as customer_id,
        ticket_id,
        answered_at,
        survey,
        dimension,
        (scale_min + round((scale_max - scale_min) * least(1, greatest(0, feeling))))::int as score,
        scale_min,
        scale_max
    from felt
    where answered_at < '${extractEnd}'`;
}
