-- Employees of a window: left in it (numerator), and half a head for standing in the head-count just before its start,
-- half for the one just before its end (denominator). Who was hired nobody knows when was always there.
-- grain: role, grain, period_start, employee_id
with

periods as (
    select role, grain, period_start, cutoff_on
    from intermediate.periods
),

employees as (
    select
        employee_id,
        department,
        team,
        coalesce(hired_on, date '0001-01-01') as hired_on,
        coalesce(left_on, date '9999-12-31') as left_on
    from intermediate.employees
),

staff as (
    select
        periods.role,
        periods.grain,
        periods.period_start,
        cast(null as date) as until_start,
        employees.employee_id,
        employees.team,
        employees.department,
        case when employees.left_on < periods.cutoff_on then 1 else 0 end as numerator,
        case when employees.hired_on < periods.period_start then 0.5 else 0 end
            + case when employees.left_on >= periods.cutoff_on then 0.5 else 0 end as denominator
    from employees
    inner join periods
        on employees.hired_on < periods.cutoff_on
        and employees.left_on >= periods.period_start
)

select * from staff
