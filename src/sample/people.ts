import { extractEnd } from "./options.js";
import { priceRise } from "./truths.js";
import { employeeId, type World } from "./world.js";

/** `employees`, with names that are plainly placeholders. */
export const employeesSelect = `
    select
        e as row_index,
        employee_id,
        case when e = head then department || '主管' else post end || printf(' %03d', (e + 1)::bigint) as name,
        department,
        case when e % 2 = 0 then '一组' else '二组' end as team,
        case when e = head then '主管' else post end as role,
        case when e <> head then ${employeeId("head + 1")} end as manager_id,
        hired_on,
        left_on
    from employee`;

/** `customers` as they stand at the extract. */
export function customersSelect({ dice }: World): string {
  return `
    select
        k as row_index,
        customer_id,
        name,
        segment,
        industry,
        case when ${dice.uniform("k", "region known")} < 0.995 then region end as region,
        province,
        city,
        (case segment when 'large_manufacturer' then 900 when 'sme_manufacturer' then 120 when 'trader' then 30
            when 'research_institute' then 200 else 50 end * (0.4 + 2.4 * ${dice.uniform("k", "employees")}))::int as employees,
        acquired_on,
        ${dice.weighted("k", "acquisition channel", { 官网: 30, 展会: 24, 转介绍: 22, 电话营销: 14, 代理商: 10 })} as acquisition_channel,
        ${employeeId("owner + 1")} as owner_id
    from customer`;
}

/** `customer_status`: the losses and returns, and the first `active` row of everyone acquired since the extract begins. */
export function customerStatusSelect({ dice }: World): string {
  const reasons = dice.weighted("k", "reason", {
    competitor: 26,
    service: 22,
    price: 17,
    delivery: 13,
    product_quality: 12,
    business_closed: 6,
    other: 4,
  });
  return `
    with
    changes as (
        select k, 0 as step, acquired_on as changed_on, 'active' as status from customer where is_new
        union all
        select k, 1, churned_on, 'churned' from customer where churned_on is not null
        union all
        select k, 2, returned_on, 'active' from customer where returned_on is not null
    ),
    explained as (
        select
            changes.*,
            customer.customer_id,
            case
                when status = 'active' then null
                when segment = '${priceRise.segment}' and changed_on >= '${priceRise.on}'
                    and ${dice.uniform("changes.k", "blames the price")} < 0.7 then 'price'
                else ${reasons.replaceAll("(k)", "(changes.k)")}
            end as reason_category
        from changes
        join customer on customer.k = changes.k
    )
    select
        k * 3 + step as row_index,
        customer_id,
        changed_on,
        status,
        reason_category,
        case reason_category
            when 'price' then '报价高于同类供应商'
            when 'competitor' then '改用其他供应商'
            when 'service' then '响应不及时'
            when 'delivery' then '多次延期交货'
            when 'product_quality' then '质量不稳定'
        end as reason
    from explained
    where changed_on < '${extractEnd}'
    order by changed_on, row_index`;
}

/** `trainings`: two courses a year for everyone. */
export function trainingsSelect({ plan, dice }: World): string {
  const rounds = Math.max(1, Math.ceil(plan.months / 6));
  const index = "round * 100000 + e";
  return `
    with
    rounds as (
        select round, (date '${extractEnd}' - to_months((6 * round)::int))::date - 16 as due_on
        from range(${rounds}) as numbers(round)
    )
    select
        ${index} as row_index,
        printf('TR%06d', (round * ${plan.employees} + e + 1)::bigint) as training_id,
        employee_id,
        ${dice.oneOf("round", "course", ["客户沟通技巧", "产品知识更新", "投诉处理流程", "质量与安全"])} as course,
        due_on,
        case when ${dice.uniform(index, "attends")} < 0.93
            then due_on - 24 + ${dice.pick(index, "attended", 27)}::int end as completed_on
    from rounds
    cross join employee
    where hired_on < due_on and (left_on is null or left_on > due_on)
    order by row_index`;
}

/**
 * `reviews_360`: half-yearly, for the first four of each department that customers meet. Two to five customers and colleagues rate each
 * of them, their head if they have one, and heads are rated by two to five of their people; so some groups are too small
 * to be shown. Everyone is a little better or worse than the others throughout; one question in fifty is skipped.
 */
export function reviewsSelect({ plan, dice }: World): string {
  const periods = Math.max(1, Math.floor(plan.months / 6));
  const reviewee = `period * ${Math.max(1000, plan.employees + 1)} + e`;
  const round = `(${reviewee}) * 10 + group_no`;
  const rater = `(${round}) * 10 + rater_no`;
  const index = `(${rater}) * 10 + dimension_no`;
  const level = `0.45 * ${dice.bell("e * 10 + dimension_no", "reviewee")} + 0.2 * ${dice.bell(reviewee, "reviewee's round")}`;
  return `
    with
    periods as (
        select period, (date '${extractEnd}' - to_months((6 * (period + 1))::int))::date as period_start
        from range(${periods}) as numbers(period)
    ),
    invited as (
        select period, period_start, e, employee_id, group_no, rater, e = head as is_head,
            case when rater = 'superior' then 1 else 2 + ${dice.pick(round, "raters", 4)} end as raters
        from periods
        cross join employee
        cross join (values (0, 'customer'), (1, 'peer'), (2, 'superior'), (3, 'subordinate')) as groups(group_no, rater)
        where department in ('客户关系部', '售后服务部', '销售部') and e < head + 4
            and (left_on is null or left_on > period_start)
            and case rater when 'superior' then e <> head when 'subordinate' then e = head else true end
    )
    select
        ${index} as row_index,
        printf('V%08d', (${index})::bigint) as review_id,
        period_start,
        employee_id as reviewee_id,
        case when ${dice.uniform(rater, "signed")} < 0.99 then
            case when rater = 'customer' then 'RC' else 'RE' end
                || (1 + rater_no * 200 + ${dice.pick(rater, "reviewer", 200)})::varchar end as reviewer_id,
        rater,
        dimension,
        (1 + least(4, greatest(0, round(2.9 + ${level} + 0.7 * ${dice.bell(index, "review")}))))::int as score,
        1 as scale_min,
        5 as scale_max
    from invited
    cross join range(5) as numbers(rater_no)
    cross join (values (0, '沟通'), (1, '协作'), (2, '专业能力')) as dimensions(dimension_no, dimension)
    where rater_no < raters and ${dice.uniform(index, "answered")} < 0.98
    order by row_index`;
}
