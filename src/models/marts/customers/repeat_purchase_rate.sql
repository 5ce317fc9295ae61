-- Customers with an order in the 12 months before a period's end, in runs of periods: with two or more, or not.
-- grain: role, grain, period_start, customer_id
select
    order_runs.role,
    order_runs.grain,
    order_runs.period_start,
    order_runs.until_start,
    order_runs.customer_id,
    case when order_runs.is_repeat then 1 else 0 end as numerator,
    1 as denominator
from intermediate.order_runs as order_runs
