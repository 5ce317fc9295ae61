-- trino
SELECT order_lines.order_id, order_lines.line_no, order_lines.ordered_on AS case_on, order_lines.customer_id, order_lines.owner, order_lines.revenue - order_lines.cost AS numerator, order_lines.revenue AS denominator
FROM intermediate.order_lines AS order_lines
WHERE NOT order_lines.cost IS NULL

-- spark
SELECT order_lines.order_id, order_lines.line_no, order_lines.ordered_on AS case_on, order_lines.customer_id, order_lines.owner, order_lines.revenue - order_lines.cost AS numerator, order_lines.revenue AS denominator
FROM intermediate.order_lines AS order_lines
WHERE NOT order_lines.cost IS NULL
