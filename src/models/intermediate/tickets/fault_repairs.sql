-- Repair tickets with asset and fault code: whether the same fault of the asset was reported in the 30 days before, and in the
-- 90 days after the resolution. Days are 24 hours; reports of one instant do not precede each other.
-- grain: ticket_id
-- materialized: build
with

repairs as (
    select
        ticket_id,
        created_on,
        resolved_on,
        epoch_us(created_at) as created_microseconds,
        epoch_us(resolved_at) as resolved_microseconds,
        asset_id,
        fault_code,
        customer_id,
        channel,
        type,
        class,
        severity,
        agent
    from intermediate.tickets
    where type = 'repair'
        and asset_id is not null
        and fault_code is not null
),

moments as (
    select
        ticket_id,
        asset_id,
        fault_code,
        created_microseconds as at_microseconds,
        1 as report_count
    from repairs
    union all
    select
        ticket_id,
        asset_id,
        fault_code,
        resolved_microseconds as at_microseconds,
        0 as report_count
    from repairs
    where resolved_microseconds is not null
),

moments_with_reports as (
    select
        ticket_id,
        report_count,
        sum(report_count) over (
            partition by asset_id, fault_code
            order by at_microseconds
            range between 2592000000000 preceding and 1 preceding
        ) as report_count_before,
        sum(report_count) over (
            partition by asset_id, fault_code
            order by at_microseconds
            range between 1 following and 7776000000000 following
        ) as report_count_after
    from moments
),

repeats as (
    select
        ticket_id,
        max(case when report_count = 1 and report_count_before > 0 then 1 else 0 end) = 1 as has_repair_before,
        max(case when report_count = 0 and report_count_after > 0 then 1 else 0 end) = 1 as has_recurrence
    from moments_with_reports
    group by ticket_id
),

repairs_with_repeats as (
    select
        repairs.ticket_id,
        repairs.created_on,
        repairs.resolved_on,
        repairs.customer_id,
        repairs.channel,
        repairs.type,
        repairs.class,
        repairs.severity,
        repairs.agent,
        repeats.has_repair_before,
        repeats.has_recurrence
    from repeats
    inner join repairs
        on repairs.ticket_id = repeats.ticket_id
)

select * from repairs_with_repeats
