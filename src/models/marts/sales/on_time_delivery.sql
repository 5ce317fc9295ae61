-- Order lines whose promised day is over by as_of: delivered on or before it, or not.
-- grain: order_id, line_no
select
    order_lines.order_id,
    order_lines.line_no,
    order_lines.promised_on as case_on,
    order_lines.customer_id,
    order_lines.owner,
    case when order_lines.delivered_on <= order_lines.promised_on then 1 else 0 end as numerator,
    1 as denominator
from intermediate.order_lines as order_lines
where order_lines.is_due
