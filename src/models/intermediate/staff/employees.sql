-- Employees hired before as_of, or nobody knows when; one who leaves after it has not left.
-- grain: employee_id
with

settings as (
    select as_of_on
    from config.settings
),

employees_hired as (
    select
        employees.employee_id,
        employees.department,
        employees.team,
        employees.hired_on,
        case when employees.left_on <= settings.as_of_on then employees.left_on end as left_on
    from staging.employees
    cross join settings
    where coalesce(employees.hired_on <= settings.as_of_on, true)
)

select * from employees_hired
