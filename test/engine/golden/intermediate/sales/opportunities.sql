-- trino
WITH settings AS (SELECT as_of
FROM config.settings), opportunities AS (SELECT opportunities.opportunity_id, opportunities.lead_id, opportunities.customer_id, opportunities.owner_id, CASE WHEN opportunities.closed_at < settings.as_of THEN opportunities.closed_on END AS closed_on, CASE WHEN opportunities.closed_at < settings.as_of THEN opportunities.won END AS won
FROM staging.opportunities
CROSS JOIN settings
WHERE COALESCE(opportunities.created_at < settings.as_of, FALSE)), opportunities_with_customer AS (SELECT opportunities.opportunity_id, opportunities.customer_id, opportunities.closed_on, opportunities.won, CASE WHEN opportunities.customer_id IS NULL THEN leads.segment ELSE customers.segment END AS segment, CASE WHEN opportunities.customer_id IS NULL THEN leads.region ELSE customers.region END AS region, CASE WHEN NOT opportunities.owner_id IS NULL THEN owners.employee_id WHEN NOT opportunities.customer_id IS NULL THEN customers.owner ELSE leads.owner END AS owner
FROM opportunities
LEFT JOIN intermediate.customers ON customers.customer_id = opportunities.customer_id
LEFT JOIN intermediate.leads ON leads.lead_id = opportunities.lead_id
LEFT JOIN intermediate.known_employees AS owners ON owners.employee_id = opportunities.owner_id)
SELECT *
FROM opportunities_with_customer

-- spark
WITH settings AS (SELECT as_of
FROM config.settings), opportunities AS (SELECT opportunities.opportunity_id, opportunities.lead_id, opportunities.customer_id, opportunities.owner_id, CASE WHEN opportunities.closed_at < settings.as_of THEN opportunities.closed_on END AS closed_on, CASE WHEN opportunities.closed_at < settings.as_of THEN opportunities.won END AS won
FROM staging.opportunities
CROSS JOIN settings
WHERE COALESCE(opportunities.created_at < settings.as_of, FALSE)), opportunities_with_customer AS (SELECT opportunities.opportunity_id, opportunities.customer_id, opportunities.closed_on, opportunities.won, CASE WHEN opportunities.customer_id IS NULL THEN leads.segment ELSE customers.segment END AS segment, CASE WHEN opportunities.customer_id IS NULL THEN leads.region ELSE customers.region END AS region, CASE WHEN NOT opportunities.owner_id IS NULL THEN owners.employee_id WHEN NOT opportunities.customer_id IS NULL THEN customers.owner ELSE leads.owner END AS owner
FROM opportunities
LEFT JOIN intermediate.customers ON customers.customer_id = opportunities.customer_id
LEFT JOIN intermediate.leads ON leads.lead_id = opportunities.lead_id
LEFT JOIN intermediate.known_employees AS owners ON owners.employee_id = opportunities.owner_id)
SELECT *
FROM opportunities_with_customer
