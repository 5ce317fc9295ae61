-- Every period from the day before the first one recorded, on which books open, or from the first customer's, to as_of, and
-- the elapsed windows that a partial period is compared with.
-- Windows are [period_start, cutoff_on): cutoff_on is period_end, the day after as_of, or as many days after the start as
-- have elapsed of the partial period. previous_ and year_ name the window that this one is compared with.
-- grain: role, grain, period_start
-- materialized: table
with

settings as (
    select as_of_local, as_of_on
    from config.settings
),

first_days as (
    select min(acquired_on) as day_on from staging.customers
    union all
    select plus_days(min(covers_from), -1) as day_on from config.table_records
),

bounds as (
    select
        settings.as_of_local,
        settings.as_of_on,
        least(coalesce(min(first_days.day_on), settings.as_of_on), settings.as_of_on) as first_on
    from settings
    cross join first_days
    group by settings.as_of_local, settings.as_of_on
),

grains as (
    select * from (values ('month', 1), ('quarter', 3), ('half', 6), ('year', 12)) as grains (grain, month_count)
),

digits as (
    select * from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as digits (digit)
),

years as (
    select
        bounds.as_of_local,
        bounds.as_of_on,
        bounds.first_on,
        thousands.digit * 1000 + hundreds.digit * 100 + tens.digit * 10 + ones.digit as year_number
    from bounds
    cross join digits as thousands
    cross join digits as hundreds
    cross join digits as tens
    cross join digits as ones
    where thousands.digit * 1000 + hundreds.digit * 100 + tens.digit * 10 + ones.digit
        between year(bounds.first_on) and year(bounds.as_of_on)
),

starts as (
    select
        grains.grain,
        grains.month_count,
        years.as_of_local,
        years.as_of_on,
        years.first_on,
        month_day(years.year_number * 12 + numbers.period_number * grains.month_count) as period_start,
        month_day(years.year_number * 12 + (numbers.period_number + 1) * grains.month_count) as period_end
    from years
    cross join grains
    cross join (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11)) as numbers (period_number)
    where numbers.period_number * grains.month_count < 12
),

periods as (
    select
        'period' as role,
        grain,
        month_count,
        period_start,
        period_end,
        least(period_end, plus_days(as_of_on, 1)) as cutoff_on,
        cast(period_end as timestamp) > as_of_local as is_partial,
        cast(days_between(period_start, as_of_on) + 1 as integer) as elapsed_days
    from starts
    where period_start <= as_of_on
        and period_end > first_on
),

partial_periods as (
    select grain, month_count, period_start, elapsed_days
    from periods
    where is_partial
),

elapsed_starts as (
    select
        'elapsed_previous' as role,
        grain,
        month_count,
        elapsed_days,
        plus_months(period_start, -month_count) as period_start
    from partial_periods
    union all
    select
        'elapsed_year' as role,
        grain,
        month_count,
        elapsed_days,
        plus_months(period_start, -12) as period_start
    from partial_periods
),

elapsed as (
    select
        role,
        grain,
        month_count,
        period_start,
        plus_months(period_start, month_count) as period_end,
        least(plus_months(period_start, month_count), plus_days(period_start, elapsed_days)) as cutoff_on,
        false as is_partial,
        elapsed_days
    from elapsed_starts
),

windows as (
    select role, grain, month_count, period_start, period_end, cutoff_on, is_partial, elapsed_days from periods
    union all
    select role, grain, month_count, period_start, period_end, cutoff_on, is_partial, elapsed_days from elapsed
),

compared as (
    select
        role,
        grain,
        period_start,
        period_end,
        cutoff_on,
        is_partial,
        is_partial or role <> 'period' as is_cut,
        elapsed_days,
        cast(month_count as integer) as month_count,
        plus_months(period_start, -month_count) as previous_start,
        plus_months(period_start, -12) as year_start
    from windows
),

final as (
    select
        role,
        grain,
        period_start,
        period_end,
        cutoff_on,
        is_partial,
        month_count,
        previous_start,
        case when is_cut then least(plus_days(previous_start, elapsed_days), period_start) else period_start end
            as previous_cutoff_on,
        year_start,
        case
            when is_cut then least(plus_days(year_start, elapsed_days), plus_months(year_start, month_count))
            else plus_months(year_start, month_count)
        end as year_cutoff_on
    from compared
)

select * from final
