-- trino
WITH ticket AS (SELECT 'ticket' AS case_kind, ticket_id AS case_id, created_on AS case_on, customer_id, channel, 1 AS numerator, 1 AS denominator
FROM intermediate.tickets), contact AS (SELECT 'contact' AS case_kind, contact_id AS case_id, contacted_on AS case_on, customer_id, channel, 1 AS numerator, 1 AS denominator
FROM intermediate.contacts), cases AS (SELECT *
FROM ticket
UNION ALL
SELECT *
FROM contact)
SELECT *
FROM cases

-- spark
WITH ticket AS (SELECT 'ticket' AS case_kind, ticket_id AS case_id, created_on AS case_on, customer_id, channel, 1 AS numerator, 1 AS denominator
FROM intermediate.tickets), contact AS (SELECT 'contact' AS case_kind, contact_id AS case_id, contacted_on AS case_on, customer_id, channel, 1 AS numerator, 1 AS denominator
FROM intermediate.contacts), cases AS (SELECT *
FROM ticket
UNION ALL
SELECT *
FROM contact)
SELECT *
FROM cases
