-- What happened before as_of goes from staging to intermediate once, no row lost and none doubled by a join; of order lines
-- their revenue too.
-- damage: create or replace view intermediate.order_lines as select revenue * 2 as revenue from staging.orders
with

staged as (
    select 'tickets' as fact, count(*) as row_count, 0 as amount
    from staging.tickets, config.settings
    where created_at < as_of
    union all
    select 'order lines', count(*), coalesce(sum(revenue), 0)
    from staging.orders, config.settings
    where ordered_at < as_of
    union all
    select 'answers', count(*), 0
    from staging.survey_answers, config.settings
    where answered_at < as_of and scale_min < scale_max and score is not null
    union all
    select 'contacts', count(*), 0
    from staging.contacts, config.settings
    where contacted_at < as_of
    union all
    select 'leads', count(*), 0
    from staging.leads, config.settings
    where created_at < as_of
    union all
    select 'hand-offs', count(*), 0
    from staging.handoffs, config.settings
    where handed_at < as_of
    union all
    select 'customers', count(*), 0
    from staging.customers, config.settings
    where coalesce(acquired_on <= as_of_on, true)
    union all
    select 'trainings', count(*), 0
    from staging.trainings
),

modelled as (
    select 'tickets' as fact, count(*) as row_count, 0 as amount from intermediate.tickets
    union all
    select 'order lines', count(*), coalesce(sum(revenue), 0) from intermediate.order_lines
    union all
    select 'answers', count(*), 0 from intermediate.answers
    union all
    select 'contacts', count(*), 0 from intermediate.contacts
    union all
    select 'leads', count(*), 0 from intermediate.leads
    union all
    select 'hand-offs', count(*), 0 from intermediate.handoffs
    union all
    select 'customers', count(*), 0 from intermediate.customers
    union all
    select 'trainings', count(*), 0 from intermediate.trainings
)

select fact, staged.row_count as staged_rows, modelled.row_count as modelled_rows,
    staged.amount as staged_amount, modelled.amount as modelled_amount
from staged
inner join modelled using (fact)
where staged.row_count <> modelled.row_count or staged.amount <> modelled.amount
