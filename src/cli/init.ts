import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { init } from "../init/index.js";
import type { InitRow } from "../init/write/rows.js";
import { ownCatalogue } from "../load/plan.js";
import { CliError } from "../run/error.js";
import { shellWord } from "../run/shellWord.js";
import type { Language } from "../words/languages.js";
import { told } from "../words/told.js";
import { type Wording, worded } from "../words/wording.js";
import type { Effects } from "./effects.js";
import { languageFor } from "./language.js";
import { connectedBy, requireNoUrl, type WhereOptions } from "./options/connected.js";
import { align } from "./print/align.js";

/** `init`: writes the mapping of a folder of files, as far as it can be guessed. */
export async function initCommand(
  folder: string | undefined,
  options: { lang?: Language; force?: boolean; allowOutside?: boolean } & WhereOptions,
  effects: Effects,
): Promise<void> {
  const named = folder ?? "data/extracts";
  requireNoUrl(named);
  const dataDir = resolve(effects.cwd, named);
  const connected = connectedBy(options, effects.env);
  const found = statSync(dataDir, { throwIfNoEntry: false });
  // A database needs no folder of files: what is written of it makes one.
  if (!found?.isDirectory() && (found || !connected))
    throw new CliError(told("extracts.missing", { folder: named }), 2);
  const machineZone = effects.env.TZ || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = existsSync(join(dataDir, ownCatalogue, "settings.yaml"));
  const lang = options.lang ?? (known ? languageFor({ ...options, data: dataDir }, effects) : undefined);
  const { rows, written, language } = await init({
    dataDir,
    machineZone,
    ...(lang ? { lang } : {}),
    ...(connected ? { connected } : {}),
    ...(options.force ? { isForced: true } : {}),
    ...(options.allowOutside ? { allowOutside: true } : {}),
  });
  const say = (message: Wording) => worded(message, language);
  const line = (message: Wording) => effects.stdout.write(`${say(message)}\n`);
  const read = rows.filter(({ table }) => table !== null);
  if (read.length > 0) effects.stdout.write(tableOf(read, say));
  for (const { files, why } of read)
    if (why !== undefined) line(told("init.fileAsks", { file: files[0] ?? "", why }));
  for (const { files, askedEncoding: encoding } of read)
    if (encoding !== undefined) line(told("init.confirmEncoding", { file: files[0] ?? "", encoding }));
  const idle = rows.filter(({ table }) => table === null);
  for (const { files, why = "" } of idle.slice(0, mostIdle))
    line(told("init.notRead", { file: files[0] ?? "", why }));
  if (idle.length > mostIdle) line(told("init.moreNotRead", { count: String(idle.length - mostIdle) }));
  for (const file of written) line(told("init.written", { file: `${named}/${file}` }));
  line(read.length > 0 ? told("init.next", { folder: shellWord(named) }) : told("init.noTable"));
}

/** So many files that no table is read from are told on the terminal; `sources.yaml` has all. */
const mostIdle = 12;

/** The files that tables are read from, and how sure the columns are. */
function tableOf(rows: readonly InitRow[], say: (message: Wording) => string): string {
  const head = ["init.file", "init.table", "init.sure", "init.likely", "init.unsure", "init.others"] as const;
  const body = rows.map(({ files, sheet, table, preset, sure, likely, unsure, unmapped }) => {
    const [file = ""] = files;
    const name = sheet === undefined ? file : `${file}/${sheet}`;
    const others = files.length > 1 ? ` ${say(told("init.files", { count: String(files.length) }))}` : "";
    const counts = preset
      ? ["–", "–", "–", `preset: ${preset}`]
      : [sure, likely, unsure, unmapped].map(String);
    return [`${name}${others}`, table ?? "", ...counts];
  });
  return align([head.map((id) => say(told(id))), ...body]);
}
