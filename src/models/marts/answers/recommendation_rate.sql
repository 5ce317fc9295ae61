-- Answers on whether one would recommend the company, in any survey: nine tenths of the scale or more, or less.
-- grain: answer_id
select
    answers.answer_id,
    answers.answered_on as case_on,
    answers.customer_id,
    answers.dimension,
    answers.employee,
    case when answers.is_promoter then 1 else 0 end as numerator,
    1 as denominator
from intermediate.answers as answers
where answers.dimension = 'recommend'
