-- Leads: converted within 90 days of 24 hours from their creation, both ends included, or not.
-- grain: lead_id
select
    leads.lead_id,
    leads.created_on as case_on,
    leads.customer_id,
    leads.segment,
    leads.region,
    leads.channel,
    leads.source,
    leads.owner,
    case when leads.conversion_microseconds between 0 and 90 * 86400000000 then 1 else 0 end as numerator,
    1 as denominator
from intermediate.leads as leads
