import type { TableName } from "../../contract/index.js";

/** What a row of a table is called. */
export const entities: Partial<Record<TableName, readonly string[]>> = {
  customers: ["customer", "company"],
  customer_status: ["lost", "customer status", "customer lost", "customer status history"],
  contracts: ["contract"],
  employees: ["employee", "agent", "people"],
  leads: ["lead"],
  opportunities: ["opportunity", "pipeline", "quote"],
  products: ["product"],
  orders: ["order", "revenue order"],
  tickets: ["ticket", "call", "complaint", "repair ticket"],
  ticket_steps: ["ticket step", "step"],
  handoffs: ["handoff"],
  contacts: ["contact", "call"],
  events: ["event"],
  event_invitations: ["event invitation", "event attended", "attended", "invitation", "event customer"],
  survey_answers: [
    "answer",
    "survey",
    "survey response",
    "satisfaction",
    "satisfaction contact",
    "nps",
    "rating",
    "rating result",
    "rating dimension result",
  ],
  market_sales: ["market revenue", "market", "market revenue quantity"],
  reviews_360: ["rating", "colleague", "colleague rating", "colleague survey"],
  trainings: ["training"],
  milestones: ["milestone"],
};

/** What files of a table are called besides: words that headings have, too, of other things. */
export const calledSo: Partial<Record<TableName, readonly string[]>> = {
  tickets: ["customer requested"],
  customer_status: ["customer left"],
  survey_answers: ["satisfaction rating"],
  orders: ["order product", "revenue order product"],
};

/**
 * The meanings that make a column, the fittest first; `~` before one that may mean something else as well, `?` before one that mostly does. Keys and references
 * are added to them; a row's own name (`ticket`) may stand beside any.
 */
