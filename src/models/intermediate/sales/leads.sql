-- Leads created before as_of, with the hours to their conversion where that has happened; a lead without an owner
-- belongs to its customer's.
-- grain: lead_id
with

settings as (
    select as_of
    from config.settings
),

leads as (
    select
        leads.lead_id,
        leads.created_at,
        leads.created_on,
        case when leads.converted_at < settings.as_of then leads.converted_at end as converted_at,
        leads.customer_id,
        leads.segment,
        leads.region,
        leads.channel,
        leads.source,
        leads.owner_id
    from staging.leads
    cross join settings
    where coalesce(leads.created_at < settings.as_of, false)
),

leads_with_owner as (
    select
        leads.lead_id,
        leads.customer_id,
        leads.created_at,
        leads.created_on,
        leads.converted_at,
        epoch_us(leads.converted_at) - epoch_us(leads.created_at) as conversion_microseconds,
        leads.segment,
        leads.region,
        leads.channel,
        leads.source,
        case when leads.owner_id is null then customers.owner else owners.employee_id end as owner
    from leads
    left join intermediate.customers
        on customers.customer_id = leads.customer_id
    left join intermediate.known_employees as owners
        on owners.employee_id = leads.owner_id
)

select * from leads_with_owner
