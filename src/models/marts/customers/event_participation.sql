-- Invitations to events: attended or not.
-- grain: event_id, customer_id
select
    invitations.event_id,
    invitations.held_on as case_on,
    invitations.customer_id,
    case when invitations.attended then 1 else 0 end as numerator,
    1 as denominator
from intermediate.invitations as invitations
