-- Employees: who left of how many.

insert into kpi_period_cube by name
with staff as (
    select *, year(hired_on) * 12 + month(hired_on) - 1 as hired,
        coalesce(year(left_on) * 12 + month(left_on) - 1, last_day.month) as gone
    from employees, last_day
),
periods as (
    select grain, k, department, team, hired_on, left_on, unnest(range(hired // k, gone // k + 1)) as period
    from staff, grains
),
windows as (
    select
        grain, department, team, hired_on, left_on,
        make_date(period * k // 12, period * k % 12 + 1, 1) as period_start,
        make_date((period + 1) * k // 12, (period + 1) * k % 12 + 1, 1) as period_end
    from periods
)
select
    'staff_turnover' as kpi_id, grain, period_start, coalesce(team, '(unknown)') as team,
    coalesce(department, '(unknown)') as department,
    count(*) filter (left_on < period_end) as numerator,
    count(*) filter (hired_on < period_start) / 2
        + count(*) filter (coalesce(left_on >= period_end, true)) / 2 as denominator,
    denominator as n
from windows
group by grouping sets ((grain, period_start), (grain, period_start, 4), (grain, period_start, 5));
