-- Survey answers before as_of with the score normalised to 0–100 and their customer's dimension values.
-- grain: answer_id
with

settings as (
    select as_of
    from config.settings
),

answers as (
    select
        answer_id,
        customer_id,
        ticket_id,
        answered_on,
        survey,
        dimension,
        cast(100 * (score - scale_min) / nullif(scale_max - scale_min, 0) as decimal(18, 12)) as normalised_score,
    from staging.survey_answers
    where answered_at < (select as_of from settings)
),

answers_with_customer as (
    select
        answers.answer_id,
        answers.customer_id,
        answers.ticket_id,
        answers.answered_on,
        answers.survey,
        answers.normalised_score,
        customers.segment,
        customers.industry,
        customers.region,
        customers.acquisition_channel,
        customers.owner,
        answers.dimension,
    from answers
    left join intermediate.customers
        on customers.customer_id = answers.customer_id
    where answers.normalised_score is not null
)

select * from answers_with_customer
