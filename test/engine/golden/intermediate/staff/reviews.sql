-- trino
WITH settings AS (SELECT as_of_on
FROM config.settings), present AS (SELECT DISTINCT round_on, employee_id, rater_group
FROM intermediate.review_answers), shown AS (SELECT shown_reviews.*
FROM config.shown_reviews
INNER JOIN present ON shown_reviews.round_on = present.round_on AND shown_reviews.employee_id = present.employee_id AND shown_reviews.rater_group = present.rater_group), batches AS (SELECT round_on, employee_id, rater_group, MAX(batch) AS batch
FROM shown
GROUP BY round_on, employee_id, rater_group), known_raters AS (SELECT DISTINCT round_on, employee_id, rater_group, rater
FROM shown), later AS (SELECT answers.review_id, answers.round_on, answers.employee_id, answers.rater_group, CASE WHEN known_raters.rater IS NULL THEN COALESCE(batches.batch, 0) + 1 END AS batch, answers.rater, answers.dimension, answers.normalised_score
FROM intermediate.review_answers AS answers
LEFT JOIN batches ON answers.round_on = batches.round_on AND answers.employee_id = batches.employee_id AND answers.rater_group = batches.rater_group
LEFT JOIN known_raters ON answers.round_on = known_raters.round_on AND answers.employee_id = known_raters.employee_id AND answers.rater_group = known_raters.rater_group AND answers.rater = known_raters.rater
WHERE NOT EXISTS(SELECT 1
FROM shown
WHERE shown.round_on = answers.round_on AND shown.employee_id = answers.employee_id AND shown.rater_group = answers.rater_group AND shown.dimension = answers.dimension AND shown.normalised_score = answers.normalised_score AND (shown.rater = answers.rater OR shown.review_id = answers.review_id))), answers AS (SELECT review_id, round_on, employee_id, rater_group, batch, rater, dimension, normalised_score
FROM shown
UNION ALL
SELECT review_id, round_on, employee_id, rater_group, batch, rater, dimension, normalised_score
FROM later), numbered AS (SELECT answers.review_id, answers.round_on, answers.employee_id, answers.rater_group, answers.batch, DENSE_RANK() OVER (PARTITION BY answers.round_on, answers.employee_id, answers.rater_group ORDER BY answers.rater) AS rater_no, answers.dimension, CAST(answers.normalised_score AS DOUBLE) AS normalised_score
FROM answers
INNER JOIN settings ON answers.round_on <= settings.as_of_on)
SELECT *
FROM numbered

-- spark
WITH settings AS (SELECT as_of_on
FROM config.settings), present AS (SELECT DISTINCT round_on, employee_id, rater_group
FROM intermediate.review_answers), shown AS (SELECT shown_reviews.*
FROM config.shown_reviews
INNER JOIN present ON shown_reviews.round_on = present.round_on AND shown_reviews.employee_id = present.employee_id AND shown_reviews.rater_group = present.rater_group), batches AS (SELECT round_on, employee_id, rater_group, MAX(batch) AS batch
FROM shown
GROUP BY round_on, employee_id, rater_group), known_raters AS (SELECT DISTINCT round_on, employee_id, rater_group, rater
FROM shown), later AS (SELECT answers.review_id, answers.round_on, answers.employee_id, answers.rater_group, CASE WHEN known_raters.rater IS NULL THEN COALESCE(batches.batch, 0) + 1 END AS batch, answers.rater, answers.dimension, answers.normalised_score
FROM intermediate.review_answers AS answers
LEFT JOIN batches ON answers.round_on = batches.round_on AND answers.employee_id = batches.employee_id AND answers.rater_group = batches.rater_group
LEFT JOIN known_raters ON answers.round_on = known_raters.round_on AND answers.employee_id = known_raters.employee_id AND answers.rater_group = known_raters.rater_group AND answers.rater = known_raters.rater
WHERE NOT EXISTS(SELECT 1
FROM shown
WHERE shown.round_on = answers.round_on AND shown.employee_id = answers.employee_id AND shown.rater_group = answers.rater_group AND shown.dimension = answers.dimension AND shown.normalised_score = answers.normalised_score AND (shown.rater = answers.rater OR shown.review_id = answers.review_id))), answers AS (SELECT review_id, round_on, employee_id, rater_group, batch, rater, dimension, normalised_score
FROM shown
UNION ALL
SELECT review_id, round_on, employee_id, rater_group, batch, rater, dimension, normalised_score
FROM later), numbered AS (SELECT answers.review_id, answers.round_on, answers.employee_id, answers.rater_group, answers.batch, DENSE_RANK() OVER (PARTITION BY answers.round_on, answers.employee_id, answers.rater_group ORDER BY answers.rater NULLS LAST) AS rater_no, answers.dimension, CAST(answers.normalised_score AS DOUBLE) AS normalised_score
FROM answers
INNER JOIN settings ON answers.round_on <= settings.as_of_on)
SELECT *
FROM numbered
