-- Answers of the 360° review rounds that began before as_of, with the score normalised to 0–100 and the raters numbered
-- within their group, so that nobody above this model learns who they are. A rater without an id is
-- none; ids that differ in case alone are one's.
-- grain: review_id
with

settings as (
    select as_of_on
    from config.settings
),

answers as (
    select
        reviews_360.review_id,
        reviews_360.period_start as round_on,
        reviews_360.reviewee_id as employee_id,
        reviews_360.rater as rater_group,
        reviews_360.dimension,
        dense_rank() over (
            partition by reviews_360.period_start, reviews_360.reviewee_id, reviews_360.rater
            order by lower(reviews_360.reviewer_id)
        ) as rater_no,
        cast(
            100 * (reviews_360.score - reviews_360.scale_min)
            / nullif(reviews_360.scale_max - reviews_360.scale_min, 0) as decimal(18, 12)
        ) as normalised_score,
    from staging.reviews_360
    inner join settings
        on reviews_360.period_start <= settings.as_of_on
    where reviews_360.reviewer_id is not null
),

scored as (
    select
        review_id,
        round_on,
        employee_id,
        rater_group,
        rater_no,
        dimension,
        cast(normalised_score as double) as normalised_score,
    from answers
    where normalised_score is not null
)

select * from scored
