-- Tickets, by the month of creation and by that of resolution, and their hand-offs.

create temp table fault_repairs as
select ticket_id, asset_id, fault_code, created_at, resolved_at
from tickets
where type = 'repair' and asset_id is not null and fault_code is not null;

create temp table faults as
select
    repairs.ticket_id,
    coalesce(earlier.created_at >= repairs.created_at - interval 30 day, false) as is_repeat,
    coalesce(later.created_at <= repairs.resolved_at + interval 90 day, false) as recurs
from fault_repairs as repairs
asof left join fault_repairs as earlier
    on earlier.asset_id = repairs.asset_id and earlier.fault_code = repairs.fault_code
    and repairs.created_at > earlier.created_at
asof left join fault_repairs as later
    on later.asset_id = repairs.asset_id and later.fault_code = repairs.fault_code
    and repairs.resolved_at < later.created_at;

create temp table ticket_figures as
with limits as (
    select
        *,
        case when first_response_at <= coalesce(resolved_at, first_response_at)
            then epoch_us(first_response_at) - epoch_us(created_at) end as response,
        60000000::bigint * case
            when type = 'complaint' then
                case severity when 'very_serious' then 30 when 'serious' then 120 else 480 end
            else case channel
                when 'phone' then 5 when 'online' then 5 when 'wechat' then 15 when 'social' then 60
                when 'email' then 480 else 1440 end
        end as most
    from tickets
),
cases as (
    select
        date_trunc('month', created_at)::date as month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(industry, '(unknown)') as industry,
        coalesce(region, '(unknown)') as region,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner, '(unknown)') as owner,
        channel,
        type,
        coalesce(complaint_class, '(unknown)') as class,
        coalesce(severity, '(unknown)') as severity,
        coalesce(agent_id, '(unknown)') as agent,
        type <> 'praise' as waits,
        response is null and resolved_at is not null as is_closed,
        type in ('request', 'repair', 'complaint') as is_service,
        case when type <> 'praise' then response end as response,
        case
            when type = 'praise' then null
            when response is not null then response <= most
            when resolved_at is not null
                then case when epoch_us(resolved_at) - epoch_us(created_at) > most then false end
            when epoch_us(created_at) + most <= epoch_us((select day + 1 from last_day)::timestamp) then false
        end as is_on_time,
        qa_correct,
        greatest(handling_count - 1, 0) as rehandlings,
        coalesce(resolved_at <= created_at + interval 30 day, false) as is_solved,
        is_repeat
    from limits
    left join dims on dims.customer_id = limits.customer_id
    left join faults on faults.ticket_id = limits.ticket_id
)
select
    month, segment, industry, region, acquisition_channel, owner, channel, type, class, severity, agent,
    count(*) as tickets,
    sum(response) as response_sum,
    sum(response::double * response) as response_sum_sq,
    count(response) as response_n,
    count(*) filter (waits) as waiting_n,
    count(*) filter (waits and not is_closed) - count(response) as open_n,
    count(*) filter (is_service and not is_closed) - count(response) filter (is_service) as service_open_n,
    sum(response) filter (is_service) as service_sum,
    sum(response::double * response) filter (is_service) as service_sum_sq,
    count(response) filter (is_service) as service_n,
    count(*) filter (is_on_time) as on_time_n,
    count(is_on_time) as judged_n,
    count(*) filter (qa_correct) as right_n,
    count(qa_correct) as checked_n,
    coalesce(sum(rehandlings), 0) as rehandlings,
    count(*) filter (type = 'complaint') as complaints,
    count(*) filter (type = 'complaint' and is_solved) as solved_complaints,
    count(*) filter (type = 'repair') as repairs,
    count(*) filter (type = 'repair' and is_solved) as solved_repairs,
    count(*) filter (type = 'praise') as praises,
    count(is_repeat) as faults,
    count(*) filter (is_repeat) as repeats
from cases
group by grouping sets (
    (month, segment, region, channel, type), (month, industry), (month, acquisition_channel), (month, owner),
    (month, class), (month, severity), (month, agent)
);

