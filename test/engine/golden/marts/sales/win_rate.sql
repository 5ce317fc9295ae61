-- trino
SELECT opportunities.opportunity_id, opportunities.closed_on AS case_on, opportunities.customer_id, opportunities.segment, opportunities.region, opportunities.owner, CASE WHEN opportunities.won THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.opportunities AS opportunities
WHERE NOT opportunities.closed_on IS NULL AND NOT opportunities.won IS NULL

-- spark
SELECT opportunities.opportunity_id, opportunities.closed_on AS case_on, opportunities.customer_id, opportunities.segment, opportunities.region, opportunities.owner, CASE WHEN opportunities.won THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.opportunities AS opportunities
WHERE NOT opportunities.closed_on IS NULL AND NOT opportunities.won IS NULL
