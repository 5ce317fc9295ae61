-- The floor of the benchmark: the figures of `herringbone build`, as one script that trusts its files.
-- Typed reads into tables, then the cubes; no rule is checked, nothing is folded, no row is refused.
-- The variable data_dir names the folder of the extracts; times in them are local and stay so.

create table customers as
from read_csv(getvariable('data_dir') || '/customers.csv', auto_detect = false, header = true, columns = {
    customer_id: 'varchar', name: 'varchar', segment: 'varchar', industry: 'varchar', region: 'varchar',
    province: 'varchar', city: 'varchar', employees: 'integer', acquired_on: 'date',
    acquisition_channel: 'varchar', owner_id: 'varchar'
});

create table customer_status as
from read_csv(getvariable('data_dir') || '/customer_status.csv', auto_detect = false, header = true, columns = {
    customer_id: 'varchar', changed_on: 'date', status: 'varchar', reason_category: 'varchar', reason: 'varchar'
});

create table employees as
from read_csv(getvariable('data_dir') || '/employees.csv', auto_detect = false, header = true, columns = {
    employee_id: 'varchar', name: 'varchar', department: 'varchar', team: 'varchar', role: 'varchar',
    manager_id: 'varchar', hired_on: 'date', left_on: 'date'
});

create table leads as
from read_csv(getvariable('data_dir') || '/leads.csv', auto_detect = false, header = true, columns = {
    lead_id: 'varchar', created_at: 'timestamp', source: 'varchar', channel: 'varchar', owner_id: 'varchar',
    segment: 'varchar', region: 'varchar', qualified_at: 'timestamp', converted_at: 'timestamp',
    customer_id: 'varchar', lost_at: 'timestamp', lost_reason: 'varchar'
});

create table orders as
from read_csv(getvariable('data_dir') || '/orders.csv', auto_detect = false, header = true, columns = {
    order_id: 'varchar', line_no: 'integer', customer_id: 'varchar', ordered_at: 'timestamp', owner_id: 'varchar',
    product_id: 'varchar', quantity: 'decimal(18, 4)', revenue: 'decimal(18, 4)', cost: 'decimal(18, 4)',
    promised_on: 'date', delivered_on: 'date'
});

create table tickets as
from read_csv(getvariable('data_dir') || '/tickets.csv', auto_detect = false, header = true, columns = {
    ticket_id: 'varchar', customer_id: 'varchar', type: 'varchar', complaint_class: 'varchar', severity: 'varchar',
    channel: 'varchar', created_at: 'timestamp', first_response_at: 'timestamp', resolved_at: 'timestamp',
    agent_id: 'varchar', handling_count: 'integer', first_contact_resolved: 'boolean', qa_correct: 'boolean',
    asset_id: 'varchar', fault_code: 'varchar', repair_quality: 'decimal(18, 4)', previous_ticket_id: 'varchar',
    root_cause: 'varchar'
});

create table handoffs as
from read_csv(getvariable('data_dir') || '/handoffs.csv', auto_detect = false, header = true, columns = {
    handoff_id: 'varchar', ticket_id: 'varchar', from_department: 'varchar', to_department: 'varchar',
    handed_at: 'timestamp', due_at: 'timestamp', completed_at: 'timestamp'
});

create table contacts as
from read_csv(getvariable('data_dir') || '/contacts.csv', auto_detect = false, header = true, columns = {
    contact_id: 'varchar', customer_id: 'varchar', employee_id: 'varchar', channel: 'varchar',
    contacted_at: 'timestamp', purpose: 'varchar', reached: 'boolean'
});

create table events as
from read_csv(getvariable('data_dir') || '/events.csv', auto_detect = false, header = true, columns = {
    event_id: 'varchar', name: 'varchar', type: 'varchar', held_on: 'date'
});

create table event_invitations as
from read_csv(getvariable('data_dir') || '/event_invitations.csv', auto_detect = false, header = true, columns = {
    event_id: 'varchar', customer_id: 'varchar', attended: 'boolean'
});

create table survey_answers as
from read_csv(getvariable('data_dir') || '/survey_answers.csv', auto_detect = false, header = true, columns = {
    answer_id: 'varchar', respondent_id: 'varchar', customer_id: 'varchar', ticket_id: 'varchar',
    answered_at: 'timestamp', survey: 'varchar', dimension: 'varchar', score: 'decimal(18, 4)',
    scale_min: 'decimal(18, 4)', scale_max: 'decimal(18, 4)'
});

create table market_sales as
from read_csv(getvariable('data_dir') || '/market_sales.csv', auto_detect = false, header = true, columns = {
    month: 'date', market: 'varchar', company: 'varchar', is_own: 'boolean', sales: 'decimal(18, 4)'
});

