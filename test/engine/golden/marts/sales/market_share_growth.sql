-- trino
WITH market_sales AS (SELECT month AS month_on, market, company, own_sales, sales
FROM intermediate.market_sales), periods AS (SELECT role, grain, period_start, cutoff_on, year_start, year_cutoff_on
FROM intermediate.periods), sales_of_periods AS (SELECT periods.role, periods.grain, periods.period_start, market_sales.market, market_sales.company, market_sales.month_on, market_sales.own_sales AS numerator, market_sales.sales AS denominator, market_sales.month_on AS part_on, CAST(NULL AS DECIMAL(18, 4)) AS base_numerator, CAST(NULL AS DECIMAL(18, 4)) AS base_denominator, CAST(NULL AS DATE) AS base_part_on
FROM market_sales
INNER JOIN periods ON market_sales.month_on >= periods.period_start AND market_sales.month_on < periods.cutoff_on
UNION ALL
SELECT periods.role, periods.grain, periods.period_start, market_sales.market, market_sales.company, market_sales.month_on, CAST(NULL AS DECIMAL(18, 4)) AS numerator, CAST(NULL AS DECIMAL(18, 4)) AS denominator, CAST(NULL AS DATE) AS part_on, market_sales.own_sales AS base_numerator, market_sales.sales AS base_denominator, market_sales.month_on AS base_part_on
FROM market_sales
INNER JOIN periods ON market_sales.month_on >= periods.year_start AND market_sales.month_on < periods.year_cutoff_on)
SELECT role, grain, period_start, CAST(NULL AS DATE) AS until_start, market, company, month_on, numerator, denominator, part_on, base_numerator, base_denominator, base_part_on
FROM sales_of_periods

-- spark
WITH market_sales AS (SELECT month AS month_on, market, company, own_sales, sales
FROM intermediate.market_sales), periods AS (SELECT role, grain, period_start, cutoff_on, year_start, year_cutoff_on
FROM intermediate.periods), sales_of_periods AS (SELECT periods.role, periods.grain, periods.period_start, market_sales.market, market_sales.company, market_sales.month_on, market_sales.own_sales AS numerator, market_sales.sales AS denominator, market_sales.month_on AS part_on, CAST(NULL AS DECIMAL(18, 4)) AS base_numerator, CAST(NULL AS DECIMAL(18, 4)) AS base_denominator, CAST(NULL AS DATE) AS base_part_on
FROM market_sales
INNER JOIN periods ON market_sales.month_on >= periods.period_start AND market_sales.month_on < periods.cutoff_on
UNION ALL
SELECT periods.role, periods.grain, periods.period_start, market_sales.market, market_sales.company, market_sales.month_on, CAST(NULL AS DECIMAL(18, 4)) AS numerator, CAST(NULL AS DECIMAL(18, 4)) AS denominator, CAST(NULL AS DATE) AS part_on, market_sales.own_sales AS base_numerator, market_sales.sales AS base_denominator, market_sales.month_on AS base_part_on
FROM market_sales
INNER JOIN periods ON market_sales.month_on >= periods.year_start AND market_sales.month_on < periods.year_cutoff_on)
SELECT role, grain, period_start, CAST(NULL AS DATE) AS until_start, market, company, month_on, numerator, denominator, part_on, base_numerator, base_denominator, base_part_on
FROM sales_of_periods
