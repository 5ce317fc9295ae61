-- The employees that are in a team, as the extract has them; a KPI's team is that of the employee whose case it is.
-- grain: employee_id
select
    employees.employee_id,
    employees.team,
from staging.employees as employees
where employees.team is not null
