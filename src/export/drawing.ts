import { type Letters, utf16 } from "./toUnicode.js";

/** What there is to know of a page's drawing before it is read. */
export interface DrawingContext {
  /** What the codes of a font of the page stand for. */
  letters(font: string): Letters | undefined;
  /** Whether a marked sequence is content even without a text: a picture, or the dot of a list. */
  isDrawn(sequence: number): boolean;
  /** Whether it was there on an earlier page: the head of a table that goes on. */
  isRepeated(sequence: number): boolean;
  /** The language of the document, BCP 47. */
  lang: string;
}

export interface ReadDrawing {
  /** The drawing with all that is no content marked as such, and passages of the other language named. */
  drawing: string;
  /** The text of each marked sequence of content, a line break where it goes to another line. */
  texts: Map<number, string>;
  /** The marked sequences that are no content. */
  decoration: Set<number>;
  /** The marked sequences that are of the other language as a whole. */
  foreign: Set<number>;
}

/** How a passage of the other language is known. */
interface Passage {
  lang: string;
  letter: RegExp;
  /** A letter of the document's own language, which ends the passage. */
  own: RegExp;
  /** What a text has to have: an abbreviation, a name or a column of a file is no passage. */
  least: RegExp;
}

const han = /\p{Script=Han}/u;
const latin = /\p{Script=Latin}/u;
const chinese: Passage = { lang: "zh-CN", letter: han, own: latin, least: han };
const english: Passage = {
  lang: "en",
  letter: latin,
  own: han,
  least: /(?:\p{Script=Latin}{2,}[ ,;:.’'-]+){2,}\p{Script=Latin}{2,}/u,
};

/** The language that passages in another script than the document's are of. */
export function otherLanguage(lang: string): string {
  return passageIn(lang).lang;
}

const passageIn = (lang: string): Passage => (lang.startsWith("zh") ? english : chinese);

/** Lines of a drawing from which to which a passage goes. */
interface Run {
  from: number;
  to: number;
}

/** A marked sequence with a number, which the tree of tags refers to. */
interface Sequence {
  id: number;
  begin: number;
  text: string;
  hasText: boolean;
  runs: Run[];
}

const layout = "/Artifact <</Type /Layout>> BDC";
/** A running header or footer, or the head of a table that goes on. */
const pagination = "/Artifact <</Type /Pagination>> BDC";

/**
 * Reads the drawing of a page, one operator a line as Chromium writes it. Content is what is in a marked sequence with a
 * number and has a text or is a picture; all else becomes an artifact, which a screen reader leaves out: running headers
 * and footers, backgrounds, rules, and lines of pictures that have words of their own.
 */
export function readDrawing(drawing: string, context: DrawingContext): ReadDrawing {
  const reader = new Reader(context);
  for (const line of drawing.split("\n")) reader.read(line);
  return reader.done();
}

class Reader {
  private readonly lines: string[] = [];
  private readonly texts = new Map<number, string>();
  private readonly decoration = new Set<number>();
  private readonly foreign = new Set<number>();
  private readonly passage: Passage;
  private depth = 0;
  private sequence: Sequence | null = null;
  /** Where a path outside of all sequences begins, which may turn out to be no more than a clip. */
  private path = -1;
  private isLoose = false;
  private inText = false;
  private letters: Letters | undefined;
  private lineY = "";
  /** A part of a text whose letters are told beside the drawing: the depth it is at, and its first line. */
  private told: { depth: number; from: number; text: string } | null = null;
  private run: Run | null = null;

  constructor(private readonly context: DrawingContext) {
    this.passage = passageIn(context.lang);
  }

  read(line: string): void {
    if (line.endsWith("BDC") || line.endsWith("BMC")) this.begin(line);
    else if (line === "EMC") this.end();
    else if (this.depth === 0) this.outside(line);
    else this.inside(line);
  }

  done(): ReadDrawing {
    this.closeLoose();
    const { lines, texts, decoration, foreign } = this;
    return { drawing: lines.join("\n"), texts, decoration, foreign };
  }

  private begin(line: string): void {
    if (this.depth === 0 && !this.inText) this.closeLoose();
    this.depth += 1;
    const at = this.lines.push(line) - 1;
    const [, id] = /\/MCID (\d+)/.exec(line) ?? [];
    if (id !== undefined) {
      this.sequence = { id: Number(id), begin: at, text: "", hasText: false, runs: [] };
      this.lineY = "";
    }
    const [, text] = /\/ActualText\s*<FEFF([0-9A-F]*)>/i.exec(line) ?? [];
    if (text !== undefined) this.told ??= { depth: this.depth, from: at, text: utf16(text) };
  }

  private end(): void {
    const at = this.lines.push("EMC") - 1;
    if (this.told?.depth === this.depth) {
      this.add(this.told.text, { from: this.told.from, to: at });
      this.told = null;
    }
    this.depth -= 1;
    if (this.depth === 0 && this.sequence) this.close(this.sequence);
  }

  private close({ id, begin, text, hasText, runs }: Sequence): void {
    this.sequence = null;
    this.run = null;
    const isRepeated = this.context.isRepeated(id);
    if (isRepeated || !(hasText || this.context.isDrawn(id))) {
      this.lines[begin] = isRepeated ? pagination : layout;
      this.decoration.add(id);
      return;
    }
    this.texts.set(id, text);
    if (!this.passage.least.test(text)) return;
    if (!this.passage.own.test(text)) this.foreign.add(id);
    for (const { from, to } of runs) {
      this.lines[from] = `/Span <</Lang (${this.passage.lang})>> BDC\n${this.lines[from]}`;
      this.lines[to] += "\nEMC";
    }
  }

  /** What is drawn within a sequence. */
  private inside(line: string): void {
    const at = this.lines.push(line) - 1;
    if (line.endsWith("Tf")) this.letters = this.context.letters(line.slice(1, line.indexOf(" ")));
    else if (line.endsWith("Tm")) this.moveTo(line);
    else if (line === "ET") this.run = null;
    else if (line.endsWith("Do") && this.sequence) this.sequence.hasText = true;
    else if ((line.endsWith("Tj") || line.endsWith("TJ")) && this.sequence) {
      this.sequence.hasText = true;
      if (!this.told) this.add(this.textOf(line), { from: at, to: at });
    }
  }

  private textOf(line: string): string {
    let text = "";
    for (const [, codes = ""] of line.matchAll(/<([0-9A-F]+)>/gi))
      for (let at = 0; at < codes.length; at += 4) text += this.letters?.get(codes.slice(at, at + 4)) ?? "";
    return text;
  }

  private moveTo(line: string): void {
    const y = line.split(" ").at(-2) ?? "";
    if (this.sequence && this.lineY !== "" && y !== this.lineY) this.sequence.text += "\n";
    this.lineY = y;
  }

  /** Adds a text to the sequence, and to the passage that it continues or begins. */
  private add(text: string, { from, to }: Run): void {
    if (!this.sequence) return;
    this.sequence.text += text;
    if (this.passage.letter.test(text)) {
      if (this.run) this.run.to = to;
      else {
        this.run = { from, to };
        this.sequence.runs.push(this.run);
      }
    } else if (this.passage.own.test(text)) this.run = null;
  }

  /** What is drawn outside of all sequences. */
  private outside(line: string): void {
    if (line === "BT") {
      this.closeLoose();
      this.lines.push(pagination);
      this.isLoose = true;
      this.inText = true;
    }
    if (line === "q" || line === "Q") this.closeLoose();
    const operator = line.slice(line.lastIndexOf(" ") + 1);
    if (this.path < 0 && starts.has(operator)) this.path = this.lines.length;
    const at = this.lines.push(line) - 1;
    if (line === "ET") {
      this.closeLoose();
      this.inText = false;
    }
    if (paints.has(operator)) this.openLoose(this.path < 0 ? at : this.path);
    if (paints.has(operator) || operator === "n") this.path = -1;
  }

  private openLoose(at: number): void {
    if (this.isLoose) return;
    this.lines[at] = `${layout}\n${this.lines[at]}`;
    this.isLoose = true;
  }

  private closeLoose(): void {
    if (this.isLoose) this.lines.push("EMC");
    this.isLoose = false;
    this.path = -1;
  }
}

/** The operators that begin a path, and those that draw. */
const starts = new Set(["m", "re"]);
const paints = new Set(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"]);
