-- Sales of a market in a month, own against all; part_on is the month, of which a period may miss none.
-- grain: case_on, market, company
select
    market_sales.month as case_on,
    market_sales.market,
    market_sales.company,
    market_sales.own_sales as numerator,
    market_sales.sales as denominator,
    market_sales.month as part_on
from intermediate.market_sales as market_sales
