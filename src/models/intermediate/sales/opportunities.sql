-- Opportunities created before as_of with segment, region and owner of their customer, those without a customer with their
-- lead's; one closed at or after as_of is still open.
-- grain: opportunity_id
with

settings as (
    select as_of
    from config.settings
),

opportunities as (
    select
        opportunities.opportunity_id,
        opportunities.lead_id,
        opportunities.customer_id,
        opportunities.owner_id,
        case when opportunities.closed_at < settings.as_of then opportunities.closed_on end as closed_on,
        case when opportunities.closed_at < settings.as_of then opportunities.won end as won
    from staging.opportunities
    cross join settings
    where coalesce(opportunities.created_at < settings.as_of, false)
),

opportunities_with_customer as (
    select
        opportunities.opportunity_id,
        opportunities.customer_id,
        opportunities.closed_on,
        opportunities.won,
        case when opportunities.customer_id is null then leads.segment else customers.segment end as segment,
        case when opportunities.customer_id is null then leads.region else customers.region end as region,
        case
            when opportunities.owner_id is not null then owners.employee_id
            when opportunities.customer_id is not null then customers.owner
            else leads.owner
        end as owner
    from opportunities
    left join intermediate.customers
        on customers.customer_id = opportunities.customer_id
    left join intermediate.leads
        on leads.lead_id = opportunities.lead_id
    left join intermediate.known_employees as owners
        on owners.employee_id = opportunities.owner_id
)

select * from opportunities_with_customer
