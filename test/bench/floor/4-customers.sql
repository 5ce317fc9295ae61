-- The books of customers: who was active, lost, acquired; complaints for each active customer.

create temp table intervals as
with changes as (
    select customer_id, acquired_on as changed_on, 'active' as status, null as reason_category, 0 as step from customers
    union all
    select customer_id, changed_on, status, reason_category, 1 from customer_status
),
turns as (
    select *, lag(status) over (partition by customer_id order by changed_on, step) as previous from changes
),
spans as (
    select
        customer_id,
        status,
        changed_on as began_on,
        lead(changed_on) over (partition by customer_id order by changed_on, step) as ended_on,
        lead(reason_category) over (partition by customer_id order by changed_on, step) as reason
    from turns
    where previous is null or previous <> status
)
select
    customer_id,
    year(began_on) * 12 + month(began_on) - 1 as began,
    year(ended_on) * 12 + month(ended_on) - 1 as ended,
    year(ended_on - 1) * 12 + month(ended_on - 1) - 1 as last,
    ended_on = began_on as is_empty,
    reason
from spans
where status = 'active';

create temp table losses as
select grain, k, customer_id, ended // k as period, began // k = ended // k as is_early, reason
from intervals, grains
where ended is not null
    and not exists (
        select 1 from intervals as later
        where later.customer_id = intervals.customer_id
            and later.began // k = intervals.ended // k
            and later.began >= intervals.ended
            and (later.ended is null or later.ended // k > later.began // k)
            and (later.began, coalesce(later.ended, 999999)) > (intervals.began, intervals.ended)
    );

insert into kpi_period_cube by name
with stays as (
    select
        grain, k, customer_id, last // k + 1 as until,
        greatest(began // k, lag(last // k + 1) over (partition by grain, customer_id order by began, last)) as period
    from intervals, grains
    where is_empty is distinct from true
),
moves as (
    select grain, k, customer_id, began // k + 1 as period, 1 as open_move, 0 as any_move, 0 as lost, 0 as early,
        0 as acquired, 0 as acquired_before
    from intervals, grains
    union all
    select grain, k, customer_id, ended // k + 1, -1, 0, 0, 0, 0, 0 from intervals, grains where ended is not null
    union all
    select grain, k, customer_id, period, 0, 1, 0, 0, 0, 0 from stays
    union all
    select grain, k, customer_id, until, 0, -1, 0, 0, 0, 0 from stays where until is not null
    union all
    select grain, k, customer_id, period, 0, 0, (not is_early)::int, is_early::int, 0, 0 from losses
    union all
    select grain, k, customer_id, (year(acquired_on) * 12 + month(acquired_on) - 1) // k, 0, 0, 0, 0, 1, 0
    from customers, grains
    union all
    select grain, k, customer_id, (year(acquired_on) * 12 + month(acquired_on) - 1) // k + 1, 0, 0, 0, 0, 0, 1
    from customers, grains, last_day
    where (year(acquired_on) * 12 + month(acquired_on) - 1) // k + 1 < last_day.month // k
        or (year(last_day.day + 1) * 12 + month(last_day.day + 1) - 1) // k > last_day.month // k
        or acquired_on < make_date((last_day.month // k - 1) * k // 12, (last_day.month // k - 1) * k % 12 + 1, 1)
            + (last_day.day + 1 - make_date(last_day.month // k * k // 12, last_day.month // k * k % 12 + 1, 1))::int
),
sums_of_customers as (
    select
        grain, k, period, segment, region, industry, acquisition_channel, owner,
        sum(open_move) as open_move, sum(any_move) as any_move, sum(lost) as lost, sum(early) as early,
        sum(acquired) as acquired, sum(acquired_before) as acquired_before
    from moves
    join dims on dims.customer_id = moves.customer_id
    group by grouping sets (
        (grain, k, period, segment, region), (grain, k, period, industry),
        (grain, k, period, acquisition_channel), (grain, k, period, owner)
    )
),
sums_of_tickets as (
    select
        grain, k, (year(month) * 12 + month(month) - 1) // k as period,
        segment, region, industry, acquisition_channel, owner,
        sum(complaints) as complaints
    from ticket_figures, grains
    where coalesce(segment, industry, acquisition_channel, owner) is not null
    group by all
),
parts as (
    from sums_of_customers union all by name from sums_of_tickets
),
sums as (
    select
        grain, k, period, segment, region, industry, acquisition_channel, owner,
        case when segment is not null then 1 when industry is not null then 2 when owner is not null then 3 else 4 end
            as cuboid,
        sum(open_move) as open_move, sum(any_move) as any_move, sum(lost) as lost, sum(early) as early,
        sum(acquired) as acquired, sum(acquired_before) as acquired_before,
        sum(complaints) as complaints
    from parts
    group by all
),
groups as (
    select grain, k, cuboid, segment, region, industry, acquisition_channel, owner, min(period) as first_period
    from sums
    group by all
),
grid as (
    select groups.* exclude (first_period), unnest(range(first_period, last_day.month // k + 1)) as period
    from groups, last_day
),
figures as (
    select
        grid.*,
        coalesce(sum(open_move) over book, 0) as opened,
        coalesce(sum(any_move) over book, 0) as active,
        coalesce(lost, 0) as lost,
        coalesce(early, 0) as early,
        coalesce(acquired, 0) as acquired,
        coalesce(acquired_before, 0) as acquired_before,
        coalesce(complaints, 0) as complaints
    from grid
    left join sums on sums.grain = grid.grain and sums.period = grid.period and sums.cuboid = grid.cuboid
        and sums.segment is not distinct from grid.segment and sums.region is not distinct from grid.region
        and sums.industry is not distinct from grid.industry
        and sums.acquisition_channel is not distinct from grid.acquisition_channel
        and sums.owner is not distinct from grid.owner
    window book as (
        partition by grid.grain, grid.cuboid, grid.segment, grid.region, grid.industry, grid.acquisition_channel,
            grid.owner
        order by grid.period
    )
)
select
    unnest(['churn_rate', 'early_churn', 'new_customer_growth', 'complaint_rate']) as kpi_id,
    grain,
    make_date(period * k // 12, period * k % 12 + 1, 1) as period_start,
    segment, region, industry, acquisition_channel, owner,
    unnest([lost, early, acquired, complaints]) as numerator,
    unnest([opened, acquired, acquired_before, active]) as denominator,
    unnest([opened, early, acquired, active]) as n
from figures;

insert into kpi_period_cube by name
with reasons as (
    select grain, make_date(period * k // 12, period * k % 12 + 1, 1) as period_start,
        coalesce(reason, '(unknown)') as reason, count(*) as numerator
    from losses
    where not is_early
    group by all
),
books as (
    select grain, period_start, sum(denominator) as denominator
    from kpi_period_cube
    where kpi_id = 'churn_rate' and industry is not null
    group by grain, period_start
)
select 'churn_rate' as kpi_id, reasons.grain, reasons.period_start, reason, numerator, denominator,
    denominator as n
from reasons
join books on books.grain = reasons.grain and books.period_start = reasons.period_start;

insert into kpi_period_cube by name
with parts as (
    select
        grain, make_date(year(month), 1 + (month(month) - 1) // k * k, 1) as period_start,
        channel, type, class, severity, agent, sum(complaints) as numerator
    from ticket_figures, grains
    where coalesce(industry, acquisition_channel, owner) is null
    group by grouping sets ((1, 2, 3), (1, 2, 4), (1, 2, 5), (1, 2, 6), (1, 2, 7))
),
books as (
    select grain, period_start, sum(denominator) as denominator
    from kpi_period_cube
    where kpi_id = 'complaint_rate' and industry is not null
    group by grain, period_start
)
select 'complaint_rate' as kpi_id, parts.*, coalesce(denominator, 0) as denominator, coalesce(denominator, 0) as n
from parts
left join books on books.grain = parts.grain and books.period_start = parts.period_start
where numerator > 0 and coalesce(channel, type, class, severity, agent) is not null;
