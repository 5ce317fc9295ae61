-- Tickets, by the month of creation and by that of resolution.

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
        case when type <> 'praise' then response end as response,
        case
            when type = 'praise' then null
            when response is not null then response <= most
            when resolved_at is not null
                then case when epoch_us(resolved_at) - epoch_us(created_at) > most then false end
            when epoch_us(created_at) + most <= epoch_us((select day + 1 from last_day)::timestamp) then false
        end as is_on_time
    from limits
    left join dims on dims.customer_id = limits.customer_id
)
select
    month, segment, industry, region, acquisition_channel, owner, channel, type, class, severity, agent,
    count(*) filter (waits) as waiting_n,
    count(*) filter (waits and not is_closed) - count(response) as open_n,
    count(*) filter (not is_on_time) as overdue_n,
    count(*) filter (type = 'complaint') as complaints
from cases
group by grouping sets (
    (month, segment, region, channel, type), (month, industry), (month, acquisition_channel), (month, owner),
    (month, class), (month, severity), (month, agent)
);

insert into kpi_cube by name
select
    'overdue_responses' as kpi_id, month, segment, industry, region, acquisition_channel, owner, channel, type, class,
    severity, agent, overdue_n as numerator, waiting_n as denominator, overdue_n as n, 0 as sum_sq, open_n as awaiting
from ticket_figures
where waiting_n > 0 or open_n > 0;

insert into kpi_cube by name
with follow_ups as (
    select tickets.ticket_id, min(later.created_at) as recontacted_at
    from tickets as later
    join tickets on tickets.ticket_id = later.previous_ticket_id and tickets.resolved_at < later.created_at
        and tickets.customer_id = later.customer_id
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
        coalesce(recontacted_at <= resolved_at + interval 30 day, false) as is_recontacted
    from tickets
    left join dims on dims.customer_id = tickets.customer_id
    left join follow_ups on follow_ups.ticket_id = tickets.ticket_id
    where resolved_at is not null
),
sums as (
    select
        month, segment, industry, region, acquisition_channel, owner, channel, type, class, severity, agent,
        count(*) as tickets,
        sum(resolution) as resolution_sum,
        sum(resolution::double * resolution) as resolution_sum_sq,
        count(*) filter (is_issue) as issues,
        count(*) filter (is_issue and is_recontacted) as recontacts
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
            {kpi_id: 'recontact_rate', numerator: recontacts, denominator: issues, n: issues, sum_sq: 0}
        ], recursive := true)
    from sums
)
from figures
where denominator > 0;

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
