-- trino
WITH settings AS (SELECT as_of
FROM config.settings), leads AS (SELECT leads.lead_id, leads.created_at, leads.created_on, CASE WHEN leads.converted_at < settings.as_of THEN leads.converted_at END AS converted_at, leads.customer_id, leads.segment, leads.region, leads.channel, leads.source, leads.owner_id
FROM staging.leads
CROSS JOIN settings
WHERE COALESCE(leads.created_at < settings.as_of, FALSE)), leads_with_owner AS (SELECT leads.lead_id, leads.customer_id, leads.created_at, leads.created_on, leads.converted_at, cast(round(to_unixtime(leads.converted_at) * 1000000) as bigint) - cast(round(to_unixtime(leads.created_at) * 1000000) as bigint) AS conversion_microseconds, leads.segment, leads.region, leads.channel, leads.source, CASE WHEN leads.owner_id IS NULL THEN customers.owner ELSE owners.employee_id END AS owner
FROM leads
LEFT JOIN intermediate.customers ON customers.customer_id = leads.customer_id
LEFT JOIN intermediate.known_employees AS owners ON owners.employee_id = leads.owner_id)
SELECT *
FROM leads_with_owner

-- spark
WITH settings AS (SELECT as_of
FROM config.settings), leads AS (SELECT leads.lead_id, leads.created_at, leads.created_on, CASE WHEN leads.converted_at < settings.as_of THEN leads.converted_at END AS converted_at, leads.customer_id, leads.segment, leads.region, leads.channel, leads.source, leads.owner_id
FROM staging.leads
CROSS JOIN settings
WHERE COALESCE(leads.created_at < settings.as_of, FALSE)), leads_with_owner AS (SELECT leads.lead_id, leads.customer_id, leads.created_at, leads.created_on, leads.converted_at, unix_micros(leads.converted_at) - unix_micros(leads.created_at) AS conversion_microseconds, leads.segment, leads.region, leads.channel, leads.source, CASE WHEN leads.owner_id IS NULL THEN customers.owner ELSE owners.employee_id END AS owner
FROM leads
LEFT JOIN intermediate.customers ON customers.customer_id = leads.customer_id
LEFT JOIN intermediate.known_employees AS owners ON owners.employee_id = leads.owner_id)
SELECT *
FROM leads_with_owner
