-- Tickets and contacts by the channel they came over; the channel splits the numerator only.
-- grain: case_kind, case_id
with

ticket as (
    select
        'ticket' as case_kind,
        ticket_id as case_id,
        created_on as case_on,
        customer_id,
        channel,
        1 as numerator,
        1 as denominator
    from intermediate.tickets
),

contact as (
    select
        'contact' as case_kind,
        contact_id as case_id,
        contacted_on as case_on,
        customer_id,
        channel,
        1 as numerator,
        1 as denominator
    from intermediate.contacts
),

cases as (
    select * from ticket
    union all
    select * from contact
)

select * from cases
