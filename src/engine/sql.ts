/** An SQL identifier. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** An SQL text literal. */
export const literal = (value: string) => `'${value.replaceAll("'", "''")}'`;
