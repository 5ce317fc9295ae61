import { FileAttachment } from "observablehq:stdlib";
import { documents } from "../../src/published/documents.js";
import type { Pack, PrintJob } from "../../src/published/packTypes.js";

/** The report that the site shows where nothing else is asked for. */
const shown = "kpi-report";

/** What is to be drawn: what the printing asks for, else the whole report. */
export async function readJob(): Promise<PrintJob> {
  const asked = new URLSearchParams(location.search).get("job");
  if (asked !== null && /^[\w-]+$/.test(asked)) {
    const root = document.documentElement.dataset.root ?? "./";
    const response = await fetch(`${root}_print/${asked}.json`);
    if (!response.ok) throw new Error(`${response.status}: _print/${asked}.json`);
    return (await response.json()) as PrintJob;
  }
  const packs = await documents.packs.read(FileAttachment("../../data/kpi/packs.json"));
  const pack = packs.find(({ id }) => id === shown) ?? (packs[0] as Pack);
  return {
    pack,
    paper: pack.paper,
    scope: null,
    period: null,
    cells: null,
    rows: null,
    command: "npx herringbone export",
  };
}
