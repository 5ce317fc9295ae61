-- Ids a case may belong to, with their team and department: the employees, also those hired later; where the extract has
-- no employees at all, whoever the cases name.
-- grain: employee_id
-- materialized: table
with

employees as (
    select
        employee_id,
        team,
        department
    from staging.employees
),

named as (
    select owner_id as employee_id from staging.customers
    union
    select owner_id from staging.leads
    union
    select owner_id from staging.opportunities
    union
    select owner_id from staging.orders
    union
    select agent_id from staging.tickets
    union
    select employee_id from staging.contacts
    union
    select employee_id from staging.trainings
),

known as (
    select
        employee_id,
        team,
        department
    from employees
    union all
    select
        employee_id,
        cast(null as varchar) as team,
        cast(null as varchar) as department
    from named
    where employee_id is not null
        and not exists (select 1 from employees)
)

select * from known
