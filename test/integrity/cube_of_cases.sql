-- Every cuboid of the month cube holds all cases of its KPI: its numerators are theirs, and its denominators too unless
-- only the numerator is split.
-- for each: kpi by month
-- damage: delete from marts.kpi_cube where month = (select min(month) from marts.kpi_cube)
with

cases as (
    select coalesce(sum(numerator), 0) / getvariable('scale') as numerator, coalesce(sum(denominator), 0) as denominator
    from query_table('marts.' || getvariable('kpi'))
),

cuboids as (
    select cuboid, sum(numerator) as numerator, sum(denominator) as denominator
    from marts.kpi_cube
    where kpi_id = getvariable('kpi')
    group by cuboid
)

select cuboid, cases.numerator as case_numerator, cuboids.numerator, cases.denominator as case_denominator,
    cuboids.denominator
from cuboids
cross join cases
where abs(cuboids.numerator - cases.numerator) > 1e-9 * greatest(1, abs(cases.numerator))
    or (
        not list_contains(getvariable('numerator_dimensions'), cuboid)
        and abs(cuboids.denominator - cases.denominator) > 1e-9 * greatest(1, abs(cases.denominator))
    )
