-- trino
SELECT order_lines.order_id, order_lines.line_no, order_lines.ordered_on AS case_on, order_lines.customer_id, order_lines.owner, order_lines.revenue AS numerator, 1 AS denominator
FROM intermediate.order_lines AS order_lines

-- spark
SELECT order_lines.order_id, order_lines.line_no, order_lines.ordered_on AS case_on, order_lines.customer_id, order_lines.owner, order_lines.revenue AS numerator, 1 AS denominator
FROM intermediate.order_lines AS order_lines
