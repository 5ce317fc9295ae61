-- trino
SELECT grain, month_count, MIN(YEAR(period_start) * 12 + MONTH(period_start) - 1) AS first_month, MAX(YEAR(period_end) * 12 + MONTH(period_end) - 1) AS end_month
FROM intermediate.periods
WHERE role = 'period'
GROUP BY grain, month_count

-- spark
SELECT grain, month_count, MIN(YEAR(period_start) * 12 + MONTH(period_start) - 1) AS first_month, MAX(YEAR(period_end) * 12 + MONTH(period_end) - 1) AS end_month
FROM intermediate.periods
WHERE role = 'period'
GROUP BY grain, month_count