insert into kpi_cube by name
with figures as (
    select month, segment, industry, region, acquisition_channel, owner, channel, type, class, severity, agent,
        unnest([
            {kpi_id: 'first_response_time', numerator: response_sum / 6e7, denominator: response_n, n: response_n,
                sum_sq: response_sum_sq / 3.6e15, awaiting: open_n},
            {kpi_id: 'average_response_time', numerator: service_sum / 6e7, denominator: service_n, n: service_n,
                sum_sq: service_sum_sq / 3.6e15, awaiting: service_open_n},
            {kpi_id: 'on_time_response_rate', numerator: on_time_n, denominator: judged_n, n: judged_n,
                sum_sq: 0, awaiting: open_n},
            {kpi_id: 'overdue_responses', numerator: judged_n - on_time_n, denominator: waiting_n,
                n: judged_n - on_time_n, sum_sq: 0, awaiting: open_n},
            {kpi_id: 'service_accuracy', numerator: right_n, denominator: checked_n, n: checked_n,
                sum_sq: 0, awaiting: 0},
            {kpi_id: 'repeat_handling', numerator: rehandlings, denominator: tickets, n: rehandlings,
                sum_sq: 0, awaiting: 0},
            {kpi_id: 'complaint_resolution_rate', numerator: solved_complaints, denominator: complaints,
                n: complaints, sum_sq: 0, awaiting: 0},
            {kpi_id: 'fault_resolution_rate', numerator: solved_repairs, denominator: repairs, n: repairs,
                sum_sq: 0, awaiting: 0},
            {kpi_id: 'repeat_repair_rate', numerator: repeats, denominator: faults, n: faults,
                sum_sq: 0, awaiting: 0}
        ], recursive := true)
    from ticket_figures
)
from figures
where denominator > 0 or awaiting > 0;

insert into kpi_cube by name
with follow_ups as (
    select
        tickets.ticket_id,
        min(later.created_at) as followed_at,
        min(later.created_at) filter (later.customer_id = tickets.customer_id) as recontacted_at
    from tickets as later
    join tickets on tickets.ticket_id = later.previous_ticket_id and tickets.resolved_at < later.created_at
    group by tickets.ticket_id
),
cases as (
    select
        date_trunc('month', resolved_at)::date as month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(industry, '(unknown)') as industry,
        coalesce(region, '(unknown)') as region,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner, '(unknown)') as owner,
        channel,
        type,
        coalesce(complaint_class, '(unknown)') as class,
        coalesce(severity, '(unknown)') as severity,
        coalesce(agent_id, '(unknown)') as agent,
        epoch_us(resolved_at) - epoch_us(created_at) as resolution,
        type <> 'praise' as is_issue,
        case when type <> 'praise' then coalesce(first_contact_resolved, handling_count = 1) end as is_first_contact,
        coalesce(followed_at <= resolved_at + interval 7 day, false) as is_followed,
        coalesce(recontacted_at <= resolved_at + interval 30 day, false) as is_recontacted,
        recurs,
        case when type = 'repair' then repair_quality end as quality
    from tickets
    left join dims on dims.customer_id = tickets.customer_id
    left join faults on faults.ticket_id = tickets.ticket_id
    left join follow_ups on follow_ups.ticket_id = tickets.ticket_id
    where resolved_at is not null
),
sums as (
    select
        month, segment, industry, region, acquisition_channel, owner, channel, type, class, severity, agent,
        count(*) as tickets,
        sum(resolution) as resolution_sum,
        sum(resolution::double * resolution) as resolution_sum_sq,
        count(is_first_contact) as judged_n,
        count(*) filter (is_first_contact and not is_followed) as first_n,
        count(*) filter (is_issue) as issues,
        count(*) filter (is_issue and is_recontacted) as recontacts,
        count(recurs) as faults,
        count(*) filter (recurs) as recurrences,
        count(quality) as quality_n,
        sum(quality)::double as quality_sum,
        sum(quality::double * quality::double) as quality_sum_sq
    from cases
    group by grouping sets (
        (month, segment, region, channel, type), (month, industry), (month, acquisition_channel), (month, owner),
        (month, class), (month, severity), (month, agent)
    )
),
figures as (
    select month, segment, industry, region, acquisition_channel, owner, channel, type, class, severity, agent,
        unnest([
            {kpi_id: 'resolution_time', numerator: resolution_sum / 3.6e9, denominator: tickets, n: tickets,
                sum_sq: resolution_sum_sq / 1.296e19},
            {kpi_id: 'first_contact_resolution', numerator: first_n, denominator: judged_n, n: judged_n, sum_sq: 0},
            {kpi_id: 'recontact_rate', numerator: recontacts, denominator: issues, n: issues, sum_sq: 0},
            {kpi_id: 'fault_recurrence_rate', numerator: recurrences, denominator: faults, n: faults, sum_sq: 0},
            {kpi_id: 'repair_quality', numerator: quality_sum, denominator: quality_n, n: quality_n,
                sum_sq: quality_sum_sq}
        ], recursive := true)
    from sums
)
from figures
where denominator > 0;

