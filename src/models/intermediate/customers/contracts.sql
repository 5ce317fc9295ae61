-- Contracts that began to run before as_of; one that ends at or after it is still running, one that ends on its first day
-- never ran. Months are numbers: 12 x year + month - 1.
-- grain: contract_id
with

settings as (
    select as_of_on
    from config.settings
),

contracts as (
    select
        contracts.contract_id,
        contracts.customer_id,
        contracts.starts_on,
        case when contracts.ends_on <= settings.as_of_on then contracts.ends_on end as ends_on,
        coalesce(contracts.monthly_value, 0) as monthly_value,
        contracts.reason_category
    from staging.contracts
    cross join settings
    where contracts.starts_on <= settings.as_of_on
        and coalesce(contracts.ends_on > contracts.starts_on, true)
),

contracts_with_months as (
    select
        contract_id,
        customer_id,
        starts_on,
        ends_on,
        year(starts_on) * 12 + month(starts_on) - 1 as start_month,
        year(ends_on) * 12 + month(ends_on) - 1 as end_month,
        monthly_value,
        reason_category
    from contracts
)

select * from contracts_with_months
