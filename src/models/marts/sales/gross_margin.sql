-- Order lines whose cost is known: what they earned beyond it, over their revenue.
-- grain: order_id, line_no
select
    order_lines.order_id,
    order_lines.line_no,
    order_lines.ordered_on as case_on,
    order_lines.customer_id,
    order_lines.owner,
    order_lines.revenue - order_lines.cost as numerator,
    order_lines.revenue as denominator
from intermediate.order_lines as order_lines
where order_lines.cost is not null
