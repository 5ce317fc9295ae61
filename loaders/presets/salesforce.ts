import type { Preset } from "./preset.js";
import { calendar, current, isDeleted, owner, tasks } from "./salesforceActivities.js";
import { isShortId, withLongIds } from "./salesforceIds.js";
import { salesforceObjects } from "./salesforceObjects.js";

/** Words of the standard picklists; a company's own are its own to say. */
const ticketWords = {
  type: {
    Question: "inquiry",
    Problem: "repair",
    "Feature Request": "request",
    Mechanical: "repair",
    Electrical: "repair",
    Electronic: "repair",
    Structural: "repair",
    Other: "inquiry",
  },
  severity: {
    Low: "general",
    Medium: "general",
    High: "serious",
    Critical: "very_serious",
    Urgent: "very_serious",
  },
  channel: { Web: "online", Chat: "online", Messaging: "online" },
};

const events = /* sql */ `regexp_matches(lower(coalesce({Type}, '')), 'event|conference|seminar|webinar|trade ?show|workshop|meeting|roadshow|summit')`;

/** Standard objects of Salesforce, by the API's names or those of copies in a database (`created_date`). */
export const salesforce: Preset = {
  objects: salesforceObjects,
  ids: { isOther: isShortId, usual: withLongIds },
  // A record merged into another is deleted and names it.
  merges: {
    account: [{ object: "account", gone: "{Id}", into: "{MasterRecordId}" }],
    lead: [{ object: "lead", gone: "{Id}", into: "{MasterRecordId}" }],
  },
  feeds: {
    customers: [
      {
        object: "account",
        columns: {
          customer_id: "{Id}",
          name: "{Name}",
          industry: "{Industry}",
          region: "{BillingCountry}",
          province: "{BillingState}",
          city: "{BillingCity}",
          employees: "{NumberOfEmployees}",
          // An account is made for whoever is talked to: a customer it is from its first deal won on.
          acquired_on: "date_of({won.CloseDate})",
          acquisition_channel: "{AccountSource}",
          owner_id: owner,
          updated_at: "at({SystemModstamp|LastModifiedDate})",
        },
        joins: {
          won: {
            object: "opportunity",
            by: "{AccountId@account}",
            to: "{Id}",
            only: "is({IsWon})",
            where: ["not is({IsDeleted})"],
          },
        },
        deleted: isDeleted,
        where: ["{MasterRecordId} is null", current],
      },
    ],
    tickets: [
      {
        object: "case",
        columns: {
          ticket_id: "{Id}",
          customer_id: "{AccountId@account}",
          type: "{Type}",
          severity: "{Priority}",
          channel: "{Origin}",
          created_at: "at({CreatedDate})",
          // A case that was opened again keeps no time in which it is closed.
          resolved_at: ["case when is({IsClosed}) then at({ClosedDate}) end", "at({ClosedDate})"],
          agent_id: owner,
          asset_id: "{AssetId}",
          root_cause: "{Reason}",
          updated_at: "at({SystemModstamp|LastModifiedDate})",
        },
        deleted: isDeleted,
        // A duplicate that was merged into another case says so.
        where: ["{MasterRecordId} is null", current],
        values: ticketWords,
      },
    ],
    leads: [
      {
        object: "lead",
        columns: {
          lead_id: "{Id}",
          created_at: "at({CreatedDate})",
          source: "{LeadSource}",
          owner_id: owner,
          region: "{Country}",
          // Days: one converted on the day it was made is converted at once, not at that day's midnight before.
          converted_at:
            "case when date_of({ConvertedDate}) = day({CreatedDate}) then at({CreatedDate}) else date_of({ConvertedDate}) end",
          customer_id: "{ConvertedAccountId@account}",
          updated_at: "at({SystemModstamp|LastModifiedDate})",
        },
        deleted: isDeleted,
        where: ["{MasterRecordId} is null", current],
      },
    ],
    opportunities: [
      {
        object: "opportunity",
        columns: {
          opportunity_id: "{Id}",
          lead_id: "{lead.Id}",
          customer_id: "{AccountId@account}",
          owner_id: owner,
          created_at: "at({CreatedDate})",
          stage: "{StageName}",
          amount: "{Amount}",
          currency: "{CurrencyIsoCode}",
          // Of what is open the day is but a guess.
          closed_at: [
            "case when is({IsClosed}) then date_of({CloseDate}) end",
            "case when {StageName} in ('Closed Won', 'Closed Lost') then date_of({CloseDate}) end",
          ],
          won: [
            "case when is({IsClosed}) then is({IsWon}) end",
            "case {StageName} when 'Closed Won' then true when 'Closed Lost' then false end",
          ],
          updated_at: "at({SystemModstamp|LastModifiedDate})",
        },
        joins: { lead: { object: "lead", by: "{ConvertedOpportunityId}", to: "{Id}" } },
        deleted: isDeleted,
        where: [current],
      },
    ],
    orders: [
      {
        object: "order_item",
        needs: "order",
        columns: {
          order_id: "{OrderId}",
          line_no: "row_number() over (partition by {OrderId} order by {Id})",
          customer_id: "{order.AccountId@account}",
          ordered_at: "date_of({order.EffectiveDate})",
          owner_id: "{order.OwnerId}",
          product_id: "{Product2Id}",
          quantity: "{Quantity}",
          revenue: [
            "{TotalPrice}",
            "cast({Quantity} as decimal(18, 4)) * cast({UnitPrice} as decimal(18, 4))",
          ],
          currency: "{order.CurrencyIsoCode}",
        },
        joins: { order: { object: "order", by: "{Id}", to: "{OrderId}" } },
        deleted: isDeleted,
        where: ["lower({order.Status}) <> 'draft'", current],
      },
      {
        object: "order",
        unless: "order_item",
        columns: {
          order_id: "{Id}",
          line_no: "1",
          customer_id: "{AccountId@account}",
          ordered_at: "date_of({EffectiveDate})",
          owner_id: owner,
          revenue: "{TotalAmount}",
          currency: "{CurrencyIsoCode}",
          updated_at: "at({SystemModstamp|LastModifiedDate})",
        },
        deleted: isDeleted,
        // A draft was not ordered yet.
        where: ["lower({Status}) <> 'draft'", current],
      },
    ],
    products: [
      {
        object: "product",
        columns: { product_id: "{Id}", name: "{Name}", category: "{Family}" },
        // One that is not sold any more still stands in orders.
        where: [current],
      },
    ],
    contracts: [
      {
        object: "contract",
        columns: {
          contract_id: "{Id}",
          customer_id: "{AccountId@account}",
          starts_on: "date_of({StartDate})",
          // Salesforce's is the last day on which it holds, the contract's the first on which it does not.
          ends_on: "cast(date_of({EndDate}) as date) + 1",
          currency: "{CurrencyIsoCode}",
          updated_at: "at({SystemModstamp|LastModifiedDate})",
        },
        deleted: isDeleted,
        where: ["lower({Status}) not in ('draft', 'in approval process')", current],
      },
    ],
    contacts: [tasks, calendar],
    employees: [
      {
        object: "user",
        columns: {
          employee_id: "{Id}",
          name: ["{Name}", "concat_ws(' ', {FirstName}, {LastName})"],
          department: "{Department}",
          team: "{Division}",
          role: "{Title}",
          manager_id: "{ManagerId}",
        },
        // Users of portals, guests and processes are nobody's employees; one who left stays, with what he did.
        where: [
          "coalesce({UserType}, '') not in ('AutomatedProcess', 'Guest', 'CspLitePortal', 'CustomerSuccess', 'PowerCustomerSuccess', 'PowerPartner', 'CsnOnly', 'CloudIntegrationUser')",
          current,
        ],
      },
    ],
    events: [
      {
        object: "campaign",
        columns: { event_id: "{Id}", name: "{Name}", type: "{Type}", held_on: "date_of({StartDate})" },
        deleted: isDeleted,
        only: events,
        where: ["{StartDate} is not null", current],
      },
    ],
    event_invitations: [
      {
        object: "member",
        needs: "contact",
        columns: {
          event_id: "{CampaignId}",
          customer_id: "{contact.AccountId@account}",
          attended: ["bool_or(lower({Status}) = 'attended')", "bool_or(is({HasResponded}))"],
        },
        joins: {
          contact: { object: "contact", by: "{Id}", to: "{ContactId}" },
          campaign: { object: "campaign", by: "{Id}", to: "{CampaignId}" },
        },
        // A company is invited once, whoever of it comes; a lead is no customer.
        groupBy: ["event_id", "customer_id"],
        deleted: isDeleted,
        only: events.replaceAll("{Type}", "{campaign.Type}"),
        where: ["{contact.AccountId} is not null", "{campaign.StartDate} is not null"],
      },
    ],
  },
};
