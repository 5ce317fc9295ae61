-- trino
WITH settings AS (SELECT as_of_on
FROM config.settings), market_sales_begun AS (SELECT market_sales.month, market_sales.market, market_sales.company, CASE WHEN market_sales.is_own THEN market_sales.sales ELSE 0 END AS own_sales, market_sales.sales
FROM staging.market_sales
CROSS JOIN settings
WHERE market_sales.month <= settings.as_of_on)
SELECT *
FROM market_sales_begun

-- spark
WITH settings AS (SELECT as_of_on
FROM config.settings), market_sales_begun AS (SELECT market_sales.month, market_sales.market, market_sales.company, CASE WHEN market_sales.is_own THEN market_sales.sales ELSE 0 END AS own_sales, market_sales.sales
FROM staging.market_sales
CROSS JOIN settings
WHERE market_sales.month <= settings.as_of_on)
SELECT *
FROM market_sales_begun
