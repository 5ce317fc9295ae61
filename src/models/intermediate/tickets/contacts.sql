-- Contacts made before as_of.
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
)

select * from contacts
