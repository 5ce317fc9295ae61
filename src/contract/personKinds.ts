/** Who can be forgotten. */
export const personKinds = ["customer", "employee", "lead", "contact"] as const;

export type PersonKind = (typeof personKinds)[number];
