-- When a customer was active, [began_on, ended_on), by the rule in force, with the reason of the end and the next beginning.
-- A customer lost on the day of acquisition has an empty interval.
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
    from intervals
)

select * from intervals_with_next
