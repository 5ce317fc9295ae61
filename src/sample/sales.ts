import { literal } from "../engine/sql.js";
import { extractEnd } from "./options.js";
import { priceRise } from "./truths.js";
import { markets, products } from "./words.js";
import { employeeId, staffOf, type World } from "./world.js";

/** `products`: the price list without prices; orders carry those. */
export const productsSelect = `
    select p as row_index, product_id, name, category from product`;

/** The table `product`, from the word list. */
export const productTable = `
    create table product as
    select p, printf('P%03d', (p + 1)::bigint) as product_id, name, category, price
    from (values ${products.map((product, p) => `(${p}, ${literal(product.name)}, ${literal(product.category)}, ${product.price})`).join(", ")})
        as list(p, name, category, price)`;

/** `orders`: one row a line; traders pay the raised price from its date. */
export function ordersSelect(world: World): string {
  const { plan, dice } = world;
  const owners = staffOf(plan.employees, ["销售部"]);
  const line = "i * 3 + line_no";
  return `
    with
    placed as (
        select i, ${world.monthOf("orders", "i")} as m from range(${plan.orders}) as numbers(i)
    ),
    timed as (
        select
            placed.i,
            ${world.timeOf("orders", "placed.i")} as ordered_at,
            months.active_first + ${dice.pick("placed.i", "order customer", "months.active_count")} as active_key
        from placed
        join months on months.m = placed.m
    ),
    ordered as (
        select timed.*, customer.customer_id, customer.owner, customer.segment
        from timed
        join active on active.active_key = timed.active_key
        join customer on customer.k = active.k
    ),
    lines as (
        select *, unnest(range(1, 2 + (${dice.uniform("i", "second line")} < 0.3)::int)) as line_no from ordered
    ),
    priced as (
        select
            *,
            ${dice.pick(line, "product", products.length)} as product_no,
            case when ${dice.uniform("i", "credit note")} < 0.01 then -1
                else 1 + ${dice.pick(line, "quantity", 6)} end as quantity,
            0.92 + 0.16 * ${dice.uniform(line, "discount")} as discount,
            case when segment = '${priceRise.segment}' and ordered_at >= '${priceRise.on}'
                then ${priceRise.priceFactor} else 1 end as rise,
            0.62 + 0.12 * ${dice.uniform(line, "cost")} as cost_share,
            (7 + ${dice.pick("i", "promise", 21)})::int as promised_in,
            (${dice.bell(line, "delivery")} * 2.2 - 2.4)::int as late_by
        from lines
    )
    select
        i * 3 + line_no as row_index,
        printf('O%08d', (i + 1)::bigint) as order_id,
        line_no::int as line_no,
        customer_id,
        ordered_at,
        case when ${dice.uniform("i", "owner noted")} < 0.85
            then ${employeeId(`${owners.first + 1} + (owner - ${owners.first})`)} end as owner_id,
        product_id,
        quantity::decimal(9, 0) as quantity,
        (quantity * price * discount * rise)::decimal(14, 2) as revenue,
        (quantity * price * cost_share)::decimal(14, 2) as cost,
        ordered_at::date + promised_in as promised_on,
        case when ordered_at::date + greatest(1, promised_in + late_by) < '${extractEnd}'
            then ordered_at::date + greatest(1, promised_in + late_by) end as delivered_on
    from priced
    join product on product.p = priced.product_no`;
}

