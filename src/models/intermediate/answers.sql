-- Survey answers before as_of with the score normalised to 0–100. The employee an answer belongs to is its ticket's agent,
-- without a ticket the customer's owner.
-- grain: answer_id
with

settings as (
    select as_of
    from config.settings
),

-- Nine and six tenths of the scale are compared crosswise: a quotient's last digit decides nothing.
answers as (
    select
        survey_answers.answer_id,
        survey_answers.customer_id,
        survey_answers.ticket_id,
        survey_answers.answered_on,
        survey_answers.survey,
        survey_answers.dimension,
        cast(
            cast(100 * (survey_answers.score - survey_answers.scale_min) as double)
            / nullif(cast(survey_answers.scale_max - survey_answers.scale_min as double), 0) as decimal(18, 12)
        ) as normalised_score,
        10 * (survey_answers.score - survey_answers.scale_min)
            >= 9 * (survey_answers.scale_max - survey_answers.scale_min) as is_promoter,
        10 * (survey_answers.score - survey_answers.scale_min)
            <= 6 * (survey_answers.scale_max - survey_answers.scale_min) as is_detractor
    from staging.survey_answers
    cross join settings
    where coalesce(survey_answers.answered_at < settings.as_of, false)
),

tickets as (
    select
        tickets.ticket_id,
        tickets.agent_id
    from staging.tickets
    cross join settings
    where coalesce(tickets.created_at < settings.as_of, false)
),

answers_with_employee as (
    select
        answers.answer_id,
        answers.customer_id,
        answers.ticket_id,
        answers.answered_on,
        answers.survey,
        answers.normalised_score,
        answers.is_promoter,
        answers.is_detractor,
        answers.dimension,
        case when answers.ticket_id is null then customers.owner else agents.employee_id end as employee
    from answers
    left join intermediate.customers
        on customers.customer_id = answers.customer_id
    left join tickets
        on tickets.ticket_id = answers.ticket_id
    left join intermediate.known_employees as agents
        on agents.employee_id = tickets.agent_id
    where answers.normalised_score is not null
)

select * from answers_with_employee
