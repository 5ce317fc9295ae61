-- Survey answers.

insert into kpi_cube by name
with answers as (
    select
        date_trunc('month', answered_at)::date as month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(industry, '(unknown)') as industry,
        coalesce(region, '(unknown)') as region,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner, '(unknown)') as owner,
        dimension,
        coalesce(case when survey_answers.ticket_id is null then owner else agent_id end, '(unknown)') as employee,
        10 * (score - scale_min) >= 9 * (scale_max - scale_min) as is_promoter,
        10 * (score - scale_min) <= 6 * (scale_max - scale_min) as is_detractor
    from survey_answers
    left join dims on dims.customer_id = survey_answers.customer_id
    left join tickets on tickets.ticket_id = survey_answers.ticket_id
    where dimension = 'recommend'
),
sums as (
    select
        month, segment, industry, region, acquisition_channel, owner, dimension, employee,
        count(*) as n,
        count(*) filter (is_promoter) as promoters,
        count(*) filter (is_detractor) as detractors
    from answers
    group by grouping sets (
        (month, segment, region), (month, industry), (month, acquisition_channel), (month, owner), (month, dimension),
        (month, employee)
    )
)
select
    'nps' as kpi_id, * exclude (promoters, detractors),
    promoters - detractors as numerator,
    n as denominator,
    promoters + detractors as sum_sq
from sums;
