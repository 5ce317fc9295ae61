-- trino
WITH settings AS (SELECT churn_rule
FROM config.settings
WHERE churn_rule = 'contract'), contracts AS (SELECT contracts.contract_id, contracts.customer_id, contracts.starts_on, COALESCE(contracts.ends_on, CAST('9999-12-31' AS DATE)) AS until_on, contracts.reason_category
FROM intermediate.contracts
CROSS JOIN settings), contracts_with_reach AS (SELECT contract_id, customer_id, starts_on, until_on, reason_category, MAX(until_on) OVER (PARTITION BY customer_id ORDER BY starts_on, contract_id rows BETWEEN UNBOUNDED preceding AND 1 preceding) AS reached_on
FROM contracts), contracts_of_runs AS (SELECT contract_id, customer_id, starts_on, until_on, reason_category, SUM(CASE WHEN reached_on >= starts_on THEN 0 ELSE 1 END) OVER (PARTITION BY customer_id ORDER BY starts_on, contract_id rows UNBOUNDED preceding) AS run_number
FROM contracts_with_reach), ranked AS (SELECT customer_id, MIN(starts_on) OVER (PARTITION BY customer_id, run_number) AS began_on, until_on, reason_category, ROW_NUMBER() OVER (PARTITION BY customer_id, run_number ORDER BY until_on DESC, contract_id DESC) AS rank_from_end
FROM contracts_of_runs), intervals AS (SELECT customer_id, began_on, NULLIF(until_on, CAST('9999-12-31' AS DATE)) AS ended_on, CASE WHEN until_on < CAST('9999-12-31' AS DATE) THEN reason_category END AS reason_category
FROM ranked
WHERE rank_from_end = 1)
SELECT *
FROM intervals

-- spark
WITH settings AS (SELECT churn_rule
FROM config.settings
WHERE churn_rule = 'contract'), contracts AS (SELECT contracts.contract_id, contracts.customer_id, contracts.starts_on, COALESCE(contracts.ends_on, CAST('9999-12-31' AS DATE)) AS until_on, contracts.reason_category
FROM intermediate.contracts
CROSS JOIN settings), contracts_with_reach AS (SELECT contract_id, customer_id, starts_on, until_on, reason_category, MAX(until_on) OVER (PARTITION BY customer_id ORDER BY starts_on NULLS LAST, contract_id NULLS LAST rows BETWEEN UNBOUNDED preceding AND 1 preceding) AS reached_on
FROM contracts), contracts_of_runs AS (SELECT contract_id, customer_id, starts_on, until_on, reason_category, SUM(CASE WHEN reached_on >= starts_on THEN 0 ELSE 1 END) OVER (PARTITION BY customer_id ORDER BY starts_on NULLS LAST, contract_id NULLS LAST rows UNBOUNDED preceding) AS run_number
FROM contracts_with_reach), ranked AS (SELECT customer_id, MIN(starts_on) OVER (PARTITION BY customer_id, run_number) AS began_on, until_on, reason_category, ROW_NUMBER() OVER (PARTITION BY customer_id, run_number ORDER BY until_on DESC, contract_id DESC) AS rank_from_end
FROM contracts_of_runs), intervals AS (SELECT customer_id, began_on, NULLIF(until_on, CAST('9999-12-31' AS DATE)) AS ended_on, CASE WHEN until_on < CAST('9999-12-31' AS DATE) THEN reason_category END AS reason_category
FROM ranked
WHERE rank_from_end = 1)
SELECT *
FROM intervals
