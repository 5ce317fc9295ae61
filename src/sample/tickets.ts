import { extractEnd } from "./options.js";
import { dispatchDesk, responseMinutes } from "./truths.js";
import { customerId, employeeId, staffOf, type World } from "./world.js";

/** Ids like `T00000042` of the row `index`. */
const ticketId = (index: string) => `printf('T%08d', (${index} + 1)::bigint)`;

/** The view `ticket`: one row a ticket, in order of time, everything computed from its index. */
export function ticketView(world: World): string {
  const { plan, dice } = world;
  const again = (index: string) => `${dice.uniform(index, "comes again")} < 0.05`;
  const distance = `(1 + ${dice.pick("i", "distance", Math.max(1, Math.round(plan.tickets / plan.months / 2)))})`;
  const agents = staffOf(plan.employees, ["客户关系部", "售后服务部"]);
  const minutes = Object.entries(responseMinutes).map(([channel, mean]) => `when '${channel}' then ${mean}`);
  return `
    create view ticket as
    with
    numbers as (
        select i, case when i >= ${distance} and ${again("i")} and not ${again(`i - ${distance}`)}
            then i - ${distance} else i end as origin
        from range(${plan.tickets}) as numbers(i)
    ),
    placed as (
        select i, origin, ${world.monthOf("tickets", "i")} as m, ${world.monthOf("tickets", "origin")} as origin_m
        from numbers
    ),
    timed as (
        select
            placed.i,
            placed.origin,
            months.email_share,
            ${world.timeOf("tickets", "placed.i")} as created_at,
            origin_months.active_first
                + ${dice.pick("placed.origin", "ticket customer", "origin_months.active_count")} as active_key
        from placed
        join months on months.m = placed.m
        join months as origin_months on origin_months.m = placed.origin_m
    ),
    described as (
        select
            timed.i,
            timed.origin,
            timed.created_at,
            customer.k,
            customer.region,
            customer.segment,
            ${dice.weighted("timed.origin", "ticket type", { inquiry: 38, request: 24, repair: 18, complaint: 16, praise: 4 })} as type,
            case
                when ${dice.uniform("timed.i", "is email")} < timed.email_share then 'email'
                else ${dice.weighted("timed.i", "channel", { phone: 42, wechat: 22, online: 20, visit: 7, social: 6, fax: 3 })}
            end as channel,
            ${dice.weighted("timed.i", "severity", { general: 78, serious: 18, very_serious: 4 })} as drawn_severity,
            ${dice.weighted("timed.origin", "complaint class", { product_quality: 34, delivery: 24, service_quality: 18, technical_support: 15, price: 9 })} as drawn_class,
            ${dice.uniform("timed.i", "response 1")} * ${dice.uniform("timed.i", "response 2")} as response_draw,
            ${dice.uniform("timed.i", "resolution 1")} * ${dice.uniform("timed.i", "resolution 2")} as resolution_draw,
            ${dice.uniform("timed.i", "handlings")} as handling_draw
        from timed
        join active on active.active_key = timed.active_key
        join customer on customer.k = active.k
    ),
    answered as (
        select
            described.*,
            case when type = 'complaint' then drawn_severity end as severity,
            case when type = 'complaint' then drawn_class end as complaint_class,
            created_at + to_seconds(greatest(5, round(60 * (0.1 + 3.6 * response_draw)
                * case channel ${minutes.join(" ")} end
                * case when type = 'complaint' and drawn_severity = 'very_serious' then 0.2
                    when type = 'complaint' and drawn_severity = 'serious' then 0.5 else 1 end
                * case when region = '${dispatchDesk.region}' and created_at >= '${dispatchDesk.on}'
                    then ${dispatchDesk.responseFactor} else 1 end))::int) as answered_at,
            case when handling_draw < 0.72 then 1 when handling_draw < 0.91 then 2
                when handling_draw < 0.97 then 3 else 4 end as handlings
        from described
    ),
    closed as (
        select
            answered.*,
            answered_at + to_seconds(round(3600 * (0.05 + 3.8 * resolution_draw)
                * case type when 'inquiry' then 5 when 'request' then 22 when 'repair' then 64
                    when 'complaint' then 46 else 2 end)::int) as closed_at
        from answered
    )
    select
        i,
        k,
        region,
        segment,
        ${ticketId("i")} as ticket_id,
        ${customerId("k + 1")} as customer_id,
        type,
        complaint_class,
        severity,
        channel,
        created_at,
        case when answered_at < '${extractEnd}' then answered_at end as first_response_at,
        case when closed_at < '${extractEnd}' then closed_at end as resolved_at,
        ${employeeId(`${agents.first + 1} + ${dice.pick("i", "agent", agents.count)}`)} as agent_id,
        handlings::int as handling_count,
        case when ${dice.uniform("i", "resolution noted")} < 0.7 and closed_at < '${extractEnd}'
            then handlings = 1 end as first_contact_resolved,
        case when ${dice.uniform("i", "is checked")} < 0.3
            then ${dice.uniform("i", "is right")} < 0.935 end as qa_correct,
        case when type = 'repair'
            then 'A' || (k + 1)::varchar || '-' || (1 + ${dice.pick("origin", "asset", 3)})::varchar end as asset_id,
        case when type = 'repair'
            then 'F' || lpad((1 + ${dice.pick("origin", "fault", 12)})::varchar, 2, '0') end as fault_code,
        case when type = 'repair' and closed_at < '${extractEnd}'
            then least(100, 82 + 8 * ${dice.bell("i", "repair")})::decimal(6, 1) end as repair_quality,
        case when origin <> i then ${ticketId("origin")} end as previous_ticket_id,
        case when type = 'complaint' and ${dice.uniform("i", "cause known")} < 0.6
            then case complaint_class
                when 'product_quality' then '来料批次偏差'
                when 'delivery' then '排产变更'
                when 'service_quality' then '交接信息缺失'
                when 'technical_support' then '资料未更新'
                else '报价说明不清' end end as root_cause
    from closed`;
}

