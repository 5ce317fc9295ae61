-- trino
SELECT answers.answer_id, answers.answered_on AS case_on, answers.customer_id, answers.dimension, answers.employee, CASE WHEN answers.is_promoter THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.answers AS answers
WHERE answers.dimension = 'recommend'

-- spark
SELECT answers.answer_id, answers.answered_on AS case_on, answers.customer_id, answers.dimension, answers.employee, CASE WHEN answers.is_promoter THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.answers AS answers
WHERE answers.dimension = 'recommend'
