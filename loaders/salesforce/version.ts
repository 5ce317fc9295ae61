/** The version of Salesforce's interface that is spoken: each is kept for years. */
export const version = "v60.0";
