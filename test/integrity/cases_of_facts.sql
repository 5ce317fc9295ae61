-- The marts divide what is in intermediate and add nothing: all revenue is some line's, every ticket and contact came over
-- some channel, every complaint and repair is to be resolved, every lead to be converted,
-- and every customer was new once.
-- damage: create or replace view marts.revenue as select revenue * 2 as numerator from intermediate.order_lines
with

facts as (
    select 'revenue' as mart, coalesce(sum(revenue), 0) as total from intermediate.order_lines
    union all
    select 'channel_utilisation', (select count(*) from intermediate.tickets) + (select count(*) from intermediate.contacts)
    union all
    select 'complaint_resolution_rate', count(*) from intermediate.tickets where type = 'complaint'
    union all
    select 'fault_resolution_rate', count(*) from intermediate.tickets where type = 'repair'
    union all
    select 'lead_conversion_rate', count(*) from intermediate.leads
    union all
    select 'new_customers', count(*) from intermediate.customers where acquired_on is not null
),

marts as (
    select 'revenue' as mart, coalesce(sum(numerator), 0) as total from marts.revenue
    union all
    select 'channel_utilisation', coalesce(sum(denominator), 0) from marts.channel_utilisation
    union all
    select 'complaint_resolution_rate', coalesce(sum(denominator), 0) from marts.complaint_resolution_rate
    union all
    select 'fault_resolution_rate', coalesce(sum(denominator), 0) from marts.fault_resolution_rate
    union all
    select 'lead_conversion_rate', coalesce(sum(denominator), 0) from marts.lead_conversion_rate
    union all
    select 'new_customers', coalesce(sum(numerator), 0) from marts.new_customers
)

select mart, facts.total as fact_total, marts.total as mart_total
from facts
inner join marts using (mart)
where facts.total <> marts.total
