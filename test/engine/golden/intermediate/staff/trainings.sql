-- trino
WITH settings AS (SELECT as_of_on, CAST(as_of_local AS DATE) AS running_on
FROM config.settings), trainings AS (SELECT trainings.training_id, trainings.employee_id, trainings.due_on, trainings.due_on < settings.running_on AS is_due, CASE WHEN trainings.completed_on <= settings.as_of_on THEN trainings.completed_on END AS completed_on
FROM staging.trainings
CROSS JOIN settings), trainings_with_employee AS (SELECT trainings.training_id, trainings.due_on, trainings.is_due, trainings.completed_on, known_employees.employee_id AS employee, known_employees.team, known_employees.department
FROM trainings
LEFT JOIN intermediate.known_employees ON known_employees.employee_id = trainings.employee_id)
SELECT *
FROM trainings_with_employee

-- spark
WITH settings AS (SELECT as_of_on, CAST(as_of_local AS DATE) AS running_on
FROM config.settings), trainings AS (SELECT trainings.training_id, trainings.employee_id, trainings.due_on, trainings.due_on < settings.running_on AS is_due, CASE WHEN trainings.completed_on <= settings.as_of_on THEN trainings.completed_on END AS completed_on
FROM staging.trainings
CROSS JOIN settings), trainings_with_employee AS (SELECT trainings.training_id, trainings.due_on, trainings.is_due, trainings.completed_on, known_employees.employee_id AS employee, known_employees.team, known_employees.department
FROM trainings
LEFT JOIN intermediate.known_employees ON known_employees.employee_id = trainings.employee_id)
SELECT *
FROM trainings_with_employee
