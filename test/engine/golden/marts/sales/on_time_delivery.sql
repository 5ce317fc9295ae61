-- trino
SELECT order_lines.order_id, order_lines.line_no, order_lines.promised_on AS case_on, order_lines.customer_id, order_lines.owner, CASE WHEN order_lines.delivered_on <= order_lines.promised_on THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.order_lines AS order_lines
WHERE order_lines.is_due

-- spark
SELECT order_lines.order_id, order_lines.line_no, order_lines.promised_on AS case_on, order_lines.customer_id, order_lines.owner, CASE WHEN order_lines.delivered_on <= order_lines.promised_on THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.order_lines AS order_lines
WHERE order_lines.is_due
