-- Answers of the 360° review rounds that began by as_of, with the raters numbered within their group, so that nobody
-- above this model learns who they are. What an earlier build showed (config.shown_reviews) stays what it was: a
-- later answer of someone else is of a further batch, one of a rater whose answers are shown has none and
-- is not counted, and neither is a correction.
-- grain: review_id, batch
with

settings as (
    select as_of_on
    from config.settings
),

present as (
    select distinct
        round_on,
        employee_id,
        rater_group
    from intermediate.review_answers
),

shown as (
    select shown_reviews.*
    from config.shown_reviews
    inner join present
        on
            shown_reviews.round_on = present.round_on
            and shown_reviews.employee_id = present.employee_id
            and shown_reviews.rater_group = present.rater_group
),

batches as (
    select
        round_on,
        employee_id,
        rater_group,
        max(batch) as batch
    from shown
    group by round_on, employee_id, rater_group
),

known_raters as (
    select distinct
        round_on,
        employee_id,
        rater_group,
        rater
    from shown
),

later as (
    select
        answers.review_id,
        answers.round_on,
        answers.employee_id,
        answers.rater_group,
        case when known_raters.rater is null then coalesce(batches.batch, 0) + 1 end as batch,
        answers.rater,
        answers.dimension,
        answers.normalised_score
    from intermediate.review_answers as answers
    left join batches
        on
            answers.round_on = batches.round_on
            and answers.employee_id = batches.employee_id
            and answers.rater_group = batches.rater_group
    left join known_raters
        on
            answers.round_on = known_raters.round_on
            and answers.employee_id = known_raters.employee_id
            and answers.rater_group = known_raters.rater_group
            and answers.rater = known_raters.rater
    where not exists (
        select 1
        from shown
        where
            shown.round_on = answers.round_on
            and shown.employee_id = answers.employee_id
            and shown.rater_group = answers.rater_group
            and shown.dimension = answers.dimension
            and shown.normalised_score = answers.normalised_score
            and (shown.rater = answers.rater or shown.review_id = answers.review_id)
    )
),

answers as (
    select
        review_id,
        round_on,
        employee_id,
        rater_group,
        batch,
        rater,
        dimension,
        normalised_score
    from shown
    union all
    select
        review_id,
        round_on,
        employee_id,
        rater_group,
        batch,
        rater,
        dimension,
        normalised_score
    from later
),

numbered as (
    select
        answers.review_id,
        answers.round_on,
        answers.employee_id,
        answers.rater_group,
        answers.batch,
        dense_rank() over (
            partition by answers.round_on, answers.employee_id, answers.rater_group
            order by answers.rater
        ) as rater_no,
        answers.dimension,
        cast(answers.normalised_score as double) as normalised_score
    from answers
    inner join settings
        on answers.round_on <= settings.as_of_on
)

select * from numbered
