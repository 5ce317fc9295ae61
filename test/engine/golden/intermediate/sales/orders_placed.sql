-- trino
WITH settings AS (SELECT as_of
FROM config.settings), lines AS (SELECT orders.order_id, orders.line_no, orders.customer_id, orders.ordered_at, orders.ordered_on, orders.revenue
FROM staging.orders
CROSS JOIN settings
WHERE COALESCE(orders.ordered_at < settings.as_of, FALSE)), orders_summed AS (SELECT order_id, MIN(ordered_at) AS ordered_at, MIN(ordered_on) AS ordered_on, MIN(customer_id) AS customer_id, MIN(customer_id) <> MAX(customer_id) AS is_mixed
FROM lines
GROUP BY order_id HAVING SUM(revenue) > 0), earliest_lines AS (SELECT lines.order_id, lines.customer_id, ROW_NUMBER() OVER (PARTITION BY lines.order_id ORDER BY lines.line_no) AS line_rank
FROM lines
INNER JOIN orders_summed ON orders_summed.order_id = lines.order_id AND orders_summed.ordered_at = lines.ordered_at
WHERE orders_summed.is_mixed), orders_placed AS (SELECT orders_summed.order_id, COALESCE(earliest_lines.customer_id, orders_summed.customer_id) AS customer_id, orders_summed.ordered_on, YEAR(orders_summed.ordered_on) * 12 + MONTH(orders_summed.ordered_on) - 1 AS ordered_month
FROM orders_summed
LEFT JOIN earliest_lines ON earliest_lines.order_id = orders_summed.order_id AND earliest_lines.line_rank = 1)
SELECT *
FROM orders_placed

-- spark
WITH settings AS (SELECT as_of
FROM config.settings), lines AS (SELECT orders.order_id, orders.line_no, orders.customer_id, orders.ordered_at, orders.ordered_on, orders.revenue
FROM staging.orders
CROSS JOIN settings
WHERE COALESCE(orders.ordered_at < settings.as_of, FALSE)), orders_summed AS (SELECT order_id, MIN(ordered_at) AS ordered_at, MIN(ordered_on) AS ordered_on, MIN(customer_id) AS customer_id, MIN(customer_id) <> MAX(customer_id) AS is_mixed
FROM lines
GROUP BY order_id HAVING SUM(revenue) > 0), earliest_lines AS (SELECT lines.order_id, lines.customer_id, ROW_NUMBER() OVER (PARTITION BY lines.order_id ORDER BY lines.line_no NULLS LAST) AS line_rank
FROM lines
INNER JOIN orders_summed ON orders_summed.order_id = lines.order_id AND orders_summed.ordered_at = lines.ordered_at
WHERE orders_summed.is_mixed), orders_placed AS (SELECT orders_summed.order_id, COALESCE(earliest_lines.customer_id, orders_summed.customer_id) AS customer_id, orders_summed.ordered_on, YEAR(orders_summed.ordered_on) * 12 + MONTH(orders_summed.ordered_on) - 1 AS ordered_month
FROM orders_summed
LEFT JOIN earliest_lines ON earliest_lines.order_id = orders_summed.order_id AND earliest_lines.line_rank = 1)
SELECT *
FROM orders_placed
