import { dispatchDesk, followUpCalls } from "./truths.js";

/** `initiatives`: one that works, one that does not, one that still runs at the extract. */
export const initiativesSelect = `
    select row_index, initiative_id, name, name_en, started_on::date as started_on, kpi_id, scope_dimension, scope_value,
        expected_change::decimal(9, 2) as expected_change, baseline_days, follow_up_days, lag_days,
        cost::decimal(12, 2) as cost, value_per_unit::decimal(12, 2) as value_per_unit
    from (values
        (0, 'I01', '区域派单中心', 'Regional dispatch centre', '${dispatchDesk.on}', 'first_response_time', 'region', '${dispatchDesk.region}', -20, 180, 180, 0, 60000, 40),
        (1, 'I02', '加倍回访电话', 'Twice as many follow-up calls', '${followUpCalls.on}', 'csat', 'segment', '${followUpCalls.segment}', 3, 180, 180, 0, 45000, 1500),
        (2, 'I03', '客户活动邀约改版', 'Event invitations redesigned', '2026-04-01', 'event_participation', null, null, 0.05, 180, 180, 0, 12000, 800))
        as list(row_index, initiative_id, name, name_en, started_on, kpi_id, scope_dimension, scope_value, expected_change,
            baseline_days, follow_up_days, lag_days, cost, value_per_unit)`;

/** `milestones` of the KPI programme itself. */
export const milestonesSelect = `
    select row_index, milestone_id, phase, name, name_en, owner_id, due_on::date as due_on, done_on::date as done_on
    from (values
        (0, 'M01', 'kickoff', '项目启动会', 'Kick-off meeting', 'E00001', '2024-01-15', '2024-01-12'),
        (1, 'M02', 'pilot', '客户关系部试运行', 'Pilot in customer relations', 'E00001', '2024-06-30', '2024-07-08'),
        (2, 'M03', 'pilot', '试运行评审', 'Review of the pilot', 'E00001', '2024-09-30', '2024-09-27'),
        (3, 'M04', 'rollout', '全公司推广', 'Rollout to the whole company', 'E00001', '2025-06-30', '2025-06-30'),
        (4, 'M05', 'rollout', '年度复盘', 'Yearly review', 'E00001', '2026-08-31', null))
        as list(row_index, milestone_id, phase, name, name_en, owner_id, due_on, done_on)`;