insert into kpi_percentiles by name
with waits as (
    select
        date_trunc('month', created_at)::date as month,
        channel,
        type <> 'inquiry' as is_service,
        epoch_us(first_response_at) - epoch_us(created_at) as response
    from tickets
    where type <> 'praise' and first_response_at <= coalesce(resolved_at, first_response_at)
),
cases as (
    select
        month,
        date_trunc('quarter', month)::date as quarter,
        make_date(year(month), 1 + 6 * ((month(month) - 1) // 6), 1) as half,
        date_trunc('year', month)::date as year,
        channel,
        is_service,
        response
    from waits
),
figures as (
    select
        month, quarter, half, year, channel,
        count(*) as n,
        count(*) filter (is_service) as service_n,
        quantile_cont(response, [0.5, 0.9]) as quantiles,
        quantile_cont(response, [0.5, 0.9]) filter (is_service) as service_quantiles
    from cases
    group by grouping sets (
        (month), (month, channel), (quarter), (quarter, channel), (half), (half, channel), (year), (year, channel)
    )
)
select
    unnest(['first_response_time', 'average_response_time']) as kpi_id,
    case when month is not null then 'month' when quarter is not null then 'quarter' when half is not null then 'half'
        else 'year' end as grain,
    coalesce(month, quarter, half, year) as period_start,
    channel,
    unnest([n, service_n]) as n,
    unnest([quantiles[1], service_quantiles[1]]) / 6e7 as median,
    unnest([quantiles[2], service_quantiles[2]]) / 6e7 as p90
from figures;

insert into kpi_percentiles by name
with waits as (
    select
        date_trunc('month', resolved_at)::date as month,
        type,
        epoch_us(resolved_at) - epoch_us(created_at) as resolution
    from tickets
    where resolved_at is not null
),
cases as (
    select
        month,
        date_trunc('quarter', month)::date as quarter,
        make_date(year(month), 1 + 6 * ((month(month) - 1) // 6), 1) as half,
        date_trunc('year', month)::date as year,
        type,
        resolution
    from waits
),
figures as (
    select month, quarter, half, year, type, count(*) as n, quantile_cont(resolution, [0.5, 0.9]) as quantiles
    from cases
    group by grouping sets (
        (month), (month, type), (quarter), (quarter, type), (half), (half, type), (year), (year, type)
    )
)
select
    'resolution_time' as kpi_id,
    case when month is not null then 'month' when quarter is not null then 'quarter' when half is not null then 'half'
        else 'year' end as grain,
    coalesce(month, quarter, half, year) as period_start,
    type,
    n,
    quantiles[1] / 3.6e9 as median,
    quantiles[2] / 3.6e9 as p90
from figures;

insert into kpi_cube by name
with cases as (
    select
        date_trunc('month', due_at)::date as month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(industry, '(unknown)') as industry,
        coalesce(region, '(unknown)') as region,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner, '(unknown)') as owner,
        coalesce(channel, '(unknown)') as channel,
        coalesce(type, '(unknown)') as type,
        coalesce(complaint_class, '(unknown)') as class,
        coalesce(severity, '(unknown)') as severity,
        coalesce(agent_id, '(unknown)') as agent,
        completed_at <= due_at as is_on_time
    from handoffs
    left join tickets on tickets.ticket_id = handoffs.ticket_id
    left join dims on dims.customer_id = tickets.customer_id
    where due_at <= (select day + 1 from last_day)
)
select
    'collaboration_on_time' as kpi_id,
    month, segment, industry, region, acquisition_channel, owner, channel, type, class, severity, agent,
    count(*) filter (is_on_time) as numerator,
    count(*) as denominator,
    count(*) as n
from cases
group by grouping sets (
    (month, segment, region, channel, type), (month, industry), (month, acquisition_channel), (month, owner),
    (month, class), (month, severity), (month, agent)
);

-- Channels of tickets and contacts; those of the tickets are counted above.
create temp table channel_uses as
with contact_uses as (
    select
        date_trunc('month', contacted_at)::date as month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(industry, '(unknown)') as industry,
        coalesce(region, '(unknown)') as region,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner, '(unknown)') as owner,
        channel,
        count(*) as uses
    from contacts
    left join dims on dims.customer_id = contacts.customer_id
    group by grouping sets ((1, 2, 4, 7), (1, 3), (1, 5), (1, 6))
)
select month, segment, industry, region, acquisition_channel, owner, channel, tickets as uses
from ticket_figures
where coalesce(segment, industry, acquisition_channel, owner) is not null
union all
from contact_uses;

insert into kpi_cube by name
select
    'channel_utilisation' as kpi_id, month, segment, industry, region, acquisition_channel, owner,
    sum(uses) as numerator, numerator as denominator, numerator as n
from channel_uses
group by month, segment, industry, region, acquisition_channel, owner;

insert into kpi_cube by name
with months as (
    select month, sum(uses) as denominator from channel_uses where channel is not null group by month
),
channels as (
    select distinct channel from channel_uses where channel is not null
),
parts as (
    select month, channel, sum(uses) as numerator from channel_uses where channel is not null group by month, channel
)
select 'channel_utilisation' as kpi_id, months.month, channels.channel, coalesce(numerator, 0) as numerator,
    denominator, denominator as n
from months
cross join channels
left join parts on parts.month = months.month and parts.channel = channels.channel;
