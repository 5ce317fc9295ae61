-- Opportunities closed before as_of as won or lost.
-- grain: opportunity_id
select
    opportunities.opportunity_id,
    opportunities.closed_on as case_on,
    opportunities.customer_id,
    opportunities.segment,
    opportunities.region,
    opportunities.owner,
    case when opportunities.won then 1 else 0 end as numerator,
    1 as denominator
from intermediate.opportunities as opportunities
where opportunities.closed_on is not null
    and opportunities.won is not null