-- The last day known; the period it lies in is compared with as many days of the one before.
create temp table last_day as
select max(day) as day, year(max(day)) * 12 + month(max(day)) - 1 as month
from (select max(created_at)::date as day from tickets union all select max(ordered_at)::date from orders);

-- Figures: a row a KPI, month and group; a dimension that a row is not split by is null.
create table kpi_cube (
    kpi_id varchar, month date, segment varchar, industry varchar, region varchar, acquisition_channel varchar,
    owner varchar, channel varchar, type varchar, class varchar, severity varchar, agent varchar, dimension varchar,
    source varchar, market varchar, numerator double, denominator double, n bigint, sum_sq double
);

create temp table dims as
select
    customer_id,
    coalesce(segment, '(unknown)') as segment,
    coalesce(industry, '(unknown)') as industry,
    coalesce(region, '(unknown)') as region,
    coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
    coalesce(owner_id, '(unknown)') as owner
from customers;

create temp table ticket_figures as
with cases as (
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
        case when type <> 'praise' then epoch_us(first_response_at) - epoch_us(created_at) end as response,
        qa_correct
    from tickets
    left join dims on dims.customer_id = tickets.customer_id
)
select
    month, segment, industry, region, acquisition_channel, owner, channel, type, class, severity, agent,
    sum(response) as response_sum,
    sum(response::double * response) as response_sum_sq,
    count(response) as response_n,
    count(*) filter (qa_correct) as right_n,
    count(qa_correct) as checked_n
from cases
group by grouping sets (
    (month, segment, region, channel, type), (month, industry), (month, acquisition_channel), (month, owner),
    (month, class), (month, severity), (month, agent)
);

insert into kpi_cube by name
select 'first_response_time' as kpi_id, month, segment, industry, region, acquisition_channel, owner, channel, type,
    class, severity, agent, response_sum / 60000000 as numerator, response_n as denominator, response_n as n,
    response_sum_sq / 3.6e15 as sum_sq
from ticket_figures
where response_n > 0
union all by name
select 'service_accuracy' as kpi_id, month, segment, industry, region, acquisition_channel, owner, channel, type,
    class, severity, agent, right_n as numerator, checked_n as denominator, checked_n as n, right_n as sum_sq
from ticket_figures
where checked_n > 0;

create table kpi_percentiles as
with waits as (
    select
        date_trunc('month', created_at)::date as month,
        channel,
        epoch_us(first_response_at) - epoch_us(created_at) as response
    from tickets
    where type <> 'praise' and first_response_at is not null
),
cases as (
    select
        month,
        date_trunc('quarter', month)::date as quarter,
        make_date(year(month), 1 + 6 * ((month(month) - 1) // 6), 1) as half,
        date_trunc('year', month)::date as year,
        channel,
        response
    from waits
),
figures as (
    select month, quarter, half, year, channel, count(*) as n, quantile_cont(response, [0.5, 0.9]) as quantiles
    from cases
    group by grouping sets (
        (month), (month, channel), (quarter), (quarter, channel), (half), (half, channel), (year), (year, channel)
    )
)
select
    case when month is not null then 'month' when quarter is not null then 'quarter' when half is not null then 'half'
        else 'year' end as grain,
    coalesce(month, quarter, half, year) as period_start,
    channel,
    n,
    quantiles[1] / 60000000 as median,
    quantiles[2] / 60000000 as p90
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
    count(*) as n,
    count(*) filter (is_on_time) as sum_sq
from cases
group by grouping sets (
    (month, segment, region, channel, type), (month, industry), (month, acquisition_channel), (month, owner),
    (month, class), (month, severity), (month, agent)
);

insert into kpi_cube by name
with answers as (
    select
        date_trunc('month', answered_at)::date as month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(industry, '(unknown)') as industry,
        coalesce(region, '(unknown)') as region,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner, '(unknown)') as owner,
        dimension,
        survey,
        100 * (score - scale_min)::double / (scale_max - scale_min)::double as points
    from survey_answers
    left join dims on dims.customer_id = survey_answers.customer_id
),
answers_of_kpis as (
    select case survey when 'periodic' then 'csat' when 'complaint_resolution' then 'complaint_csat' end as kpi_id, *
    from answers
    where dimension = 'overall' and survey <> 'after_sales'
    union all
    select 'service_attitude', * from answers where dimension = 'attitude'
)
select
    kpi_id, month, segment, industry, region, acquisition_channel, owner, dimension,
    sum(points) as numerator,
    count(*) as denominator,
    count(*) as n,
    sum(points * points) as sum_sq
from answers_of_kpis
group by grouping sets (
    (kpi_id, month, segment, region), (kpi_id, month, industry), (kpi_id, month, acquisition_channel),
    (kpi_id, month, owner), (kpi_id, month, dimension)
);

insert into kpi_cube by name
with cases as (
    select
        date_trunc('month', held_on)::date as month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(industry, '(unknown)') as industry,
        coalesce(region, '(unknown)') as region,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner, '(unknown)') as owner,
        attended
    from event_invitations
    join events on events.event_id = event_invitations.event_id
    left join dims on dims.customer_id = event_invitations.customer_id
)
select
    'event_participation' as kpi_id, month, segment, industry, region, acquisition_channel, owner,
    count(*) filter (attended) as numerator,
    count(*) as denominator,
    count(*) as n,
    count(*) filter (attended) as sum_sq
