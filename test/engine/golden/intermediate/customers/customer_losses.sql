-- trino
WITH intervals AS (SELECT customer_id, began_on, ended_on, next_began_on, reason_category
FROM intermediate.customer_intervals
WHERE NOT ended_on IS NULL), last_losses AS (SELECT periods.role, periods.grain, periods.period_start, intervals.customer_id, intervals.reason_category
FROM intervals
INNER JOIN intermediate.periods ON intervals.ended_on >= periods.period_start AND intervals.ended_on < periods.cutoff_on
WHERE intervals.next_began_on IS NULL OR intervals.next_began_on >= periods.cutoff_on), losses_of_the_book AS (SELECT last_losses.role, last_losses.grain, last_losses.period_start, last_losses.customer_id, last_losses.reason_category
FROM last_losses
INNER JOIN intervals ON intervals.customer_id = last_losses.customer_id AND intervals.began_on < last_losses.period_start AND intervals.ended_on >= last_losses.period_start)
SELECT *
FROM losses_of_the_book

-- spark
WITH intervals AS (SELECT customer_id, began_on, ended_on, next_began_on, reason_category
FROM intermediate.customer_intervals
WHERE NOT ended_on IS NULL), last_losses AS (SELECT periods.role, periods.grain, periods.period_start, intervals.customer_id, intervals.reason_category
FROM intervals
INNER JOIN intermediate.periods ON intervals.ended_on >= periods.period_start AND intervals.ended_on < periods.cutoff_on
WHERE intervals.next_began_on IS NULL OR intervals.next_began_on >= periods.cutoff_on), losses_of_the_book AS (SELECT last_losses.role, last_losses.grain, last_losses.period_start, last_losses.customer_id, last_losses.reason_category
FROM last_losses
INNER JOIN intervals ON intervals.customer_id = last_losses.customer_id AND intervals.began_on < last_losses.period_start AND intervals.ended_on >= last_losses.period_start)
SELECT *
FROM losses_of_the_book
