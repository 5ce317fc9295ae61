-- Sales of a market's companies in the months begun by as_of, own sales apart.
-- grain: month, market, company
with

settings as (
    select as_of_on
    from config.settings
),

market_sales as (
    select
        month as month_on,
        market,
        company,
        case when is_own then sales else 0 end as own_sales,
        sales,
    from staging.market_sales
    where month <= (select as_of_on from settings)
)

select month_on as month, market, company, own_sales, sales from market_sales
