-- Repair tickets with asset and fault code: the same fault of the asset reported in the 30 days before, or not.
-- grain: ticket_id
select
    tickets.ticket_id,
    tickets.created_on as case_on,
    tickets.customer_id,
    tickets.channel,
    tickets.type,
    tickets.class,
    tickets.severity,
    tickets.agent,
    case when tickets.has_repair_before then 1 else 0 end as numerator,
    1 as denominator
from intermediate.fault_repairs as tickets
