/** Whether a spreadsheet may take a text for a formula: by its first sign, a full-width one, a tab or a line end, too. */
export const isRunBySpreadsheets = (text: string): boolean => /^[=+\-@\t\r\n＝＋－＠]/.test(text);
