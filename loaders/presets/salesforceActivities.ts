import type { Feed } from "./preset.js";

/** In the recycle bin, or merged into another. */
export const isDeleted = "is({IsDeleted})";
/** Of tables that keep every version of a record, the one in force. */
export const current = "coalesce(lower({_fivetran_active}), 'true') <> 'false'";

/** Records of queues (00G…) belong to nobody yet. */
export const owner = "case when {OwnerId} not like '00G%' then {OwnerId} end";

/** What an activity was about, by the prefix of the record that it is related to; of a case it is service, of a deal sales. */
const purpose = [
  "case when {WhatId} like '006%' then 'sales' when {WhatId} like '500%' then 'service' else 'other' end",
  "'other'",
];

const contactWords = {
  channel: {
    Call: "phone",
    Meeting: "visit",
    "Face-to-Face": "visit",
    ListEmail: "email",
    "Email: Sent": "email",
  },
};

/** Meetings and calls of a calendar. Copies for each invited user and the head of a series are no meetings of their own. */
export const calendar: Feed = {
  object: "event",
  columns: {
    contact_id: "{Id}",
    customer_id: "{AccountId@account}",
    employee_id: owner,
    channel: ["coalesce({Type}, 'Meeting')", "'Meeting'"],
    contacted_at: [
      "coalesce(at({StartDateTime|ActivityDateTime}), date_of({ActivityDate}))",
      "at({StartDateTime|ActivityDateTime})",
    ],
    purpose,
    updated_at: "at({SystemModstamp|LastModifiedDate})",
  },
  deleted: isDeleted,
  // One with a lead (no account yet) is no contact with a customer, one that is to come none yet.
  where: [
    "{AccountId} is not null",
    current,
    "not is({IsChild})",
    "not is({IsRecurrence})",
    "not coalesce(try_cast(at({StartDateTime|ActivityDateTime|ActivityDate}) as timestamptz) > now(), false)",
  ],
  values: contactWords,
};

export const tasks: Feed = {
  object: "task",
  columns: {
    contact_id: "{Id}",
    customer_id: "{AccountId@account}",
    employee_id: owner,
    channel: [
      "coalesce({Type}, {TaskSubtype}, 'Task')",
      "coalesce({Type}, 'Task')",
      "coalesce({TaskSubtype}, 'Task')",
      "'Task'",
    ],
    contacted_at: [
      "coalesce(at({CompletedDateTime}), date_of({ActivityDate}))",
      "at({CompletedDateTime})",
      "date_of({ActivityDate})",
    ],
    purpose,
    updated_at: "at({SystemModstamp|LastModifiedDate})",
  },
  deleted: isDeleted,
  // What is still to be done is no contact yet.
  where: ["{AccountId} is not null", current, "is({IsClosed})", "not is({IsRecurrence})"],
  values: contactWords,
};
