-- trino
WITH settings AS (SELECT as_of
FROM config.settings), contacts AS (SELECT contacts.contact_id, contacts.customer_id, contacts.channel, contacts.contacted_on
FROM staging.contacts
CROSS JOIN settings
WHERE COALESCE(contacts.contacted_at < settings.as_of, FALSE))
SELECT *
FROM contacts

-- spark
WITH settings AS (SELECT as_of
FROM config.settings), contacts AS (SELECT contacts.contact_id, contacts.customer_id, contacts.channel, contacts.contacted_on
FROM staging.contacts
CROSS JOIN settings
WHERE COALESCE(contacts.contacted_at < settings.as_of, FALSE))
SELECT *
FROM contacts
