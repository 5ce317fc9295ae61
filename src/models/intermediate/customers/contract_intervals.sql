-- When a customer was active by the contract rule: while any contract runs, [starts_on, ends_on). Contracts that touch or
-- overlap are one interval; the reason is that of the one that ended last. A contract that ends at or after as_of still
-- runs, one that ends on its first day never did. No rows under another rule.
-- grain: customer_id, began_on
with

settings as (
    select churn_rule
    from config.settings
    where churn_rule = 'contract'
),

contracts as (
    select
        contracts.contract_id,
        contracts.customer_id,
        contracts.starts_on,
        coalesce(contracts.ends_on, date '9999-12-31') as until_on,
        contracts.reason_category
    from intermediate.contracts
    cross join settings
),

contracts_with_reach as (
    select
        contract_id,
        customer_id,
        starts_on,
        until_on,
        reason_category,
        max(until_on) over (
            partition by customer_id
            order by starts_on, contract_id
            rows between unbounded preceding and 1 preceding
        ) as reached_on
    from contracts
),

contracts_of_runs as (
    select
        contract_id,
        customer_id,
        starts_on,
        until_on,
        reason_category,
        sum(case when reached_on >= starts_on then 0 else 1 end) over (
            partition by customer_id
            order by starts_on, contract_id
            rows unbounded preceding
        ) as run_number
    from contracts_with_reach
),

ranked as (
    select
        customer_id,
        min(starts_on) over (partition by customer_id, run_number) as began_on,
        until_on,
        reason_category,
        row_number() over (
            partition by customer_id, run_number
            order by until_on desc, contract_id desc
        ) as rank_from_end
    from contracts_of_runs
),

intervals as (
    select
        customer_id,
        began_on,
        nullif(until_on, date '9999-12-31') as ended_on,
        case when until_on < date '9999-12-31' then reason_category end as reason_category
    from ranked
    where rank_from_end = 1
)

select * from intervals
