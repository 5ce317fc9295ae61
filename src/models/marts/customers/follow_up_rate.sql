-- The opening book's customers (denominator, in runs of periods) and those of them who were followed up (numerator).
-- grain: role, grain, period_start, customer_id, is_follow_up
with

opening_book as (
    select
        role,
        grain,
        period_start,
        until_start,
        customer_id,
        false as is_follow_up,
        0 as numerator,
        1 as denominator
    from intermediate.opening_book
),

follow_up as (
    select
        role,
        grain,
        period_start,
        cast(null as date) as until_start,
        customer_id,
        true as is_follow_up,
        1 as numerator,
        0 as denominator
    from intermediate.follow_ups
),

cases as (
    select * from opening_book
    union all
    select * from follow_up
)

select * from cases
