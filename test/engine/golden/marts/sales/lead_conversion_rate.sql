-- trino
SELECT leads.lead_id, leads.created_on AS case_on, leads.customer_id, leads.segment, leads.region, leads.channel, leads.source, leads.owner, CASE WHEN leads.conversion_microseconds BETWEEN 0 AND 90 * 86400000000 THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.leads AS leads

-- spark
SELECT leads.lead_id, leads.created_on AS case_on, leads.customer_id, leads.segment, leads.region, leads.channel, leads.source, leads.owner, CASE WHEN leads.conversion_microseconds BETWEEN 0 AND 90 * 86400000000 THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.leads AS leads
