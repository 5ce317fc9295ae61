-- Customers of a window's opening book who were contacted in it to follow up, and not known to be missed.
-- grain: role, grain, period_start, customer_id
-- materialized: build
with

settings as (
    select as_of
    from config.settings
),

periods as (
    select role, grain, period_start, cutoff_on
    from intermediate.periods
    where role <> 'period'
),

contacts as (
    select contacts.customer_id, contacts.contacted_on
    from staging.contacts
    cross join settings
    where contacts.purpose = 'follow_up'
        and coalesce(contacts.reached, true)
        and coalesce(contacts.contacted_at < settings.as_of, false)
),

contacted_months as (
    select distinct
        customer_id,
        year(contacted_on) * 12 + month(contacted_on) - 1 as month_number
    from contacts
),

grains as (
    select grain, month_count
    from intermediate.grains
),

contacted as (
    select distinct
        'period' as role,
        grains.grain,
        grains.month_count * divide(contacted_months.month_number, grains.month_count) as start_month,
        contacted_months.customer_id
    from contacted_months
    cross join grains
),

contacted_windows as (
    select
        role,
        grain,
        month_day(start_month) as period_start,
        customer_id
    from contacted
    union all
    select distinct
        periods.role,
        periods.grain,
        periods.period_start,
        contacts.customer_id
    from contacts
    inner join periods
        on contacts.contacted_on >= periods.period_start
        and contacts.contacted_on < periods.cutoff_on
),

contacted_of_the_book as (
    select
        contacted_windows.role,
        contacted_windows.grain,
        contacted_windows.period_start,
        contacted_windows.customer_id
    from contacted_windows
    inner join intermediate.customer_intervals as intervals
        on intervals.customer_id = contacted_windows.customer_id
        and intervals.began_on < contacted_windows.period_start
        and coalesce(intervals.ended_on, date '9999-12-31') >= contacted_windows.period_start
)

select * from contacted_of_the_book