/** `tickets`, from the view. */
export const ticketsSelect = `
    select i as row_index, ticket_id, customer_id, type, complaint_class, severity, channel, created_at,
        first_response_at, resolved_at, agent_id, handling_count, first_contact_resolved, qa_correct, asset_id,
        fault_code, repair_quality, previous_ticket_id, root_cause
    from ticket`;

/** `ticket_steps`: the flow of each complaint as far as it has come. */
export function ticketStepsSelect({ dice }: World): string {
  const share = (name: string) => dice.uniform("i", name);
  return `
    with
    flow as (
        select
            i,
            ticket_id,
            unnest(['received', 'classified', 'investigated', 'resolved', 'confirmed']) as step,
            unnest([0, 1, 2, 3, 4]) as step_no,
            unnest([
                created_at,
                created_at + to_seconds((600 + 9000 * ${share("classify")})::int),
                created_at + to_seconds((10000 + 50000 * ${share("investigate")})::int),
                resolved_at,
                resolved_at + to_seconds((7200 + 170000 * ${share("confirm")})::int)
            ]) as entered_at
        from ticket
        where type = 'complaint' and resolved_at - created_at > interval 20 hours
    )
    select i * 5 + step_no as row_index, ticket_id, step, entered_at
    from flow
    where entered_at < '${extractEnd}'`;
}

/** `handoffs`: tickets that other departments had to work on. */
export function handoffsSelect({ dice }: World): string {
  return `
    with
    handed as (
        select
            i,
            ticket_id,
            created_at + to_seconds((1200 + ${dice.pick("i", "handed", 18000)})::int) as handed_at,
            (1 + ${dice.pick("i", "due", 4)})::int as due_days,
            ${dice.uniform("i", "hand-off pace 1")} * ${dice.uniform("i", "hand-off pace 2")} as pace,
            ${dice.weighted("i", "to department", { 技术支持部: 45, 物流部: 25, 售后服务部: 20, 销售部: 10 })} as to_department
        from ticket
        where ${dice.uniform("i", "is handed off")} < 0.15
    )
    select
        i as row_index,
        printf('H%08d', (i + 1)::bigint) as handoff_id,
        ticket_id,
        '客户关系部' as from_department,
        to_department,
        handed_at,
        handed_at + to_days(due_days) as due_at,
        case when handed_at + to_seconds((86400 * due_days * 2.1 * pace)::int + 900) < '${extractEnd}'
            then handed_at + to_seconds((86400 * due_days * 2.1 * pace)::int + 900) end as completed_at
    from handed
    where handed_at < '${extractEnd}'`;
}
