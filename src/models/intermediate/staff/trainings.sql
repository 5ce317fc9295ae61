-- Trainings with the employee they were due for and, where that day is over by as_of, whether they are due.
-- grain: training_id
with

settings as (
    select as_of_on, cast(as_of_local as date) as running_on
    from config.settings
),

trainings as (
    select
        trainings.training_id,
        trainings.employee_id,
        trainings.due_on,
        trainings.due_on < settings.running_on as is_due,
        case when trainings.completed_on <= settings.as_of_on then trainings.completed_on end as completed_on
    from staging.trainings
    cross join settings
),

trainings_with_employee as (
    select
        trainings.training_id,
        trainings.due_on,
        trainings.is_due,
        trainings.completed_on,
        known_employees.employee_id as employee,
        known_employees.team,
        known_employees.department
    from trainings
    left join intermediate.known_employees
        on known_employees.employee_id = trainings.employee_id
)

select * from trainings_with_employee
