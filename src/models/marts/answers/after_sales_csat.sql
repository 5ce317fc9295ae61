-- Overall scores of the survey after a service, 0–100.
-- grain: answer_id
select
    answers.answer_id,
    answers.answered_on as case_on,
    answers.customer_id,
    answers.dimension,
    answers.employee,
    answers.normalised_score as numerator,
    1 as denominator
from intermediate.answers as answers
where answers.survey = 'after_sales'
    and answers.dimension = 'overall'
