-- Order lines with their revenue, credit notes included; a period's sum is compared with that of a year before.
-- grain: order_id, line_no
select
    order_lines.order_id,
    order_lines.line_no,
    order_lines.ordered_on as case_on,
    order_lines.customer_id,
    order_lines.owner,
    order_lines.revenue as numerator,
    1 as denominator
from intermediate.order_lines as order_lines
