-- trino
SELECT contract_values.role, contract_values.grain, contract_values.period_start, contract_values.until_start, contract_values.customer_id, least(coalesce(contract_values.value_at_end, contract_values.value_at_start), coalesce(contract_values.value_at_start, contract_values.value_at_end)) AS numerator, contract_values.value_at_start AS denominator
FROM intermediate.contract_values AS contract_values

-- spark
SELECT contract_values.role, contract_values.grain, contract_values.period_start, contract_values.until_start, contract_values.customer_id, least(contract_values.value_at_end, contract_values.value_at_start) AS numerator, contract_values.value_at_start AS denominator
FROM intermediate.contract_values AS contract_values
