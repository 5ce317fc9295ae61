-- trino
SELECT market_sales.month AS case_on, market_sales.market, market_sales.company, market_sales.own_sales AS numerator, market_sales.sales AS denominator, market_sales.month AS part_on
FROM intermediate.market_sales AS market_sales

-- spark
SELECT market_sales.month AS case_on, market_sales.market, market_sales.company, market_sales.own_sales AS numerator, market_sales.sales AS denominator, market_sales.month AS part_on
FROM intermediate.market_sales AS market_sales