/** The table `lead`: those that became the new customers, and some seven times as many that did not. */
export function leadTable(world: World): string {
  const { plan, dice } = world;
  const owners = staffOf(plan.employees, ["销售部"]);
  const others = Math.round(plan.customers * 0.3 * 7.2);
  const places =
    "(select list(region order by k) from (select k, region from customer order by k limit 997))";
  return `
    create table lead as
    with
    window_start as (select min(start_on) as start_on, sum(days)::bigint as days from months),
    won as (
        select
            k::bigint as j,
            acquired_on::timestamp + to_seconds((30000 + ${dice.pick("k", "converted", 36000)})::int) as converted_at,
            converted_at - to_seconds((86400 * (3 + 118 * ${dice.uniform("k", "wait 1")} * ${dice.uniform("k", "wait 2")}))::bigint)
                as created_at,
            customer_id,
            owner,
            segment,
            region
        from customer
        where is_new and ${dice.uniform("k", "came as lead")} < 0.93
    ),
    open_ended as (
        select
            ${plan.customers} + j as j,
            null::timestamp as converted_at,
            (start_on + (j * days // ${others})::int)::timestamp
                + to_seconds((30000 + ${dice.pick("j", "lead second", 36000)})::int) as created_at,
            null::varchar as customer_id,
            ${owners.first} + ${dice.pick("j", "lead owner", owners.count)} as owner,
            ${dice.weighted("j", "lead segment", { sme_manufacturer: 38, trader: 30, large_manufacturer: 12, other: 13, research_institute: 7 })} as segment,
            ${places}[1 + ${dice.pick("j", "lead region", `least(997, ${plan.customers})`)}] as region
        from range(${others}) as numbers(j), window_start
    ),
    together as (
        select won.* from won, window_start where won.created_at >= window_start.start_on
        union all
        select * from open_ended
    )
    select
        row_number() over (order by created_at, j) as i,
        printf('L%07d', (i)::bigint) as lead_id,
        created_at,
        ${dice.weighted("j", "lead source", { 官网: 34, 展会: 22, 转介绍: 18, 电话营销: 16, 社交媒体: 10 })} as source,
        ${dice.weighted("j", "lead channel", { online: 40, phone: 24, email: 14, wechat: 12, visit: 10 })} as channel,
        ${employeeId("owner + 1")} as owner_id,
        segment,
        region,
        case
            when converted_at is not null then created_at + (converted_at - created_at) * 0.3
            when ${dice.uniform("j", "qualified")} < 0.33
            then created_at + to_seconds((86400 * (1 + 20 * ${dice.uniform("j", "qualified after")}))::bigint)
        end as qualified_at,
        converted_at,
        customer_id,
        case when converted_at is null and ${dice.uniform("j", "lost")} < 0.7
            then created_at + to_seconds((86400 * (22 + 70 * ${dice.uniform("j", "lost after")}))::bigint) end as lost_at,
        ${dice.weighted("j", "lost reason", { 价格过高: 35, 选择竞争对手: 28, 暂无预算: 22, 联系不上: 15 })} as lost_reason
    from together
    order by i`;
}

/** `leads`, as far as the extract's end lets one see. */
export const leadsSelect = `
    select i as row_index, lead_id, created_at, source, channel, owner_id, segment, region,
        case when qualified_at < '${extractEnd}' then date_trunc('second', qualified_at) end as qualified_at,
        converted_at, customer_id,
        case when lost_at < '${extractEnd}' then lost_at end as lost_at,
        case when lost_at < '${extractEnd}' then lost_reason end as lost_reason
    from lead`;

/** `opportunities`: one for each lead that was qualified. */
export function opportunitiesSelect({ dice }: World): string {
  return `
    with
    opened as (
        select *, date_trunc('second', qualified_at + (coalesce(converted_at, lost_at, qualified_at + interval 10 day)
            - qualified_at) * 0.2) as opened_at
        from lead
        where qualified_at is not null and (lost_at is null or lost_at > qualified_at)
    )
    select
        i as row_index,
        printf('B%07d', (i)::bigint) as opportunity_id,
        lead_id,
        customer_id,
        owner_id,
        opened_at as created_at,
        case when converted_at < '${extractEnd}' then '赢单' when lost_at < '${extractEnd}' then '输单'
            else ${dice.weighted("i", "stage", { 需求确认: 40, 方案报价: 35, 商务谈判: 25 })} end as stage,
        (8000 + 240000 * ${dice.uniform("i", "amount 1")} * ${dice.uniform("i", "amount 2")})::decimal(14, 2) as amount,
        case when coalesce(converted_at, lost_at) < '${extractEnd}' then coalesce(converted_at, lost_at) end as closed_at,
        case when converted_at < '${extractEnd}' then true when lost_at < '${extractEnd}' then false end as won
    from opened
    where opened_at < '${extractEnd}'`;
}

/** `market_sales`: own sales and three competitors in each market, from a year before the extract's first month. */
export function marketSalesSelect({ plan, dice }: World): string {
  const list = markets
    .map((m, i) => `(${i}, ${literal(m.name)}, ${m.share}, ${m.drift}, ${m.size})`)
    .join(", ");
  const months = plan.months + 12;
  const cell = "n * 16 + market_no * 4 + company_no";
  return `
    select
        ${cell} as row_index,
        (date '${extractEnd}' - to_months((${months} - n)::int))::date as month,
        market,
        company,
        company_no = 0 as is_own,
        (size * (1 + 0.003 * n)
            * case when company_no = 0 then share + drift * n else (1 - share - drift * n) * part end
            * (0.96 + 0.08 * ${dice.uniform(cell, "market noise")}))::decimal(14, 0) as sales
    from range(${months}) as numbers(n)
    cross join (values ${list}) as markets(market_no, market, share, drift, size)
    cross join (values (0, '本公司', 1.0), (1, '竞争对手甲', 0.46), (2, '竞争对手乙', 0.33), (3, '竞争对手丙', 0.21))
        as companies(company_no, company, part)
    order by row_index`;
}
