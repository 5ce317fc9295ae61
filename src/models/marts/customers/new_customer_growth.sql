-- Customers on the day of their acquisition; a period's number is compared with that of the period before.
-- grain: customer_id
select
    customers.customer_id,
    customers.acquired_on as case_on,
    1 as numerator,
    1 as denominator
from intermediate.customers as customers
where customers.acquired_on is not null
