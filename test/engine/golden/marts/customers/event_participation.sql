-- trino
SELECT invitations.event_id, invitations.held_on AS case_on, invitations.customer_id, CASE WHEN invitations.attended THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.invitations AS invitations

-- spark
SELECT invitations.event_id, invitations.held_on AS case_on, invitations.customer_id, CASE WHEN invitations.attended THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.invitations AS invitations
