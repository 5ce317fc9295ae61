/** Rows of before this day are placeholders rather than history, unless the settings say otherwise. */
export const defaultRecordFloor = "1970-01-01";
