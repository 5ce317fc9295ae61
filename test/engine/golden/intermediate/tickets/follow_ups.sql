-- trino
WITH settings AS (SELECT as_of
FROM config.settings), periods AS (SELECT role, grain, period_start, cutoff_on
FROM intermediate.periods
WHERE role <> 'period'), contacts AS (SELECT contacts.customer_id, contacts.contacted_on
FROM staging.contacts
CROSS JOIN settings
WHERE contacts.purpose = 'follow_up' AND COALESCE(contacts.reached, TRUE) AND COALESCE(contacts.contacted_at < settings.as_of, FALSE)), contacted_months AS (SELECT DISTINCT customer_id, YEAR(contacted_on) * 12 + MONTH(contacted_on) - 1 AS month_number
FROM contacts), grains AS (SELECT grain, month_count
FROM intermediate.grains), contacted AS (SELECT DISTINCT 'period' AS role, grains.grain, grains.month_count * ((contacted_months.month_number) / (grains.month_count)) AS start_month, contacted_months.customer_id
FROM contacted_months
CROSS JOIN grains), contacted_windows AS (SELECT role, grain, date_add('month', (start_month) - 23640, date '1970-01-01') AS period_start, customer_id
FROM contacted
UNION ALL
SELECT DISTINCT periods.role, periods.grain, periods.period_start, contacts.customer_id
FROM contacts
INNER JOIN periods ON contacts.contacted_on >= periods.period_start AND contacts.contacted_on < periods.cutoff_on), contacted_of_the_book AS (SELECT contacted_windows.role, contacted_windows.grain, contacted_windows.period_start, contacted_windows.customer_id
FROM contacted_windows
INNER JOIN intermediate.customer_intervals AS intervals ON intervals.customer_id = contacted_windows.customer_id AND intervals.began_on < contacted_windows.period_start AND COALESCE(intervals.ended_on, CAST('9999-12-31' AS DATE)) >= contacted_windows.period_start)
SELECT *
FROM contacted_of_the_book

-- spark
WITH settings AS (SELECT as_of
FROM config.settings), periods AS (SELECT role, grain, period_start, cutoff_on
FROM intermediate.periods
WHERE role <> 'period'), contacts AS (SELECT contacts.customer_id, contacts.contacted_on
FROM staging.contacts
CROSS JOIN settings
WHERE contacts.purpose = 'follow_up' AND COALESCE(contacts.reached, TRUE) AND COALESCE(contacts.contacted_at < settings.as_of, FALSE)), contacted_months AS (SELECT DISTINCT customer_id, YEAR(contacted_on) * 12 + MONTH(contacted_on) - 1 AS month_number
FROM contacts), grains AS (SELECT grain, month_count
FROM intermediate.grains), contacted AS (SELECT DISTINCT 'period' AS role, grains.grain, grains.month_count * ((contacted_months.month_number) div (grains.month_count)) AS start_month, contacted_months.customer_id
FROM contacted_months
CROSS JOIN grains), contacted_windows AS (SELECT role, grain, add_months(date '1970-01-01', cast((start_month) - 23640 as int)) AS period_start, customer_id
FROM contacted
UNION ALL
SELECT DISTINCT periods.role, periods.grain, periods.period_start, contacts.customer_id
FROM contacts
INNER JOIN periods ON contacts.contacted_on >= periods.period_start AND contacts.contacted_on < periods.cutoff_on), contacted_of_the_book AS (SELECT contacted_windows.role, contacted_windows.grain, contacted_windows.period_start, contacted_windows.customer_id
FROM contacted_windows
INNER JOIN intermediate.customer_intervals AS intervals ON intervals.customer_id = contacted_windows.customer_id AND intervals.began_on < contacted_windows.period_start AND COALESCE(intervals.ended_on, CAST('9999-12-31' AS DATE)) >= contacted_windows.period_start)
SELECT *
FROM contacted_of_the_book
