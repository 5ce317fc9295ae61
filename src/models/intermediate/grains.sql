-- The lengths of periods, and the months that the periods of each reach over, by number: 12 x year + month - 1.
-- grain: grain
-- materialized: table
select
    grain,
    month_count,
    min(year(period_start) * 12 + month(period_start) - 1) as first_month,
    max(year(period_end) * 12 + month(period_end) - 1) as end_month
from intermediate.periods
where role = 'period'
group by grain, month_count
