import type { Answer, Asked } from "./server.js";

export interface Account {
  tickets: Record<string, unknown>[];
  count?: number;
  faults?: { on: RegExp; answer: Answer }[];
}

const pageRows = 2;

const users = [
  { id: 11, name: "Ana", role: "agent", active: true, created_at: "2025-01-01T00:00:00Z" },
  {
    id: 12,
    name: "Uwe",
    role: "end-user",
    active: true,
    organization_id: 31,
    created_at: "2025-01-01T00:00:00Z",
  },
  { id: 13, name: "Old", role: "end-user", active: false, created_at: "2025-01-01T00:00:00Z" },
];
const organizations = [
  {
    id: 31,
    name: "Org",
    shared_tickets: false,
    shared_comments: false,
    organization_fields: { region: "East" },
  },
];

/** An account that speaks Zendesk's cursor exports, lists and counts, as its documentation shows their answers. */
export function account(
  { tickets, count, faults = [] }: Account,
  url: () => string,
): (asked: Asked) => Answer {
  const exported = (key: string, all: unknown[], query: URLSearchParams): Answer => {
    const from = Number(query.get("cursor") ?? 0);
    const page = all.slice(from, from + pageRows);
    const isEnd = from + pageRows >= all.length;
    const after_cursor = String(from + page.length);
    const metrics = query.get("include") === "metric_sets" ? { metric_sets: page.map(metricOf) } : {};
    return { json: { [key]: page, ...metrics, after_cursor, after_url: `${url()}/x`, end_of_stream: isEnd } };
  };
  return ({ method, path, query }) => {
    const fault = faults.find(({ on }) => on.test(`${method} ${path}?${query}`));
    if (fault) {
      faults.splice(faults.indexOf(fault), 1);
      return fault.answer;
    }
    const live = tickets.filter(({ status }) => status !== "deleted");
    switch (path) {
      case "/api/v2/incremental/tickets/cursor":
        return exported("tickets", tickets, query);
      case "/api/v2/incremental/users/cursor":
        return exported("users", users, query);
      case "/api/v2/tickets/count":
        return {
          json: {
            count: {
              refreshed_at: "2026-03-01T00:00:00Z",
              value: count ?? new Set(live.map(({ id }) => id)).size,
            },
          },
        };
      case "/api/v2/users/count":
        return { json: { count: { refreshed_at: "2026-03-01T00:00:00Z", value: 2 } } };
      case "/api/v2/organizations/count":
        return { json: { count: { value: organizations.length } } };
      case "/api/v2/tickets":
        return { json: { tickets: live, meta: { has_more: false }, links: {} } };
      case "/api/v2/users":
        return { json: { users, meta: { has_more: false }, links: {} } };
      case "/api/v2/ticket_metrics":
        return { json: { ticket_metrics: live.map(metricOf), meta: { has_more: false }, links: {} } };
      case "/api/v2/ticket_fields":
        return {
          json: {
            ticket_fields: [
              {
                id: 77,
                title: "Colour",
                type: "tagger",
                custom_field_options: [{ name: "Blue", value: "blue" }],
              },
            ],
          },
        };
      case "/api/v2/organizations":
        return { json: { organizations, meta: { has_more: false }, links: {} } };
      default:
        return { status: 404, json: { error: "InvalidEndpoint", description: "Not found" } };
    }
  };
}

export const ticket = (id: number, more: Record<string, unknown> = {}) => ({
  id,
  status: "solved",
  type: "incident",
  priority: "urgent",
  requester_id: 12,
  organization_id: 31,
  assignee_id: 11,
  via: { channel: "web", source: { from: {}, to: {}, rel: null } },
  tags: ["vip"],
  created_at: "2026-03-02T01:00:00Z",
  updated_at: "2026-03-03T01:00:00Z",
  custom_fields: [{ id: 77, value: "blue" }],
  ...more,
});

const metricOf = (each: unknown) => ({
  id: 900,
  ticket_id: (each as { id: number }).id,
  replies: 1,
  reply_time_in_minutes: { calendar: 15, business: 5 },
  full_resolution_time_in_minutes: { calendar: 90, business: 30 },
  solved_at: "2026-03-02T02:30:30Z",
});
