-- The opening book's customers (in runs of periods) less those of them who are lost.
-- grain: role, grain, period_start, customer_id, is_loss
with

opening_book as (
    select
        role,
        grain,
        period_start,
        until_start,
        customer_id,
        false as is_loss,
        1 as numerator,
        1 as denominator
    from intermediate.opening_book
),

loss as (
    select
        role,
        grain,
        period_start,
        cast(null as date) as until_start,
        customer_id,
        true as is_loss,
        -1 as numerator,
        0 as denominator
    from intermediate.customer_losses
),

cases as (
    select * from opening_book
    union all
    select * from loss
)

select * from cases