export const patterns: Partial<Record<TableName, Readonly<Record<string, string>>>> = {
  customers: {
    name: "customer name, company name, name, company, ~title, ~contact name, ~customer",
    segment:
      "segment, ~market segment, ~type, ~category, ~team, customer team, customer segment, ~estimated type, ~contract type",
    industry: "industry",
    region: "region, revenue region, order region",
    province:
      "province, bill province, bill address province, address province, ~bill region, province name, province region, ~address province id",
    city: "city, bill city, bill address city, address city, city name, address city name",
    employees: "employee count, ~employee, company count, company employee count",
    acquired_on:
      "acquired when, acquired, cooperation start, created cooperation when, ~rater since, ~cooperation, since, ~onboard when, ~enrolled when, ~first order, ~customer since,  since when, first cooperation when, cooperation when, cooperation start when, ~created when, ~created, ~first order when, ~created when acquired, ~entered when, ~converted when, ~first converted when, ~signed when, ~first signed when, ~received when, ~system created when, ~start when, acquired customer when",
    acquisition_channel:
      "acquired channel, acquired source, source, source channel, ~lead source, ~contact source, ~previous source, ~channel, ~market source",
    owner_id:
      "owner id, ~owner, ~manager id, ~agent id, ~agent, customer manager id, customer owner id, ~customer manager, ~contract owner id, ~owner employee id, ~contract owner",
  },
  customer_status: {
    changed_on:
      "~left when, updated when, status updated when, status when, lost when, ~when, end when, start when, status start when",
    status: "status, listing status, updated status, status updated, ~end status, ~to status",
    reason_category:
      "~reason, lost reason, reason category, lost reason category, ~updated reason, end reason category, ~end reason, ~reason type, closed reason, closed reason category",
    reason:
      "reason remark, closed reason remark, lost reason remark, status reason remark, ~remark, ~reason, ~lost reason",
  },
  contracts: {
    starts_on: "start when, start, from when, ?signed when, start signed when, contract signed start when",
    ends_on: "end when, end, to when, ~due when, left when, ~left",
    monthly_value:
      "month fee, month amount, month revenue, month price, month amount net, month fee net, fee month amount, month contract fee, ~year fee, ~year amount, ~year revenue, ~year price, ~year contract fee, ~year contract amount, ~contract year amount, ~contract year fee, ~year amount net",
    currency: "currency, currency id",
    reason_category:
      "end reason, lost reason, end reason category, reason category, ~reason, notice reason, ~left reason",
    reason: "end reason remark, ~end reason, ~notice reason, ~left reason",
  },
  employees: {
    name: "employee name, name, ~desired name, ~agent name, ~employee, ~agent",
    department: "department, department name, ~company unit, ~branch, ~branch name",
    team: "team, team name, team id",
    role: "role, position, role title, ~title, role id, role type, ~company title, ~position role",
    manager_id: "manager id, manager employee id, ~manager, line manager, line manager id",
    hired_on:
      "hired when, hired, ~employee start when, ~start, start when, employee since, entered when, ~entered, ~previous hired when, ~last hired when",
    left_on: "left when, left, end when, last working when, ~last when, ~left start when",
  },
  leads: {
    lead_id: "lead qualified id",
    created_at:
      "created when, created, ~ticket when, first contact when, ~when, ~received when, entered when, ~requested when",
    source: "source, ~source id, source channel",
    channel: "channel, ~source channel",
    owner_id: "owner id, ~owner, ~employee id, ~agent id",
    segment: "segment, ~type",
    region: "region, revenue region",
    qualified_at: "qualified when, qualified, lead qualified when",
    converted_at: "converted when, converted, won when, converted customer when, lead converted when",
    customer_id: "converted customer id, ~converted customer",
    lost_at: "lost when, lost closed when, ~closed when",
    lost_reason: "lost reason, lost reason category, ~closed reason, ~closed reason category",
  },
  opportunities: {
    opportunity_id: "~quote id, ~project id",
    lead_id: "~from lead id, ~source lead id, ~from lead",
    owner_id: "owner id, ~owner, ~employee id, ~agent id",
    created_at: "created when, created, ~when, entered when, ~start when",
    stage: "stage, stage name, pipeline stage, ~status, revenue stage, opportunity stage, ~step name, ~step",
    amount:
      "amount, quote amount, order amount, ~revenue, opportunity revenue, ~amount net, ~amount company currency",
    currency: "currency, currency id",
    closed_at: "closed when, closed, won when, ~end when, converted when, ~end",
    won: "won, ~converted, ~won lost, won closed, ~result",
  },
  products: {
    name: "product name, name, ~product, ~title, ~remark, product remark",
    category: "category, product category, ~type, product team, ~team, product team name",
  },
  orders: {
    product_id: "line product id, ~line product",
    customer_id: "bill to customer id, bill customer id, ~customer employee id",
    order_id: "revenue record id, ?invoice id, ~bill id, ~record id, ~record",
    line_no:
      "line id, line, order line id, order line, position, ~rownumber, position id, line position, record line id, ~entered id, order position",
    ordered_at:
      "order when, created when, ~converted when, ~when, ~revenue when, ~invoice when, ~posted when, ~created, ~record when, ~entered when, revenue order when, order created when",
    owner_id: "owner id, owner, ~employee id, ~agent id, ~agent",
    quantity:
      "quantity, order quantity, revenue quantity, line quantity, product quantity, ~count, ~shipped quantity",
    revenue:
      "revenue, revenue net, line amount net, amount net, revenue amount, ~amount, ~line amount, line amount, position amount, position amount net, amount price net, line revenue net, amount revenue net, order amount net, line net, net, product amount net, ~product amount, ~product subtotal, ~line subtotal, ~subtotal amount, ~amount price, ~line price net, ~product revenue, ~taxed total, ~subtotal, ~order revenue, ~contract amount",
    cost: "cost, ~cost amount, order cost, ~order cost amount, ~line cost, ~product cost amount, cost product, cost amount, cost revenue, cost line",
    currency: "currency, currency id, record currency, order currency",
    promised_on:
      "promised, promised when, ~requested delivery, ~requested delivery when, ~requested when, promised delivery when, desired delivery when, due delivery when, desired promised, desired promised when, ~estimated delivery when, ~estimated when, ~due when, estimated delivery when, promised confirmed delivery when, desired delivery when, desired promised",
    delivered_on: "delivery when, ~delivery",
  },
  tickets: {
    ticket_id: "complaint id, repair id, ~created id, ~requested id, ~received id, ~contact id, ~listing id",
    type: "type, ~category, requested type, created type, ticket category, ~handling type, ~complaint type, record type",
    complaint_class:
      "complaint category, complaint type, complaint reason, ~complaint reason category, ~ticket category, ~complaint remark category",
    severity:
      "severity, severity id, severity level, complaint severity, complaint level, ~level, ~fault level, fault severity",
    channel:
      "channel, contact channel, source channel, ~source type, ~received type, ~contact, received channel, channel id, ~source, ~contact type, created channel, created source, requested source, requested channel, complaint channel, complaint source, received source, ~survey channel, ~handling channel",
    created_at:
      "created when, created, ~received when, ~received, ~record created when, ~handling start when, ~entered, ~requested when, ~when, ~start when, complaint when, entered when, ~created received when, record when, ~history when, ~first created when, ~system created when",
    first_response_at:
      "first response when, first agent response when, first response, response when, first answer when, first answer, ~phone response when, ~contact response when, ~handling response when, ~first phone response when, ~response contact when, first response sent when, ~response, ~first contact when, ~first contact, first handling when, first agent response, agent first response when, first employee response when, first answered when, ~answered when, agent response when, ~first attended when, ~received when, ~first contact customer when",
    resolved_at:
      "resolved when, resolved, ~last resolved when, ~last closed when, ~handling resolved when, ~handling completed, completed when, ~completed, ~closed when, ~closed, ~end when, repair completed when, handling completed when, ~handling closed when, resolved completed when, ~repair when end, ~first closed when, ~first resolved when",
    agent_id:
      "agent id, agent, ~owner id, ~owner, ~employee id, ~handling actor, ~repair actor, ~owner employee id, ~resolved actor, ~closed actor",
    handling_count: "handling count, interaction count, ~contact count, ~response count",
    first_contact_resolved:
      "first contact resolved, first resolved, once resolved, first contact resolved when, first call resolved, contact once resolved",
    qa_correct: "qa correct, qa result, qa qualified, qa",
    asset_id:
      "asset id, serial id, asset serial id, asset, ~serial, unit serial, unit serial id, product serial id, product asset id, ~product serial, asset serial",
    fault_code: "fault id, ~fault, fault type id, ~fault category",
    repair_quality: "repair quality, repair quality score",
    previous_ticket_id:
      "previous ticket id, ~previous ticket, reopened from, reopened from id, previous id, ~repair previous ticket, repair previous ticket id, ~repeat ticket, ~created previous id",
    root_cause:
      "root cause, cause, ~cause id, cause type, cause category, fault cause, fault reason, root reason, fault root cause, ticket root cause",
  },
  ticket_steps: {
    step: "step, step name, handling step, ~stage, ~handling stage, stage name",
    entered_at: "entered when, start when, ~when, created when, step when",
  },
  handoffs: {
    from_department:
      "from department, from team, source department, created department, handoff department, handoff from department",
    to_department:
      "to department, to team, received department, handling department, handoff to department, ~handoff received department, purpose department, handoff to department",
    handed_at: "handoff when, handed when, ~when, ~created when",
    due_at:
      "due when, due, ~due actor, due completed when, desired completed when, desired completed when, desired when, due handling when",
    completed_at: "completed when, completed, resolved when, resolved, handling completed when",
  },
  contacts: {
    contact_id: "call id",
    employee_id:
      "employee id, agent id, ~owner id, ~agent, ~owner, ~employee, ~contact actor, ~agent login id",
    channel: "channel, contact channel, ~type, ~contact type",
    contacted_at:
      "contact when, ~completed when, ~attended when, ~contact completed when, ~contact created when, when, ~created when, call when, start when, contact start when",
    purpose: "purpose, ~reason, contact purpose, ~contact type, ~type",
    reached: "reached, reached status",
  },
  events: {
    name: "event name, name, ~title, ~event",
    type: "type",
    held_on: "held when, held, event when, when, start when, ~start, event start when",
  },
  event_invitations: { attended: "attended, attended status, event attended" },
  survey_answers: {
    ticket_id: "previous ticket id, ~previous ticket",
    customer_id: "~external id",
    answer_id: "answer id, rating id, ~record id, response id, ~created id, ~contact id",
    respondent_id: "~respondent, response id, respondent id, survey id, survey response id, created id",
    answered_at:
      "answered when, answer when, rating when, response when, created when, ~created, ~completed when, ~when, survey when, survey answer when, contact when, ~received when, ~record when, ~end when, end answered when, created respondent when, created answer when, created answered, created answered when, posted when, ~posted, ~rating created when",
    survey: "survey, survey type, type, survey name, survey id",
    dimension: "dimension, rating dimension, survey dimension, ~category, rating category, ~rating type",
    score:
      "score, rating, score amount, rating amount, satisfaction score, ~satisfaction, answer score, rating score, dimension score, nps score, satisfaction rating, ~nps",
    scale_min: "scale min, scale from, min score, min, rating min",
    scale_max: "scale max, scale to, max score, max, rating max",
  },
  market_sales: {
    month: "month, month when, ~period, listing month",
    market:
      "market, market name, region market, segment market, ~region, ~market region, ~province, ~segment",
    company: "company, company name, maker, maker name",
    is_own: "own, own company, own maker, ~own product",
    sales:
      "revenue, revenue quantity, ~quantity, ~amount, market revenue, revenue amount, month revenue quantity, month revenue, ~month quantity, ~month amount, market quantity, market revenue quantity, ~order quantity, ~order amount",
  },
  reviews_360: {
    review_id: "rating id",
    period_start:
      "period start, period start when, period, rating period, rating period start when, rating start when",
    reviewee_id: "reviewee id, ~reviewee, ~employee id",
    reviewer_id: "reviewer id, ~reviewer, ~rating actor",
    rater: "rater, reviewer role, reviewer type, reviewer rater, rater type, rating rater",
    dimension: "dimension, rating dimension",
    score: "score, rating score, ~rating",
    scale_min: "scale min, min score, min",
    scale_max: "scale max, max score, max",
  },
  trainings: {
    course:
      "course, course name, training name, training course, training, course title, training remark, training title",
    due_on:
      "due when, due, ~completed actor, due actor, estimated completed when, due completed when, desired completed when",
    completed_on: "completed when, completed",
  },
  milestones: {
    phase: "stage, stage name, step",
    name: "milestone name, milestone, name, ~title",
    owner_id: "owner id, ~owner, ~employee id, ~agent id",
    due_on:
      "due when, due, estimated completed when, due completed when, estimated when, desired completed when",
    done_on: "completed when, completed, ~resolved when, ~closed when",
  },
};
