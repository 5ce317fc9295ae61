-- trino
WITH settings AS (SELECT as_of_local, as_of_on
FROM config.settings), first_days AS (SELECT MIN(acquired_on) AS day_on
FROM staging.customers
UNION ALL
SELECT date_add('day', -1, MIN(covers_from)) AS day_on
FROM config.table_records), bounds AS (SELECT settings.as_of_local, settings.as_of_on, least(coalesce(COALESCE(MIN(first_days.day_on), settings.as_of_on), settings.as_of_on), coalesce(settings.as_of_on, COALESCE(MIN(first_days.day_on), settings.as_of_on))) AS first_on
FROM settings
CROSS JOIN first_days
GROUP BY settings.as_of_local, settings.as_of_on), grains AS (SELECT *
FROM (VALUES ('month', 1), ('quarter', 3), ('half', 6), ('year', 12)) AS grains(grain, month_count)), digits AS (SELECT *
FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS digits(digit)), years AS (SELECT bounds.as_of_local, bounds.as_of_on, bounds.first_on, thousands.digit * 1000 + hundreds.digit * 100 + tens.digit * 10 + ones.digit AS year_number
FROM bounds
CROSS JOIN digits AS thousands
CROSS JOIN digits AS hundreds
CROSS JOIN digits AS tens
CROSS JOIN digits AS ones
WHERE thousands.digit * 1000 + hundreds.digit * 100 + tens.digit * 10 + ones.digit BETWEEN YEAR(bounds.first_on) AND YEAR(bounds.as_of_on)), starts AS (SELECT grains.grain, grains.month_count, years.as_of_local, years.as_of_on, years.first_on, date_add('month', (years.year_number * 12 + numbers.period_number * grains.month_count) - 23640, date '1970-01-01') AS period_start, date_add('month', (years.year_number * 12 + (numbers.period_number + 1) * grains.month_count) - 23640, date '1970-01-01') AS period_end
FROM years
CROSS JOIN grains
CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11)) AS numbers(period_number)
WHERE numbers.period_number * grains.month_count < 12), periods AS (SELECT 'period' AS role, grain, month_count, period_start, period_end, least(coalesce(period_end, date_add('day', 1, as_of_on)), coalesce(date_add('day', 1, as_of_on), period_end)) AS cutoff_on, CAST(period_end AS TIMESTAMP) > as_of_local AS is_partial, CAST(date_diff('day', period_start, as_of_on) + 1 AS INTEGER) AS elapsed_days
FROM starts
WHERE period_start <= as_of_on AND period_end > first_on), partial_periods AS (SELECT grain, month_count, period_start, elapsed_days
FROM periods
WHERE is_partial), elapsed_starts AS (SELECT 'elapsed_previous' AS role, grain, month_count, elapsed_days, date_add('month', -month_count, period_start) AS period_start
FROM partial_periods
UNION ALL
SELECT 'elapsed_year' AS role, grain, month_count, elapsed_days, date_add('month', -12, period_start) AS period_start
FROM partial_periods), elapsed AS (SELECT role, grain, month_count, period_start, date_add('month', month_count, period_start) AS period_end, least(coalesce(date_add('month', month_count, period_start), date_add('day', elapsed_days, period_start)), coalesce(date_add('day', elapsed_days, period_start), date_add('month', month_count, period_start))) AS cutoff_on, FALSE AS is_partial, elapsed_days
FROM elapsed_starts), windows AS (SELECT role, grain, month_count, period_start, period_end, cutoff_on, is_partial, elapsed_days
FROM periods
UNION ALL
SELECT role, grain, month_count, period_start, period_end, cutoff_on, is_partial, elapsed_days
FROM elapsed), compared AS (SELECT role, grain, period_start, period_end, cutoff_on, is_partial, is_partial OR role <> 'period' AS is_cut, elapsed_days, CAST(month_count AS INTEGER) AS month_count, date_add('month', -month_count, period_start) AS previous_start, date_add('month', -12, period_start) AS year_start
FROM windows), final AS (SELECT role, grain, period_start, period_end, cutoff_on, is_partial, month_count, previous_start, CASE WHEN is_cut THEN least(coalesce(date_add('day', elapsed_days, previous_start), period_start), coalesce(period_start, date_add('day', elapsed_days, previous_start))) ELSE period_start END AS previous_cutoff_on, year_start, CASE WHEN is_cut THEN least(coalesce(date_add('day', elapsed_days, year_start), date_add('month', month_count, year_start)), coalesce(date_add('month', month_count, year_start), date_add('day', elapsed_days, year_start))) ELSE date_add('month', month_count, year_start) END AS year_cutoff_on
FROM compared)
SELECT *
FROM final

