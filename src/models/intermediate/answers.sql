-- Survey answers before as_of with the score normalised to 0–100 and their customer's dimension values.
-- grain: answer_id
with

settings as (
    select as_of
    from config.settings
),

answers as (
    select
        survey_answers.answer_id,
        survey_answers.customer_id,
        survey_answers.ticket_id,
        survey_answers.answered_on,
        survey_answers.survey,
        survey_answers.dimension,
        cast(
            100 * (survey_answers.score - survey_answers.scale_min)
            / nullif(survey_answers.scale_max - survey_answers.scale_min, 0) as decimal(18, 12)
        ) as normalised_score,
    from staging.survey_answers
    cross join settings
    where coalesce(survey_answers.answered_at < settings.as_of, false)
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
