import { existsSync, readdirSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { kindOfFile, membersOf, placeOfSheet } from "../../loaders/index.js";
import { requireInside, requireReceived } from "../catalogue/receivedFile.js";
import { fileFault } from "../run/error.js";
import { told } from "../words/told.js";

/** Where extracts are looked for. */
export interface Folder {
  dataDir: string;
  files: string[];
  /** The folder that they have to lie in, links followed; null where they may lie anywhere. */
  inside: string | null;
  archives: Archives;
}

/** The archives of a folder that were looked into. */
export class Archives {
  private readonly known = new Map<string, Awaited<ReturnType<typeof membersOf>>>();

  constructor(
    private readonly dataDir: string,
    private readonly inside: string | null,
  ) {}

  /** The names of an archive's members that can be extracts: hidden ones are none. */
  async membersOf(archive: string): Promise<string[]> {
    const known = this.known.get(archive);
    if (known) return known.files;
    const path = join(this.dataDir, archive);
    requireReceived(path, this.inside);
    const { files, others } = await membersOf(path);
    const isHidden = (name: string) => /(^|\/)(\.|__MACOSX\/)/.test(name);
    const found = { files: files.filter((name) => !isHidden(name)).sort(inNaturalOrder), others };
    this.known.set(archive, found);
    return found.files;
  }

  /** Files with what lies in those that were looked into. */
  opened(files: readonly string[]): string[] {
    return files.flatMap((file) => this.known.get(file)?.files.map((name) => `${file}/${name}`) ?? [file]);
  }

  /** What is no file to be read in the archives that were looked into. */
  others(): string[] {
    return [...this.known].flatMap(([archive, { others }]) => others.map((name) => `${archive}/${name}`));
  }
}

/** The files that a source's patterns for a raw table match. */
export async function matching(
  { dataDir, files, inside, archives }: Folder,
  source: string,
  part: string,
  patterns: readonly string[],
): Promise<string[]> {
  // Before anything is looked for: what is answered must not tell what there is outside.
  for (const pattern of patterns) requireInside(fixedPlace(pattern, dataDir).folder, inside, pattern);
  const path = part === "extract" ? "files" : `files.${part}`;
  const found = new Set<string>();
  for (const named of patterns) {
    const { workbook: pattern, sheet } = placeOfSheet(named);
    const place = (file: string) => (sheet === undefined ? file : `${file}/${sheet}`);
    const [, archivePattern, memberPattern] = /^(.*?\.zip)(?:\/(.+))?$/i.exec(pattern) ?? [];
    const matched = expand(archivePattern ?? pattern, files, dataDir);
    for (const file of matched) {
      if (archivePattern === undefined) found.add(place(file));
      else
        for (const member of membersMatching(await archives.membersOf(file), memberPattern, {
          source,
          path,
          archive: file,
        }))
          found.add(place(`${file}/${member}`));
    }
  }
  if (found.size > 0) return [...found].sort(inNaturalOrder);
  throw fileFault("sources.yaml", `${source}.${path}`, told("sources.noMatch", { patterns }));
}

/** The members of an archive that a pattern means; without one its only extract. */
function membersMatching(
  members: readonly string[],
  pattern: string | undefined,
  { source, path, archive }: { source: string; path: string; archive: string },
): readonly string[] {
  if (pattern !== undefined) return members.filter((member) => globToRegExp(pattern).test(member));
  const named = members.filter((member) => kindOfFile(member));
  const found = named.length > 0 ? named : members;
  if (found.length < 2) return found;
  const each = found.map((member) => `${archive}/${member}`);
  throw fileFault("sources.yaml", `${source}.${path}`, told("sources.severalMembers", { archive, each }));
}

/** What lies among the extracts and is none: their settings, those that `init --force` kept beside, the catalogue. */
export const ownFiles = /^(sources\.yaml|vocabulary\.yaml)(\.bak\d*)?$|^catalog\//;

/** Every file below a folder, and folders named like an extract that is no folder, as `/`-separated relative paths in natural order, hidden ones left out. */
export function listFiles(dir: string): string[] {
  const found = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() || isFileName(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(dir, "/").length).replaceAll("\\", "/"))
    .filter(
      (file) =>
        !file.split("/").some((segment) => segment.startsWith(".") || segment.startsWith(openInExcel)),
    );
  return found.sort(inNaturalOrder);
}

/** What the names of files begin with that Excel keeps beside the workbooks it has open. */
const openInExcel = "~$";

/** Paths in natural order: numbers as numbers, all else by code point. */
export function inNaturalOrder(a: string, b: string): number {
  const [one, other] = [a, b].map((path) => path.match(/[0-9]+|[^0-9]+/g) ?? []);
  for (const [index, piece] of (one ?? []).entries()) {
    const against = other?.[index];
    if (against === undefined) return 1;
    if (piece === against) continue;
    const areNumbers = /^[0-9]/.test(piece) && /^[0-9]/.test(against);
    const [left, right] = areNumbers ? [BigInt(piece), BigInt(against)] : [piece, against];
    if (left !== right) return left < right ? -1 : 1;
  }
  return (other?.length ?? 0) > (one?.length ?? 0) ? -1 : a < b ? -1 : a > b ? 1 : 0;
}

/** Files matching a pattern; one that leaves the folder (`../`, `/`) is looked up where its fixed part leads. */
function expand(pattern: string, files: string[], dataDir: string): string[] {
  const { folder, rest } = fixedPlace(pattern, dataDir);
  if (folder === dataDir) return files.filter((file) => globToRegExp(rest).test(file));
  if (!existsSync(folder)) return [];
  const matcher = globToRegExp(rest);
  return listFiles(folder)
    .filter((file) => matcher.test(file))
    .map((file) => relative(dataDir, join(folder, file)).split(sep).join("/"));
}

/** The folder below which files of a pattern are looked for, and what of the pattern their paths have to match there. */
function fixedPlace(pattern: string, dataDir: string): { folder: string; rest: string } {
  const path = isAbsolute(pattern) ? relative(dataDir, pattern).split(sep).join("/") : pattern;
  const segments = path.split("/");
  if (!segments.includes("..")) return { folder: dataDir, rest: path };
  const wild = segments.findIndex((segment, index) => /[*?]/.test(segment) || index === segments.length - 1);
  return { folder: join(dataDir, ...segments.slice(0, wild)), rest: segments.slice(wild).join("/") };
}

/** The paths that a pattern of `files` means. */
export function globToRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/^\.\//, "")
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/\*\*\/|\*\*|\*|\?/g, (wild) =>
      wild === "**/" ? "(?:.*/)?" : wild === "**" ? ".*" : wild === "*" ? "[^/]*" : "[^/]",
    );
  return new RegExp(`^${source}$`);
}

/** Whether a name is that of an extract, and of none that may be a folder. */
function isFileName(name: string): boolean {
  const kind = kindOfFile(name);
  return kind !== undefined && !kind.inParts;
}