-- spark
WITH settings AS (SELECT as_of_local, as_of_on
FROM config.settings), first_days AS (SELECT MIN(acquired_on) AS day_on
FROM staging.customers
UNION ALL
SELECT date_add(MIN(covers_from), -1) AS day_on
FROM config.table_records), bounds AS (SELECT settings.as_of_local, settings.as_of_on, least(COALESCE(MIN(first_days.day_on), settings.as_of_on), settings.as_of_on) AS first_on
FROM settings
CROSS JOIN first_days
GROUP BY settings.as_of_local, settings.as_of_on), grains AS (SELECT *
FROM (VALUES ('month', 1), ('quarter', 3), ('half', 6), ('year', 12)) AS grains(grain, month_count)), digits AS (SELECT *
FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS digits(digit)), years AS (SELECT bounds.as_of_local, bounds.as_of_on, bounds.first_on, thousands.digit * 1000 + hundreds.digit * 100 + tens.digit * 10 + ones.digit AS year_number
FROM bounds
CROSS JOIN digits AS thousands
CROSS JOIN digits AS hundreds
CROSS JOIN digits AS tens
CROSS JOIN digits AS ones
WHERE thousands.digit * 1000 + hundreds.digit * 100 + tens.digit * 10 + ones.digit BETWEEN YEAR(bounds.first_on) AND YEAR(bounds.as_of_on)), starts AS (SELECT grains.grain, grains.month_count, years.as_of_local, years.as_of_on, years.first_on, add_months(date '1970-01-01', cast((years.year_number * 12 + numbers.period_number * grains.month_count) - 23640 as int)) AS period_start, add_months(date '1970-01-01', cast((years.year_number * 12 + (numbers.period_number + 1) * grains.month_count) - 23640 as int)) AS period_end
FROM years
CROSS JOIN grains
CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11)) AS numbers(period_number)
WHERE numbers.period_number * grains.month_count < 12), periods AS (SELECT 'period' AS role, grain, month_count, period_start, period_end, least(period_end, date_add(as_of_on, 1)) AS cutoff_on, CAST(period_end AS TIMESTAMP_NTZ) > as_of_local AS is_partial, CAST(datediff(as_of_on, period_start) + 1 AS INT) AS elapsed_days
FROM starts
WHERE period_start <= as_of_on AND period_end > first_on), partial_periods AS (SELECT grain, month_count, period_start, elapsed_days
FROM periods
WHERE is_partial), elapsed_starts AS (SELECT 'elapsed_previous' AS role, grain, month_count, elapsed_days, add_months(period_start, -month_count) AS period_start
FROM partial_periods
UNION ALL
SELECT 'elapsed_year' AS role, grain, month_count, elapsed_days, add_months(period_start, -12) AS period_start
FROM partial_periods), elapsed AS (SELECT role, grain, month_count, period_start, add_months(period_start, month_count) AS period_end, least(add_months(period_start, month_count), date_add(period_start, elapsed_days)) AS cutoff_on, FALSE AS is_partial, elapsed_days
FROM elapsed_starts), windows AS (SELECT role, grain, month_count, period_start, period_end, cutoff_on, is_partial, elapsed_days
FROM periods
UNION ALL
SELECT role, grain, month_count, period_start, period_end, cutoff_on, is_partial, elapsed_days
FROM elapsed), compared AS (SELECT role, grain, period_start, period_end, cutoff_on, is_partial, is_partial OR role <> 'period' AS is_cut, elapsed_days, CAST(month_count AS INT) AS month_count, add_months(period_start, -month_count) AS previous_start, add_months(period_start, -12) AS year_start
FROM windows), final AS (SELECT role, grain, period_start, period_end, cutoff_on, is_partial, month_count, previous_start, CASE WHEN is_cut THEN least(date_add(previous_start, elapsed_days), period_start) ELSE period_start END AS previous_cutoff_on, year_start, CASE WHEN is_cut THEN least(date_add(year_start, elapsed_days), add_months(year_start, month_count)) ELSE add_months(year_start, month_count) END AS year_cutoff_on
FROM compared)
SELECT *
FROM final