from cases
group by grouping sets ((month, segment, region), (month, industry), (month, acquisition_channel), (month, owner));

insert into kpi_cube by name
select
    'new_customers' as kpi_id,
    date_trunc('month', acquired_on)::date as month,
    dims.segment,
    dims.industry,
    dims.region,
    dims.acquisition_channel,
    dims.owner,
    count(*) as numerator,
    count(*) as denominator,
    count(*) as n,
    count(*) as sum_sq
from customers
join dims on dims.customer_id = customers.customer_id
group by grouping sets (
    (month, dims.segment, dims.region), (month, dims.industry), (month, dims.acquisition_channel), (month, dims.owner)
);

insert into kpi_cube by name
select
    'lead_conversion_rate' as kpi_id,
    date_trunc('month', created_at)::date as month,
    coalesce(leads.segment, '(unknown)') as segment,
    coalesce(leads.region, '(unknown)') as region,
    coalesce(leads.channel, '(unknown)') as channel,
    coalesce(leads.source, '(unknown)') as source,
    coalesce(leads.owner_id, dims.owner, '(unknown)') as owner,
    count(*) filter (converted_at between created_at and created_at + interval 90 day) as numerator,
    count(*) as denominator,
    count(*) as n,
    numerator as sum_sq
from leads
left join dims on dims.customer_id = leads.customer_id
group by grouping sets ((2, 3, 4, 5), (2, 6), (2, 7));

insert into kpi_cube by name
select
    'market_share' as kpi_id,
    month,
    market,
    sum(sales) filter (is_own) as numerator,
    sum(sales) as denominator,
    count(*) as n
from market_sales
group by grouping sets ((month), (month, market));

-- Customers by period: months counted from year 0, a period of k months being month // k.
create temp table grains as
from (values ('month', 1), ('quarter', 3), ('half', 6), ('year', 12)) as list(grain, k);

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
select customer_id, year(began_on) * 12 + month(began_on) - 1 as began, year(ended_on) * 12 + month(ended_on) - 1 as ended, reason
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

