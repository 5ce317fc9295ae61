-- Customers of a window's opening book who are not in the book at its end, with the reason of their last loss in it.
-- grain: role, grain, period_start, customer_id
with

intervals as (
    select customer_id, began_on, ended_on, next_began_on, reason_category
    from intermediate.customer_intervals
    where ended_on is not null
),

last_losses as (
    select
        periods.role,
        periods.grain,
        periods.period_start,
        intervals.customer_id,
        intervals.reason_category
    from intervals
    inner join intermediate.periods
        on intervals.ended_on >= periods.period_start
        and intervals.ended_on < periods.cutoff_on
    where intervals.next_began_on is null
        or intervals.next_began_on >= periods.cutoff_on
),

losses_of_the_book as (
    select
        last_losses.role,
        last_losses.grain,
        last_losses.period_start,
        last_losses.customer_id,
        last_losses.reason_category
    from last_losses
    inner join intervals
        on intervals.customer_id = last_losses.customer_id
        and intervals.began_on < last_losses.period_start
        and intervals.ended_on >= last_losses.period_start
)

select * from losses_of_the_book
