-- trino
SELECT answers.answer_id, answers.answered_on AS case_on, answers.customer_id, answers.dimension, answers.employee, answers.normalised_score AS numerator, 1 AS denominator
FROM intermediate.answers AS answers
WHERE answers.survey = 'complaint_resolution' AND answers.dimension = 'overall'

-- spark
SELECT answers.answer_id, answers.answered_on AS case_on, answers.customer_id, answers.dimension, answers.employee, answers.normalised_score AS numerator, 1 AS denominator
FROM intermediate.answers AS answers
WHERE answers.survey = 'complaint_resolution' AND answers.dimension = 'overall'
