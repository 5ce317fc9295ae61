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
        lead_id,
        created_at,
        created_on,
        case when converted_at < (select as_of from settings) then converted_at end as converted_at,
        customer_id,
        segment,
        region,
        channel,
        source,
        owner_id,
    from staging.leads
    where created_at < (select as_of from settings)
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
        case when leads.owner_id is null then customers.owner else owners.employee_id end as owner,
    from leads
    left join intermediate.customers
        on customers.customer_id = leads.customer_id
    left join intermediate.known_employees as owners
        on owners.employee_id = leads.owner_id
)

select * from leads_with_owner
