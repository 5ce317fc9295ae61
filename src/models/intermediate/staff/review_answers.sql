-- Answers of the 360° reviews as the extracts have them, with the score normalised to 0–100. A rater without an id is none;
-- ids that differ in case, width, blanks or in what spreadsheets do to numbers (101.0, 00101) are one rater's.
-- grain: review_id
with

answers as (
    select
        review_id,
        period_start as round_on,
        reviewee_id as employee_id,
        rater as rater_group,
        dimension,
        lower(regexp_replace(translate(
            reviewer_id,
            'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９．＝＂－＿＠　',
            'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.="-_@ '
        ), '[\s="\x{a0}]+', '', 'g')) as folded_id,
        reviewer_id,
        cast(
            cast(100 * (score - scale_min) as double) / nullif(cast(scale_max - scale_min as double), 0)
            as decimal(18, 12)
        ) as normalised_score
    from staging.reviews_360
    where reviewer_id is not null
),

scored as (
    select
        review_id,
        round_on,
        employee_id,
        rater_group,
        dimension,
        case
            when regexp_matches(folded_id, '^[0-9]+[.]0+$') then regexp_replace(folded_id, '[.]0+$', '', 'g')
            else folded_id
        end as folded_id,
        reviewer_id,
        normalised_score
    from answers
    where normalised_score is not null
),

identified as (
    select
        review_id,
        round_on,
        employee_id,
        rater_group,
        coalesce(
            nullif(
                case
                    when regexp_matches(folded_id, '^0+[1-9]') then regexp_replace(folded_id, '^0+', '', 'g')
                    when regexp_matches(folded_id, '^00') then '0' || regexp_replace(folded_id, '^0+', '', 'g')
                    else folded_id
                end,
                ''
            ),
            reviewer_id
        ) as rater,
        dimension,
        normalised_score
    from scored
)

select * from identified
