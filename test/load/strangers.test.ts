import { describe, expect, it } from "vitest";
import { stageFolder } from "./stageFolder.js";

/** Folders of strangers, each mapped without SQL by at most 15 lines. */
function stranger(files: Record<string, string>, check: Parameters<typeof stageFolder>[1]) {
  expect(files["sources.yaml"]?.trimEnd().split("\n").length).toBeLessThanOrEqual(15);
  return stageFolder(files, check);
}

describe("a stranger's extract", () => {
  it("of a helpdesk: its channels and types in English", () =>
    stranger(
      {
        "sources.yaml": `desk:
  files: {t: "export*.csv"}
  date_formats: ["%d/%m/%Y %H:%M"]
  tables:
    tickets:
      from: t
      columns:
        ticket_id: Call Id
        type: Kind
        channel: Via
        severity: Level
        created_at: Opened
        first_response_at: Answered
      values: {type: {Incident: repair, "*": inquiry}, severity: {P1: very_serious, "*": general}}
`,
        "export-1.csv": `Call Id,Kind,Via,Level,Opened,Answered
1,Incident,E-mail,P1,05/01/2026 09:00,05/01/2026 09:10
2,Problem,Chat,P3,06/01/2026 09:00,NULL
3,Complaint,Web form,n/a,31/01/2026 09:00,
4,Incident,WEB FORM,P2,2026-02-01 09:00:00,
5,Incident,web form,P2,13/13/2026 09:00,
6,Incident,Web form,P2,01/02/26 09:00,
`,
      },
      async ({ rows, quarantine }) => {
        expect(
          await rows(
            "select ticket_id, type, channel, severity, cast(created_on as varchar) as day from staging.tickets order by ticket_id",
          ),
        ).toEqual([
          { ticket_id: "1", type: "repair", channel: "email", severity: "very_serious", day: "2026-01-05" },
          { ticket_id: "2", type: "inquiry", channel: "online", severity: "general", day: "2026-01-06" },
          { ticket_id: "3", type: "complaint", channel: "WEB FORM", severity: null, day: "2026-01-31" },
          { ticket_id: "4", type: "repair", channel: "WEB FORM", severity: "general", day: "2026-02-01" },
        ]);
        expect((await quarantine()).map(({ place, rules }) => [place, ...rules])).toEqual([
          ["export-1.csv:6", ["created_at", "timestamp"]],
          ["export-1.csv:7", ["created_at", "timestamp"]],
        ]);
      },
    ));

  it("of an online shop: its own segments, decimal commas and a total", () =>
    stranger(
      {
        "sources.yaml": `shop:
  files: {c: buyers.csv, o: sales.csv}
  decimal: ","
  null_values: [keine]
  tables:
    customers: {from: c, columns: {customer_id: No, name: Name, segment: Segment, region: State}}
    orders:
      from: o
      columns: {order_id: Order, line_no: "1", customer_id: Buyer, ordered_at: Day, revenue: Total, currency: Cur}
`,
        "buyers.csv":
          "No;Name;Segment;State\nC1;a;Consumer;Ohio\nC2;b;Corporate;keine\nC3;c;CONSUMER;Ohio\nC4;d;Consumer;Ohio\n",
        "sales.csv":
          "Order;Buyer;Day;Total;Cur\nO1;C1;2026-01-05;1.250,50;€\nO2;C2;2026-01-06;0,125;EUR\nTotal;;;1.250,625;\n",
      },
      async ({ rows, quarantine, report }) => {
        expect(await rows("select segment, region from staging.customers order by customer_id")).toEqual([
          { segment: "Consumer", region: "Ohio" },
          { segment: "Corporate", region: null },
          { segment: "Consumer", region: "Ohio" },
          { segment: "Consumer", region: "Ohio" },
        ]);
        expect(
          await rows("select cast(revenue as varchar) as revenue from staging.orders order by order_id"),
        ).toEqual([{ revenue: "1250.5000" }, { revenue: "0.1250" }]);
        expect((await quarantine()).map(({ place, rules }) => [place, ...rules])).toEqual([
          ["sales.csv:4", ["order_id", "subtotal"]],
        ]);
        expect(report.beyondLimit).toEqual([]);
      },
    ));

  it("of subscriptions: contracts, running and begun later", () =>
    stranger(
      {
        "sources.yaml": `billing:
  files: {s: subscriptions.csv}
  tables:
    contracts:
      from: s
      columns:
        {contract_id: id, customer_id: account, starts_on: start, ends_on: end, monthly_value: mrr, reason_category: why}
`,
        "subscriptions.csv": `id,account,start,end,mrr,why
S1,A,2025-01-01,,100,
S2,B,2025-01-01,2025-06-01,50,Pricing
S3,C,2099-01-01,,70,
S4,D,2025-05-01,2025-04-01,70,
S5,E,1900-01-01,,70,
`,
      },
      async ({ rows, quarantine }) => {
        expect(
          await rows("select contract_id, reason_category from staging.contracts order by contract_id"),
        ).toEqual([
          { contract_id: "S1", reason_category: null },
          { contract_id: "S2", reason_category: "price" },
          { contract_id: "S3", reason_category: null },
        ]);
        expect((await quarantine()).map(({ place, rules }) => [place, ...rules])).toEqual([
          ["subscriptions.csv:5", ["ends_on", "time_order"]],
          ["subscriptions.csv:6", ["starts_on", "too_early"]],
        ]);
      },
    ));
});
