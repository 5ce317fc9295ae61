-- trino
WITH tickets AS (SELECT ticket_id, created_on, created_month, customer_id, channel, type, class, severity, agent
FROM intermediate.tickets), periods AS (SELECT role, grain, period_start, cutoff_on
FROM intermediate.periods
WHERE role <> 'period'), grains AS (SELECT grain, month_count
FROM intermediate.grains), tickets_of_grains AS (SELECT tickets.ticket_id, grains.grain, grains.month_count * ((tickets.created_month) / (grains.month_count)) AS start_month, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent
FROM tickets
CROSS JOIN grains), tickets_of_windows AS (SELECT 'period' AS role, grain, date_add('month', (start_month) - 23640, date '1970-01-01') AS period_start, ticket_id, FALSE AS is_elapsed, customer_id, channel, type, class, severity, agent
FROM tickets_of_grains
UNION ALL
SELECT periods.role, periods.grain, periods.period_start, tickets.ticket_id, TRUE AS is_elapsed, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent
FROM tickets
INNER JOIN periods ON tickets.created_on >= periods.period_start AND tickets.created_on < periods.cutoff_on)
SELECT *
FROM tickets_of_windows

-- spark
WITH tickets AS (SELECT ticket_id, created_on, created_month, customer_id, channel, type, class, severity, agent
FROM intermediate.tickets), periods AS (SELECT role, grain, period_start, cutoff_on
FROM intermediate.periods
WHERE role <> 'period'), grains AS (SELECT grain, month_count
FROM intermediate.grains), tickets_of_grains AS (SELECT tickets.ticket_id, grains.grain, grains.month_count * ((tickets.created_month) div (grains.month_count)) AS start_month, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent
FROM tickets
CROSS JOIN grains), tickets_of_windows AS (SELECT 'period' AS role, grain, add_months(date '1970-01-01', cast((start_month) - 23640 as int)) AS period_start, ticket_id, FALSE AS is_elapsed, customer_id, channel, type, class, severity, agent
FROM tickets_of_grains
UNION ALL
SELECT periods.role, periods.grain, periods.period_start, tickets.ticket_id, TRUE AS is_elapsed, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent
FROM tickets
INNER JOIN periods ON tickets.created_on >= periods.period_start AND tickets.created_on < periods.cutoff_on)
SELECT *
FROM tickets_of_windows
