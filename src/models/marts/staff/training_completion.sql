-- Trainings whose due day is over by as_of: completed on or before it, or not.
-- grain: training_id
select
    trainings.training_id,
    trainings.due_on as case_on,
    trainings.employee,
    trainings.team,
    trainings.department,
    case when trainings.completed_on <= trainings.due_on then 1 else 0 end as numerator,
    1 as denominator
from intermediate.trainings as trainings
where trainings.is_due
