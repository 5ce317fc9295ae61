-- trino
WITH answers AS (SELECT review_id, period_start AS round_on, reviewee_id AS employee_id, rater AS rater_group, dimension, LOWER(regexp_replace(TRANSLATE(reviewer_id, 'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９．＝＂－＿＠　', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.="-_@ '), '[\s="\x{a0}]+', '')) AS folded_id, reviewer_id, CAST(CAST(100 * (score - scale_min) AS DOUBLE) / NULLIF(CAST(scale_max - scale_min AS DOUBLE), 0) AS DECIMAL(18, 12)) AS normalised_score
FROM staging.reviews_360
WHERE NOT reviewer_id IS NULL), scored AS (SELECT review_id, round_on, employee_id, rater_group, dimension, CASE WHEN REGEXP_LIKE(folded_id, '^[0-9]+[.]0+$') THEN regexp_replace(folded_id, '[.]0+$', '') ELSE folded_id END AS folded_id, reviewer_id, normalised_score
FROM answers
WHERE NOT normalised_score IS NULL), identified AS (SELECT review_id, round_on, employee_id, rater_group, COALESCE(NULLIF(CASE WHEN REGEXP_LIKE(folded_id, '^0+[1-9]') THEN regexp_replace(folded_id, '^0+', '') WHEN REGEXP_LIKE(folded_id, '^00') THEN '0' || regexp_replace(folded_id, '^0+', '') ELSE folded_id END, ''), reviewer_id) AS rater, dimension, normalised_score
FROM scored)
SELECT *
FROM identified

-- spark
WITH answers AS (SELECT review_id, period_start AS round_on, reviewee_id AS employee_id, rater AS rater_group, dimension, LOWER(regexp_replace(TRANSLATE(reviewer_id, 'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９．＝＂－＿＠　', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.="-_@ '), '[\\s="\\x{a0}]+', '')) AS folded_id, reviewer_id, CAST(CAST(100 * (score - scale_min) AS DOUBLE) / NULLIF(CAST(scale_max - scale_min AS DOUBLE), 0) AS DECIMAL(18, 12)) AS normalised_score
FROM staging.reviews_360
WHERE NOT reviewer_id IS NULL), scored AS (SELECT review_id, round_on, employee_id, rater_group, dimension, CASE WHEN folded_id RLIKE '^[0-9]+[.]0+$' THEN regexp_replace(folded_id, '[.]0+$', '') ELSE folded_id END AS folded_id, reviewer_id, normalised_score
FROM answers
WHERE NOT normalised_score IS NULL), identified AS (SELECT review_id, round_on, employee_id, rater_group, COALESCE(NULLIF(CASE WHEN folded_id RLIKE '^0+[1-9]' THEN regexp_replace(folded_id, '^0+', '') WHEN folded_id RLIKE '^00' THEN CONCAT('0', regexp_replace(folded_id, '^0+', '')) ELSE folded_id END, ''), reviewer_id) AS rater, dimension, normalised_score
FROM scored)
SELECT *
FROM identified
