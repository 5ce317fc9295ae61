-- Survey answers, events and leads.

insert into kpi_cube by name
with answers as (
    select
        case
            when dimension = 'attitude' then 'service_attitude'
            when dimension = 'recommend' then 'nps'
            when survey = 'periodic' then case dimension
                when 'overall' then 'csat'
                when 'product_quality' then 'csat_product'
                when 'service_quality' then 'csat_service'
                when 'delivery_speed' then 'csat_delivery'
                when 'price' then 'csat_price' end
            when dimension = 'overall' then case survey
                when 'complaint_resolution' then 'complaint_csat'
                when 'after_sales' then 'after_sales_csat' end
        end as kpi,
        date_trunc('month', answered_at)::date as month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(industry, '(unknown)') as industry,
        coalesce(region, '(unknown)') as region,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner, '(unknown)') as owner,
        dimension,
        coalesce(case when survey_answers.ticket_id is null then owner else agent_id end, '(unknown)') as employee,
        100 * (score - scale_min)::double / (scale_max - scale_min)::double as points,
        10 * (score - scale_min) >= 9 * (scale_max - scale_min) as is_promoter,
        10 * (score - scale_min) <= 6 * (scale_max - scale_min) as is_detractor
    from survey_answers
    left join dims on dims.customer_id = survey_answers.customer_id
    left join tickets on tickets.ticket_id = survey_answers.ticket_id
),
sums as (
    select
        kpi, month, segment, industry, region, acquisition_channel, owner, dimension, employee,
        count(*) as n,
        sum(points) as points,
        sum(points * points) as points_sq,
        count(*) filter (is_promoter) as promoters,
        count(*) filter (is_detractor) as detractors
    from answers
    where kpi is not null
    group by grouping sets (
        (kpi, month, segment, region), (kpi, month, industry), (kpi, month, acquisition_channel),
        (kpi, month, owner), (kpi, month, dimension), (kpi, month, employee)
    )
)
select
    kpi as kpi_id, * exclude (kpi, points, points_sq, promoters, detractors),
    case when kpi = 'nps' then promoters - detractors else points end as numerator,
    n as denominator,
    case when kpi = 'nps' then promoters + detractors else points_sq end as sum_sq
from sums
union all by name
select
    'recommendation_rate' as kpi_id, * exclude (kpi, points, points_sq, promoters, detractors),
    promoters as numerator, n as denominator
from sums
where kpi = 'nps';

insert into kpi_cube by name
with cases as (
    select
        date_trunc('month', held_on)::date as month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(industry, '(unknown)') as industry,
        coalesce(region, '(unknown)') as region,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner, '(unknown)') as owner,
        attended
    from event_invitations
    join events on events.event_id = event_invitations.event_id
    left join dims on dims.customer_id = event_invitations.customer_id
)
select
    'event_participation' as kpi_id, month, segment, industry, region, acquisition_channel, owner,
    count(*) filter (attended) as numerator,
    count(*) as denominator,
    count(*) as n
from cases
group by grouping sets ((month, segment, region), (month, industry), (month, acquisition_channel), (month, owner));

insert into kpi_cube by name
select
    'new_customers' as kpi_id,
    date_trunc('month', acquired_on)::date as month,
    dims.segment,
    dims.industry,
    dims.region,
    dims.acquisition_channel,
    dims.owner,
    count(*) as numerator,
    count(*) as denominator,
    count(*) as n
from customers
join dims on dims.customer_id = customers.customer_id
group by grouping sets (
    (month, dims.segment, dims.region), (month, dims.industry), (month, dims.acquisition_channel), (month, dims.owner)
);

insert into kpi_cube by name
select
    'lead_conversion_rate' as kpi_id,
    date_trunc('month', created_at)::date as month,
    coalesce(leads.segment, '(unknown)') as segment,
    coalesce(leads.region, '(unknown)') as region,
    coalesce(leads.channel, '(unknown)') as channel,
    coalesce(leads.source, '(unknown)') as source,
    coalesce(leads.owner_id, dims.owner, '(unknown)') as owner,
    count(*) filter (converted_at between created_at and created_at + interval 90 day) as numerator,
    count(*) as denominator,
    count(*) as n
from leads
left join dims on dims.customer_id = leads.customer_id
group by grouping sets ((2, 3, 4, 5), (2, 6), (2, 7));
