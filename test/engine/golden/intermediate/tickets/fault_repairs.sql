-- trino
WITH repairs AS (SELECT ticket_id, created_on, resolved_on, cast(round(to_unixtime(created_at) * 1000000) as bigint) AS created_microseconds, cast(round(to_unixtime(resolved_at) * 1000000) as bigint) AS resolved_microseconds, asset_id, fault_code, customer_id, channel, type, class, severity, agent
FROM intermediate.tickets
WHERE type = 'repair' AND NOT asset_id IS NULL AND NOT fault_code IS NULL), moments AS (SELECT ticket_id, asset_id, fault_code, created_microseconds AS at_microseconds, 1 AS report_count
FROM repairs
UNION ALL
SELECT ticket_id, asset_id, fault_code, resolved_microseconds AS at_microseconds, 0 AS report_count
FROM repairs
WHERE NOT resolved_microseconds IS NULL), moments_with_reports AS (SELECT ticket_id, report_count, SUM(report_count) OVER (PARTITION BY asset_id, fault_code ORDER BY at_microseconds range BETWEEN 2592000000000 preceding AND 1 preceding) AS report_count_before, SUM(report_count) OVER (PARTITION BY asset_id, fault_code ORDER BY at_microseconds range BETWEEN 1 following AND 7776000000000 following) AS report_count_after
FROM moments), repeats AS (SELECT ticket_id, MAX(CASE WHEN report_count = 1 AND report_count_before > 0 THEN 1 ELSE 0 END) = 1 AS has_repair_before, MAX(CASE WHEN report_count = 0 AND report_count_after > 0 THEN 1 ELSE 0 END) = 1 AS has_recurrence
FROM moments_with_reports
GROUP BY ticket_id), repairs_with_repeats AS (SELECT repairs.ticket_id, repairs.created_on, repairs.resolved_on, repairs.customer_id, repairs.channel, repairs.type, repairs.class, repairs.severity, repairs.agent, repeats.has_repair_before, repeats.has_recurrence
FROM repeats
INNER JOIN repairs ON repairs.ticket_id = repeats.ticket_id)
SELECT *
FROM repairs_with_repeats

-- spark
WITH repairs AS (SELECT ticket_id, created_on, resolved_on, unix_micros(created_at) AS created_microseconds, unix_micros(resolved_at) AS resolved_microseconds, asset_id, fault_code, customer_id, channel, type, class, severity, agent
FROM intermediate.tickets
WHERE type = 'repair' AND NOT asset_id IS NULL AND NOT fault_code IS NULL), moments AS (SELECT ticket_id, asset_id, fault_code, created_microseconds AS at_microseconds, 1 AS report_count
FROM repairs
UNION ALL
SELECT ticket_id, asset_id, fault_code, resolved_microseconds AS at_microseconds, 0 AS report_count
FROM repairs
WHERE NOT resolved_microseconds IS NULL), moments_with_reports AS (SELECT ticket_id, report_count, SUM(report_count) OVER (PARTITION BY asset_id, fault_code ORDER BY at_microseconds NULLS LAST range BETWEEN 2592000000000 preceding AND 1 preceding) AS report_count_before, SUM(report_count) OVER (PARTITION BY asset_id, fault_code ORDER BY at_microseconds NULLS LAST range BETWEEN 1 following AND 7776000000000 following) AS report_count_after
FROM moments), repeats AS (SELECT ticket_id, MAX(CASE WHEN report_count = 1 AND report_count_before > 0 THEN 1 ELSE 0 END) = 1 AS has_repair_before, MAX(CASE WHEN report_count = 0 AND report_count_after > 0 THEN 1 ELSE 0 END) = 1 AS has_recurrence
FROM moments_with_reports
GROUP BY ticket_id), repairs_with_repeats AS (SELECT repairs.ticket_id, repairs.created_on, repairs.resolved_on, repairs.customer_id, repairs.channel, repairs.type, repairs.class, repairs.severity, repairs.agent, repeats.has_repair_before, repeats.has_recurrence
FROM repeats
INNER JOIN repairs ON repairs.ticket_id = repeats.ticket_id)
SELECT *
FROM repairs_with_repeats
