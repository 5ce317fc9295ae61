-- The floor of the benchmark: figures of `herringbone build`, as scripts that trust their files, run in this order.
-- Typed reads of all tables, then the cubes of one KPI of each kind, by month and by period; no rule is checked, nothing
-- is folded, no row is refused. What the build computes of further KPIs, the floor does without.
-- The variable data_dir names the folder of the extracts; times in them are local and stay so. Every owner, agent and
-- customer named there is in its table, nothing happens after the last day, and that day ends a half-year.

create table customers as
from read_csv(getvariable('data_dir') || '/customers.csv', auto_detect = false, header = true, columns = {
    customer_id: 'varchar', name: 'varchar', segment: 'varchar', industry: 'varchar', region: 'varchar',
    province: 'varchar', city: 'varchar', employees: 'integer', acquired_on: 'date',
    acquisition_channel: 'varchar', owner_id: 'varchar'
});

create table customer_status as
from read_csv(getvariable('data_dir') || '/customer_status.csv', auto_detect = false, header = true, columns = {
    customer_id: 'varchar', changed_on: 'date', status: 'varchar', reason_category: 'varchar', reason: 'varchar'
});

create table employees as
from read_csv(getvariable('data_dir') || '/employees.csv', auto_detect = false, header = true, columns = {
    employee_id: 'varchar', name: 'varchar', department: 'varchar', team: 'varchar', role: 'varchar',
    manager_id: 'varchar', hired_on: 'date', left_on: 'date'
});

create table leads as
from read_csv(getvariable('data_dir') || '/leads.csv', auto_detect = false, header = true, columns = {
    lead_id: 'varchar', created_at: 'timestamp', source: 'varchar', channel: 'varchar', owner_id: 'varchar',
    segment: 'varchar', region: 'varchar', qualified_at: 'timestamp', converted_at: 'timestamp',
    customer_id: 'varchar', lost_at: 'timestamp', lost_reason: 'varchar'
});

create table opportunities as
from read_csv(getvariable('data_dir') || '/opportunities.csv', auto_detect = false, header = true, columns = {
    opportunity_id: 'varchar', lead_id: 'varchar', customer_id: 'varchar', owner_id: 'varchar',
    created_at: 'timestamp', stage: 'varchar', amount: 'decimal(18, 4)', closed_at: 'timestamp', won: 'boolean'
});

create table orders as
from read_csv(getvariable('data_dir') || '/orders.csv', auto_detect = false, header = true, columns = {
    order_id: 'varchar', line_no: 'integer', customer_id: 'varchar', ordered_at: 'timestamp', owner_id: 'varchar',
    product_id: 'varchar', quantity: 'decimal(18, 4)', revenue: 'decimal(18, 4)', cost: 'decimal(18, 4)',
    promised_on: 'date', delivered_on: 'date'
});

create table tickets as
from read_csv(getvariable('data_dir') || '/tickets.csv', auto_detect = false, header = true, columns = {
    ticket_id: 'varchar', customer_id: 'varchar', type: 'varchar', complaint_class: 'varchar', severity: 'varchar',
    channel: 'varchar', created_at: 'timestamp', first_response_at: 'timestamp', resolved_at: 'timestamp',
    agent_id: 'varchar', handling_count: 'integer', first_contact_resolved: 'boolean', qa_correct: 'boolean',
    asset_id: 'varchar', fault_code: 'varchar', repair_quality: 'decimal(18, 4)', previous_ticket_id: 'varchar',
    root_cause: 'varchar'
});

create table handoffs as
from read_csv(getvariable('data_dir') || '/handoffs.csv', auto_detect = false, header = true, columns = {
    handoff_id: 'varchar', ticket_id: 'varchar', from_department: 'varchar', to_department: 'varchar',
    handed_at: 'timestamp', due_at: 'timestamp', completed_at: 'timestamp'
});

create table contacts as
from read_csv(getvariable('data_dir') || '/contacts.csv', auto_detect = false, header = true, columns = {
    contact_id: 'varchar', customer_id: 'varchar', employee_id: 'varchar', channel: 'varchar',
    contacted_at: 'timestamp', purpose: 'varchar', reached: 'boolean'
});

create table events as
from read_csv(getvariable('data_dir') || '/events.csv', auto_detect = false, header = true, columns = {
    event_id: 'varchar', name: 'varchar', type: 'varchar', held_on: 'date'
});

create table event_invitations as
from read_csv(getvariable('data_dir') || '/event_invitations.csv', auto_detect = false, header = true, columns = {
    event_id: 'varchar', customer_id: 'varchar', attended: 'boolean'
});

create table survey_answers as
from read_csv(getvariable('data_dir') || '/survey_answers.csv', auto_detect = false, header = true, columns = {
    answer_id: 'varchar', respondent_id: 'varchar', customer_id: 'varchar', ticket_id: 'varchar',
    answered_at: 'timestamp', survey: 'varchar', dimension: 'varchar', score: 'decimal(18, 4)',
    scale_min: 'decimal(18, 4)', scale_max: 'decimal(18, 4)'
});

create table market_sales as
from read_csv(getvariable('data_dir') || '/market_sales.csv', auto_detect = false, header = true, columns = {
    month: 'date', market: 'varchar', company: 'varchar', is_own: 'boolean', sales: 'decimal(18, 4)'
});

create table trainings as
from read_csv(getvariable('data_dir') || '/trainings.csv', auto_detect = false, header = true, columns = {
    training_id: 'varchar', employee_id: 'varchar', course: 'varchar', due_on: 'date', completed_on: 'date'
});

-- The last day known; the period it lies in is compared with as many days of the one before.
create temp table last_day as
select max(day) as day, year(max(day)) * 12 + month(max(day)) - 1 as month
from (select max(created_at)::date as day from tickets union all select max(ordered_at)::date from orders);

-- Figures: a row a KPI, month (or period) and group; a dimension that a row is not split by is null.
create table kpi_cube (
    kpi_id varchar, month date, segment varchar, industry varchar, region varchar, acquisition_channel varchar,
    owner varchar, channel varchar, type varchar, class varchar, severity varchar, agent varchar, dimension varchar,
    employee varchar, numerator double, denominator double, n bigint, sum_sq double, awaiting bigint
);

create table kpi_period_cube (
    kpi_id varchar, role varchar default 'period', grain varchar, period_start date, segment varchar, industry varchar,
    region varchar, acquisition_channel varchar, owner varchar, channel varchar, type varchar, class varchar,
    severity varchar, agent varchar, dimension varchar, market varchar, reason varchar,
    employee varchar, team varchar, department varchar, numerator double, denominator double, n double,
    sum_sq double, awaiting bigint
);

create table kpi_percentiles (
    kpi_id varchar, grain varchar, period_start date, type varchar, n bigint, median double, p90 double
);

-- Months are counted from year 0, a period of k months being month // k.
create temp table grains as
from (values ('month', 1), ('quarter', 3), ('half', 6), ('year', 12)) as list(grain, k);

create temp table dims as
select
    customer_id,
    coalesce(segment, '(unknown)') as segment,
    coalesce(industry, '(unknown)') as industry,
    coalesce(region, '(unknown)') as region,
    coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
    coalesce(owner_id, '(unknown)') as owner
from customers;
