import type { Preset } from "./preset.js";

/** Standard objects of Salesforce: what they are called, by the API and in copies, and what tells each. */
export const salesforceObjects: Preset["objects"] = {
  case: {
    names: ["Case", "sf_case", "sf_case_data", "salesforce_case"],
    signature: ["CaseNumber", "ClosedDate|IsClosed|Status"],
  },
  account: {
    names: ["Account", "sf_account", "sf_account_data", "salesforce_account"],
    signature: ["MasterRecordId", "Name", "BillingCountry|BillingCity|BillingState", "Industry"],
  },
  lead: {
    names: ["Lead", "sf_lead", "sf_lead_data", "salesforce_lead"],
    signature: ["ConvertedAccountId|ConvertedDate", "LeadSource"],
  },
  opportunity: {
    names: [
      "Opportunity",
      "Opportunities",
      "sf_opportunity",
      "sf_opportunity_data",
      "salesforce_opportunity",
    ],
    signature: ["StageName", "CloseDate"],
  },
  order_item: {
    names: ["OrderItem", "OrderProduct", "sf_order_item", "sf_order_item_data"],
    signature: ["OrderId", "Quantity", "UnitPrice"],
  },
  order: {
    names: ["Order", "sf_order", "sf_order_data", "salesforce_order"],
    signature: ["EffectiveDate", "TotalAmount"],
  },
  product: {
    names: ["Product2", "Product", "sf_product_2", "sf_product_2_data"],
    signature: ["ProductCode", "Family"],
  },
  contract: {
    names: ["Contract", "sf_contract", "sf_contract_data"],
    signature: ["ContractNumber", "StartDate"],
  },
  task: {
    names: ["Task", "sf_task", "sf_task_data", "salesforce_task"],
    signature: ["TaskSubtype|CallType", "WhatId", "Status"],
  },
  event: {
    names: ["Event", "sf_event", "sf_event_data", "salesforce_event"],
    signature: ["WhatId", "StartDateTime|ActivityDateTime"],
  },
  user: {
    names: ["User", "sf_user", "sf_user_data", "salesforce_user"],
    signature: ["Username", "ProfileId|UserRoleId"],
  },
  member: {
    names: ["CampaignMember", "sf_campaign_member", "sf_campaign_member_data"],
    signature: ["CampaignId", "HasResponded"],
  },
  campaign: {
    names: ["Campaign", "sf_campaign", "sf_campaign_data"],
    signature: ["NumberSent|NumberOfResponses", "StartDate"],
  },
  contact: {
    names: ["Contact", "sf_contact", "sf_contact_data", "salesforce_contact"],
    signature: ["AccountId", "LastName", "ReportsToId"],
  },
  role: {
    names: ["UserRole", "sf_user_role", "sf_user_role_data"],
    signature: ["DeveloperName", "ParentRoleId"],
  },
};
