-- trino
SELECT trainings.training_id, trainings.due_on AS case_on, trainings.employee, trainings.team, trainings.department, CASE WHEN trainings.completed_on <= trainings.due_on THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.trainings AS trainings
WHERE trainings.is_due

-- spark
SELECT trainings.training_id, trainings.due_on AS case_on, trainings.employee, trainings.team, trainings.department, CASE WHEN trainings.completed_on <= trainings.due_on THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.trainings AS trainings
WHERE trainings.is_due
