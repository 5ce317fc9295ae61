-- trino
WITH settings AS (SELECT as_of, as_of_on, CAST(as_of_local AS DATE) AS running_on
FROM config.settings), lines AS (SELECT orders.order_id, orders.line_no, orders.customer_id, orders.ordered_on, orders.owner_id, orders.revenue, orders.cost, orders.promised_on, COALESCE(orders.promised_on < settings.running_on, FALSE) AS is_due, CASE WHEN orders.delivered_on <= settings.as_of_on THEN orders.delivered_on END AS delivered_on
FROM staging.orders
CROSS JOIN settings
WHERE COALESCE(orders.ordered_at < settings.as_of, FALSE)), lines_with_owner AS (SELECT lines.order_id, lines.line_no, lines.customer_id, lines.ordered_on, lines.revenue, lines.cost, lines.promised_on, lines.is_due, lines.delivered_on, CASE WHEN lines.owner_id IS NULL THEN customers.owner ELSE owners.employee_id END AS owner
FROM lines
LEFT JOIN intermediate.customers ON customers.customer_id = lines.customer_id
LEFT JOIN intermediate.known_employees AS owners ON owners.employee_id = lines.owner_id)
SELECT *
FROM lines_with_owner

-- spark
WITH settings AS (SELECT as_of, as_of_on, CAST(as_of_local AS DATE) AS running_on
FROM config.settings), lines AS (SELECT orders.order_id, orders.line_no, orders.customer_id, orders.ordered_on, orders.owner_id, orders.revenue, orders.cost, orders.promised_on, COALESCE(orders.promised_on < settings.running_on, FALSE) AS is_due, CASE WHEN orders.delivered_on <= settings.as_of_on THEN orders.delivered_on END AS delivered_on
FROM staging.orders
CROSS JOIN settings
WHERE COALESCE(orders.ordered_at < settings.as_of, FALSE)), lines_with_owner AS (SELECT lines.order_id, lines.line_no, lines.customer_id, lines.ordered_on, lines.revenue, lines.cost, lines.promised_on, lines.is_due, lines.delivered_on, CASE WHEN lines.owner_id IS NULL THEN customers.owner ELSE owners.employee_id END AS owner
FROM lines
LEFT JOIN intermediate.customers ON customers.customer_id = lines.customer_id
LEFT JOIN intermediate.known_employees AS owners ON owners.employee_id = lines.owner_id)
SELECT *
FROM lines_with_owner