create table kpi_period_cube as
with followed as (
    select distinct customer_id, year(contacted_at) * 12 + month(contacted_at) - 1 as month
    from contacts
    where purpose = 'follow_up' and coalesce(reached, true)
),
followed_periods as (
    select distinct grain, k, customer_id, month // k as period from followed, grains
),
moves as (
    select grain, k, customer_id, began // k + 1 as period, 1 as open_move, 0 as lost, 0 as followed, 0 as early,
        0 as acquired, 0 as acquired_before
    from intervals, grains
    union all
    select grain, k, customer_id, ended // k + 1, -1, 0, 0, 0, 0, 0 from intervals, grains where ended is not null
    union all
    select grain, k, customer_id, period, 0, (not is_early)::int, 0, is_early::int, 0, 0 from losses
    union all
    select grain, k, followed_periods.customer_id, period, 0, 0, 1, 0, 0, 0
    from followed_periods
    join intervals on intervals.customer_id = followed_periods.customer_id
        and began // k < period and coalesce(ended // k, 999999) >= period
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
sums as (
    select
        grain, k, period, segment, region, industry, acquisition_channel, owner,
        grouping(segment, industry, acquisition_channel, owner) as cuboid,
        sum(open_move) as open_move, sum(lost) as lost, sum(followed) as followed, sum(early) as early,
        sum(acquired) as acquired, sum(acquired_before) as acquired_before
    from moves
    join dims on dims.customer_id = moves.customer_id
    group by grouping sets (
        (grain, k, period, segment, region), (grain, k, period, industry),
        (grain, k, period, acquisition_channel), (grain, k, period, owner)
    )
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
        sum(coalesce(open_move, 0)) over book as opened,
        coalesce(lost, 0) as lost,
        coalesce(followed, 0) as followed,
        coalesce(early, 0) as early,
        coalesce(acquired, 0) as acquired,
        coalesce(acquired_before, 0) as acquired_before
    from grid
    left join sums on sums.grain = grid.grain and sums.period = grid.period and sums.cuboid = grid.cuboid
        and sums.segment is not distinct from grid.segment and sums.region is not distinct from grid.region
        and sums.industry is not distinct from grid.industry
        and sums.acquisition_channel is not distinct from grid.acquisition_channel
        and sums.owner is not distinct from grid.owner
    window book as (
        partition by grid.grain, grid.cuboid, grid.segment, grid.region, grid.industry, grid.acquisition_channel, grid.owner
        order by grid.period
    )
)
select
    unnest(['churn_rate', 'retention_rate', 'follow_up_rate', 'early_churn', 'new_customer_growth']) as kpi_id,
    grain,
    make_date(period * k // 12, period * k % 12 + 1, 1) as period_start,
    segment, region, industry, acquisition_channel, owner, null::varchar as market, null::varchar as reason,
    unnest([lost, opened - lost, followed, early, acquired])::double as numerator,
    unnest([opened, opened, opened, acquired, acquired_before])::double as denominator
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
select 'churn_rate' as kpi_id, reasons.grain, reasons.period_start, reason, numerator, denominator
from reasons
join books on books.grain = reasons.grain and books.period_start = reasons.period_start;

-- Buyers of the 12 months to the end of each month: an order opens a run that the next order or the twelfth month ends.
insert into kpi_period_cube by name
with placed as (
    select any_value(customer_id) as customer_id, min(ordered_at) as ordered_at
    from orders
    group by order_id
    having sum(revenue) > 0
),
order_months as (
    select customer_id, year(ordered_at) * 12 + month(ordered_at) - 1 as month, count(*) as orders
    from placed
    group by all
),
neighbours as (
    select
        *,
        lag(month) over (partition by customer_id order by month) as previous,
        lead(month) over (partition by customer_id order by month) as next
    from order_months
),
runs as (
    select
        customer_id,
        month,
        least(month + 12, coalesce(next, 999999)) as until,
        case when orders > 1 then month + 12 else coalesce(previous + 12, 0) end as repeat_until
    from neighbours
),
moves as (
    select customer_id, month, 1 as buyers, (repeat_until > month)::int as repeaters from runs
    union all
    select customer_id, until, -1, 0 from runs
    union all
    select customer_id, least(repeat_until, until), 0, -1 from runs where repeat_until > month
),
sums as (
    select
        month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(region, '(unknown)') as region,
        coalesce(industry, '(unknown)') as industry,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner, '(unknown)') as owner,
        sum(buyers) as buyers,
        sum(repeaters) as repeaters
    from moves
    left join dims on dims.customer_id = moves.customer_id
    group by grouping sets ((1, 2, 3), (1, 4), (1, 5), (1, 6))
),
running as (
    select
        * exclude (buyers, repeaters),
        sum(buyers) over book as buyers,
        sum(repeaters) over book as repeaters,
        lead(month) over book as next_month
    from sums
    window book as (partition by segment, region, industry, acquisition_channel, owner order by month)
),
filled as (
    select * exclude (month, next_month), unnest(range(month, coalesce(next_month, month + 1))) as month
    from running
)
select
    'repeat_purchase_rate' as kpi_id,
    grain,
    make_date((filled.month // k) * k // 12, (filled.month // k) * k % 12 + 1, 1) as period_start,
    segment, region, industry, acquisition_channel, owner,
    repeaters::double as numerator,
    buyers::double as denominator
from filled, grains, last_day
where (filled.month + 1) % k = 0 and filled.month // k <= last_day.month // k and buyers > 0;

insert into kpi_period_cube by name
with sales as (
    select grain, k, market, (year(month) * 12 + month(month) - 1) // k as period,
        sum(sales) filter (is_own) as own, sum(sales) as total, count(distinct month) as months
    from market_sales, grains
    group by grouping sets ((grain, k, period, market), (grain, k, period))
)
select
    'market_share_growth' as kpi_id,
    now.grain,
    make_date(now.period * now.k // 12, now.period * now.k % 12 + 1, 1) as period_start,
    now.market,
    now.own::double / now.total::double as numerator,
    before.own::double / before.total::double as denominator
from sales as now
join sales as before on before.grain = now.grain and before.period = now.period - 12 // now.k
    and before.market is not distinct from now.market
where now.months = now.k and before.months = now.k;
