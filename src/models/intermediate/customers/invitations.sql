-- Invitations to events held before as_of.
-- grain: event_id, customer_id
with

settings as (
    select as_of_on
    from config.settings
),

events as (
    select events.event_id, events.held_on
    from staging.events
    cross join settings
    where events.held_on <= settings.as_of_on
),

invitations as (
    select event_id, customer_id, attended
    from staging.event_invitations
),

invitations_held as (
    select
        invitations.event_id,
        invitations.customer_id,
        events.held_on,
        invitations.attended
    from invitations
    inner join events
        on events.event_id = invitations.event_id
)

select * from invitations_held
