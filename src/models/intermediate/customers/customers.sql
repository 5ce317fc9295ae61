-- Customers acquired before as_of, or nobody knows when, with the dimension values of the extract; an owner who is no
-- employee is unknown.
-- grain: customer_id
-- materialized: table
with

settings as (
    select as_of_on
    from config.settings
),

customers as (
    select customer_id, segment, industry, region, acquired_on, acquisition_channel, owner_id
    from staging.customers
),

owners as (
    select employee_id
    from intermediate.known_employees
),

customers_with_owner as (
    select
        customers.customer_id,
        customers.acquired_on,
        customers.segment,
        customers.industry,
        customers.region,
        customers.acquisition_channel,
        owners.employee_id as owner
    from customers
    inner join settings
        on coalesce(customers.acquired_on <= settings.as_of_on, true)
    left join owners
        on owners.employee_id = customers.owner_id
)

select * from customers_with_owner
