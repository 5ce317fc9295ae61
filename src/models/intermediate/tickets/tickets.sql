-- Tickets created before as_of; later times at or after as_of have not happened, and what came after the resolution is no
-- first response. Waits and limits run 24 x 7, or by the business calendar where the settings have one; lifetime_microseconds,
-- from creation to resolution, always run 24 x 7. is_on_time is null while neither a response nor the limit has come, and
-- where the ticket was over unanswered within its limit; is_awaiting says that neither a response nor a resolution has come.
-- grain: ticket_id
with

settings as (
    select
        as_of,
        has_business_calendar,
        limit_very_serious,
        limit_serious,
        limit_general,
        limit_phone,
        limit_email,
        limit_online,
        limit_wechat,
        limit_social,
        limit_visit,
        limit_fax,
        limit_other
    from config.settings
),

records as (
    select known_at, known_business_microseconds
    from config.table_records
    where table_name = 'tickets'
),

tickets as (
    select
        tickets.ticket_id,
        tickets.customer_id,
        tickets.type,
        tickets.complaint_class,
        tickets.severity,
        tickets.channel,
        tickets.created_at,
        tickets.created_on,
        case
            when tickets.first_response_at < settings.as_of
                and coalesce(tickets.first_response_at <= tickets.resolved_at, true)
                then tickets.first_response_at
        end as first_response_at,
        case when tickets.resolved_at < settings.as_of then tickets.resolved_at end as resolved_at,
        case when tickets.resolved_at < settings.as_of then tickets.resolved_on end as resolved_on,
        tickets.agent_id,
        tickets.handling_count,
        tickets.first_contact_resolved,
        tickets.qa_correct,
        tickets.asset_id,
        tickets.fault_code,
        tickets.repair_quality,
        settings.has_business_calendar,
        case
            when tickets.type = 'complaint'
                then case tickets.severity
                    when 'very_serious' then settings.limit_very_serious
                    when 'serious' then settings.limit_serious
                    else settings.limit_general
                end
            when tickets.channel = 'phone' then settings.limit_phone
            when tickets.channel = 'email' then settings.limit_email
            when tickets.channel = 'online' then settings.limit_online
            when tickets.channel = 'wechat' then settings.limit_wechat
            when tickets.channel = 'social' then settings.limit_social
            when tickets.channel = 'visit' then settings.limit_visit
            when tickets.channel = 'fax' then settings.limit_fax
            else settings.limit_other
        end as limit_microseconds
    from staging.tickets
    cross join settings
    where coalesce(tickets.created_at < settings.as_of, false)
),

tickets_with_waits as (
    select
        tickets.ticket_id,
        tickets.customer_id,
        tickets.created_at,
        tickets.created_on,
        tickets.first_response_at,
        tickets.resolved_at,
        tickets.resolved_on,
        epoch_us(tickets.resolved_at) - epoch_us(tickets.created_at) as lifetime_microseconds,
        case
            when tickets.first_response_at is null then null
            when tickets.has_business_calendar then times.first_response_microseconds - times.created_microseconds
            else epoch_us(tickets.first_response_at) - epoch_us(tickets.created_at)
        end as response_microseconds,
        case
            when tickets.has_business_calendar then times.resolved_microseconds - times.created_microseconds
            else epoch_us(tickets.resolved_at) - epoch_us(tickets.created_at)
        end as resolution_microseconds,
        case
            when tickets.has_business_calendar then records.known_business_microseconds - times.created_microseconds
            else epoch_us(records.known_at) - epoch_us(tickets.created_at)
        end as age_microseconds,
        tickets.limit_microseconds,
        tickets.handling_count,
        tickets.first_contact_resolved,
        tickets.qa_correct,
        tickets.asset_id,
        tickets.fault_code,
        tickets.repair_quality,
        tickets.channel,
        tickets.type,
        tickets.complaint_class as class,
        tickets.severity,
        tickets.agent_id
    from tickets
    cross join records
    left join intermediate.business_times as times
        on times.ticket_id = tickets.ticket_id
),

tickets_with_agent as (
    select
        tickets.ticket_id,
        tickets.customer_id,
        tickets.created_at,
        tickets.created_on,
        year(tickets.created_on) * 12 + month(tickets.created_on) - 1 as created_month,
        tickets.first_response_at,
        tickets.resolved_at,
        tickets.resolved_on,
        tickets.lifetime_microseconds,
        tickets.response_microseconds,
        tickets.resolution_microseconds,
        case
            when tickets.response_microseconds is not null
                then tickets.response_microseconds <= tickets.limit_microseconds
            when tickets.resolution_microseconds <= tickets.limit_microseconds then null
            when tickets.resolution_microseconds is not null then false
            when tickets.age_microseconds >= tickets.limit_microseconds then false
        end as is_on_time,
        tickets.first_response_at is null and tickets.resolved_at is null as is_awaiting,
        tickets.handling_count,
        tickets.first_contact_resolved,
        tickets.qa_correct,
        tickets.asset_id,
        tickets.fault_code,
        tickets.repair_quality,
        tickets.channel,
        tickets.type,
        tickets.class,
        tickets.severity,
        agents.employee_id as agent
    from tickets_with_waits as tickets
    left join intermediate.known_employees as agents
        on agents.employee_id = tickets.agent_id
)

select * from tickets_with_agent
