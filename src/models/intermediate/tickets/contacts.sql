-- Contacts made before as_of with their customer's dimension values.
-- grain: contact_id
with

settings as (
    select as_of
    from config.settings
),

contacts as (
    select
        contacts.contact_id,
        contacts.customer_id,
        contacts.channel,
        contacts.contacted_on
    from staging.contacts
    cross join settings
    where coalesce(contacts.contacted_at < settings.as_of, false)
),

contacts_with_customer as (
    select
        contacts.contact_id,
        contacts.customer_id,
        contacts.channel,
        contacts.contacted_on,
        customers.segment,
        customers.industry,
        customers.region,
        customers.acquisition_channel,
        customers.owner
    from contacts
    left join intermediate.customers
        on customers.customer_id = contacts.customer_id
)

select * from contacts_with_customer
