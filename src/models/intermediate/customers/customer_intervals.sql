-- When a customer was active, [began_on, ended_on), by the rule in force, with the reason of the end and the next beginning.
-- A customer lost on the day of acquisition has an empty interval. Months are numbers, 12 x year + month - 1: of the first
-- day, of ended_on, and of the last day.
-- grain: customer_id, began_on
-- materialized: table
with

intervals as (
    select customer_id, began_on, ended_on, reason_category from intermediate.status_intervals
    union all
    select customer_id, began_on, ended_on, reason_category from intermediate.contract_intervals
    union all
    select customer_id, began_on, ended_on, cast(null as varchar) as reason_category from intermediate.inactivity_intervals
),

intervals_with_next as (
    select
        customer_id,
        began_on,
        ended_on,
        reason_category,
        lead(began_on) over (partition by customer_id order by began_on) as next_began_on,
        year(began_on) * 12 + month(began_on) - 1 as began_month,
        year(ended_on) * 12 + month(ended_on) - 1 as ended_month,
        year(plus_days(ended_on, -1)) * 12 + month(plus_days(ended_on, -1)) - 1 as last_month
    from intervals
)

select * from intervals_with_next
