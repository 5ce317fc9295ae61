import JSZip from "jszip";
import { refused } from "../../run/outputGuard.js";
import { told } from "../../words/told.js";
import { contentBefore, creator } from "../target.js";

const path = "docProps/core.xml";

/**
 * Gives a workbook's properties the day of its data. The library writes the clock's time there, the only thing in a file
 * that differs from run to run; it dates the archive's entries 1980, and so does this.
 */
export async function dated(workbook: Uint8Array, day: string): Promise<Uint8Array> {
  const archive = await JSZip.loadAsync(workbook);
  const entry = archive.file(path);
  if (entry === null) throw new Error(`the workbook has no ${path}`);
  const written = await entry.async("string");
  const properties = written.replace(/(<dcterms:(?:created|modified)\b[^>]*>)[^<]*/g, `$1${day}T00:00:00Z`);
  archive.file(path, properties, { date: entry.date, createFolders: false });
  return archive.generateAsync({ type: "uint8array", compression: "DEFLATE", platform: "DOS" });
}

/**
 * Refuses a file name that is taken by something else than an earlier workbook: another file, a folder, or a workbook that
 * somebody has saved since.
 * @throws CliError 2
 */
export async function refuseOthersWorkbook(file: string): Promise<void> {
  const content = contentBefore(file, told("workbook.taken"));
  if (content === null) return;
  const properties = await JSZip.loadAsync(content).then(
    async (archive) => (await archive.file(path)?.async("string")) ?? "",
    () => "",
  );
  const says = (element: string) => properties.includes(`<${element}>${creator}</${element}>`);
  if (!says("dc:creator")) throw refused(told("workbook.otherFile"), file);
  const [created, modified] = ["created", "modified"].map(
    (which) => new RegExp(`<dcterms:${which}\\b[^>]*>([^<]*)`).exec(properties)?.[1],
  );
  if (!says("cp:lastModifiedBy") || created !== modified) throw refused(told("workbook.edited"), file);
}
