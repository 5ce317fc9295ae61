-- Sales of a market's companies in the months begun by as_of, own sales apart.
-- grain: month, market, company
with

settings as (
    select as_of_on
    from config.settings
),

market_sales_begun as (
    select
        market_sales.month,
        market_sales.market,
        market_sales.company,
        case when market_sales.is_own then market_sales.sales else 0 end as own_sales,
        market_sales.sales
    from staging.market_sales
    cross join settings
    where market_sales.month <= settings.as_of_on
)

select * from market_sales_begun
