import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** A file of a batch, as `manifest.json` lists it. */
export interface FileFacts {
  file: string;
  workbook: string | null;
  pack: string;
  scope: Record<string, string>;
  language: string;
  period: string;
  pages: number;
  bytes: number;
  sha256: string;
  /** It opens with a password. */
  locked: boolean;
}

/** What is noted of a file as soon as it is there. */
interface Note {
  facts: FileFacts;
  /** SHA-256 of the workbook, where there is one. */
  workbook_sha256: string | null;
}

export const notesName = "manifest.partial.jsonl";

/**
 * What a batch has made so far, a line a file beside the files, so that a batch that was killed goes on where it was. A
 * line that was cut off is none.
 */
export class BatchNotes {
  private readonly path: string;
  private readonly head: string;
  private readonly notes = new Map<string, Note>();
  private isBegun = false;

  /** @param order all that the files come from: notes of another are of no use */
  constructor(
    private readonly folder: string,
    order: unknown,
  ) {
    this.path = join(folder, notesName);
    const digest = createHash("sha256").update(JSON.stringify(order)).digest("hex");
    this.head = JSON.stringify({ creator: "Herringbone", order: digest });
    const [head, ...lines] = existsSync(this.path) ? readFileSync(this.path, "utf8").split("\n") : [];
    if (head !== this.head) return;
    for (const note of lines.flatMap(noteIn)) if (this.isThere(note)) this.notes.set(note.facts.file, note);
  }

  /** What is known of a file that is there as it was made. */
  of(file: string): FileFacts | undefined {
    return this.notes.get(file)?.facts;
  }

  add(facts: FileFacts): void {
    if (!this.isBegun) this.begin();
    const workbook_sha256 = facts.workbook && sha256(join(this.folder, facts.workbook));
    const note = { facts, workbook_sha256 };
    this.notes.set(facts.file, note);
    appendFileSync(this.path, lineOf(note));
  }

  /** All is made, and listed elsewhere. */
  drop(): void {
    rmSync(this.path, { force: true });
  }

  private begin(): void {
    const partial = `${this.path}.tmp`;
    writeFileSync(partial, `${this.head}\n${[...this.notes.values()].map(lineOf).join("")}`);
    renameSync(partial, this.path);
    this.isBegun = true;
  }

  private isThere({ facts: { file, workbook, sha256: made }, workbook_sha256 }: Note): boolean {
    const isSame = (each: string, digest: string | null) => {
      const path = join(this.folder, each);
      return existsSync(path) && sha256(path) === digest;
    };
    return isSame(file, made) && (workbook === null || isSame(workbook, workbook_sha256));
  }
}

const lineOf = (note: Note) => `${JSON.stringify(note)}\n`;

function noteIn(line: string): Note[] {
  try {
    return [JSON.parse(line) as Note];
  } catch {
    return [];
  }
}

const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** Removes what a killed run left half-written of these files. */
export function dropUnfinished(folder: string, files: readonly string[]): void {
  const known = new Set(files);
  for (const each of readdirSync(folder)) {
    const [, file = ""] = /^(.+)\.\d+\.tmp$/.exec(each) ?? [];
    if (known.has(file)) rmSync(join(folder, each), { force: true });
  }
}
