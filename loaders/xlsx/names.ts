/** Of a name that leads to a sheet of a workbook, `台账.xlsx/客户`, the workbook and the sheet; no sheet's name has a `/`. */
export function placeOfSheet(name: string): { workbook: string; sheet: string | undefined } {
  const [, workbook = name, sheet] = /^(.+\.xls[xm])\/([^/]+)$/iu.exec(name) ?? [];
  return { workbook, sheet };
}

/** The workbook that a name leads to, or into. */
export const workbookOf = (name: string): string => placeOfSheet(name).workbook;
