-- Hand-offs due by as_of: completed by then or not.
-- grain: handoff_id
select
    handoffs.handoff_id,
    handoffs.due_on as case_on,
    handoffs.customer_id,
    handoffs.channel,
    handoffs.type,
    handoffs.class,
    handoffs.severity,
    handoffs.agent,
    case when handoffs.completed_at <= handoffs.due_at then 1 else 0 end as numerator,
    1 as denominator
from intermediate.handoffs as handoffs
where handoffs.is_due
