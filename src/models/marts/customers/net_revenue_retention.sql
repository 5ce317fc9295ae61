-- Monthly value of the contracts of customers who had one just before a period (denominator, in runs of periods), and
-- what they are worth just before its end (numerator).
-- grain: role, grain, period_start, customer_id
select
    contract_values.role,
    contract_values.grain,
    contract_values.period_start,
    contract_values.until_start,
    contract_values.customer_id,
    contract_values.value_at_end as numerator,
    contract_values.value_at_start as denominator
from intermediate.contract_values as contract_values
