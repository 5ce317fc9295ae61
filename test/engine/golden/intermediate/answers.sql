-- trino
WITH settings AS (SELECT as_of
FROM config.settings), answers AS (SELECT survey_answers.answer_id, survey_answers.customer_id, survey_answers.ticket_id, survey_answers.answered_on, survey_answers.survey, survey_answers.dimension, CAST(CAST(100 * (survey_answers.score - survey_answers.scale_min) AS DOUBLE) / NULLIF(CAST(survey_answers.scale_max - survey_answers.scale_min AS DOUBLE), 0) AS DECIMAL(18, 12)) AS normalised_score, 10 * (survey_answers.score - survey_answers.scale_min) >= 9 * (survey_answers.scale_max - survey_answers.scale_min) AS is_promoter, 10 * (survey_answers.score - survey_answers.scale_min) <= 6 * (survey_answers.scale_max - survey_answers.scale_min) AS is_detractor
FROM staging.survey_answers
CROSS JOIN settings
WHERE COALESCE(survey_answers.answered_at < settings.as_of, FALSE)), tickets AS (SELECT tickets.ticket_id, tickets.agent_id
FROM staging.tickets
CROSS JOIN settings
WHERE COALESCE(tickets.created_at < settings.as_of, FALSE)), answers_with_employee AS (SELECT answers.answer_id, answers.customer_id, answers.ticket_id, answers.answered_on, answers.survey, answers.normalised_score, answers.is_promoter, answers.is_detractor, answers.dimension, CASE WHEN answers.ticket_id IS NULL THEN customers.owner ELSE agents.employee_id END AS employee
FROM answers
LEFT JOIN intermediate.customers ON customers.customer_id = answers.customer_id
LEFT JOIN tickets ON tickets.ticket_id = answers.ticket_id
LEFT JOIN intermediate.known_employees AS agents ON agents.employee_id = tickets.agent_id
WHERE NOT answers.normalised_score IS NULL)
SELECT *
FROM answers_with_employee

-- spark
WITH settings AS (SELECT as_of
FROM config.settings), answers AS (SELECT survey_answers.answer_id, survey_answers.customer_id, survey_answers.ticket_id, survey_answers.answered_on, survey_answers.survey, survey_answers.dimension, CAST(CAST(100 * (survey_answers.score - survey_answers.scale_min) AS DOUBLE) / NULLIF(CAST(survey_answers.scale_max - survey_answers.scale_min AS DOUBLE), 0) AS DECIMAL(18, 12)) AS normalised_score, 10 * (survey_answers.score - survey_answers.scale_min) >= 9 * (survey_answers.scale_max - survey_answers.scale_min) AS is_promoter, 10 * (survey_answers.score - survey_answers.scale_min) <= 6 * (survey_answers.scale_max - survey_answers.scale_min) AS is_detractor
FROM staging.survey_answers
CROSS JOIN settings
WHERE COALESCE(survey_answers.answered_at < settings.as_of, FALSE)), tickets AS (SELECT tickets.ticket_id, tickets.agent_id
FROM staging.tickets
CROSS JOIN settings
WHERE COALESCE(tickets.created_at < settings.as_of, FALSE)), answers_with_employee AS (SELECT answers.answer_id, answers.customer_id, answers.ticket_id, answers.answered_on, answers.survey, answers.normalised_score, answers.is_promoter, answers.is_detractor, answers.dimension, CASE WHEN answers.ticket_id IS NULL THEN customers.owner ELSE agents.employee_id END AS employee
FROM answers
LEFT JOIN intermediate.customers ON customers.customer_id = answers.customer_id
LEFT JOIN tickets ON tickets.ticket_id = answers.ticket_id
LEFT JOIN intermediate.known_employees AS agents ON agents.employee_id = tickets.agent_id
WHERE NOT answers.normalised_score IS NULL)
SELECT *
FROM answers_with_employee
