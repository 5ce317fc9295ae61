import { readFileSync, statSync } from "node:fs";
import { inflateSync } from "node:zlib";
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFString,
} from "pdf-lib";
import { type CarriedFigures, carriedSchema } from "../../published/carriedFigures.js";
import { CliError } from "../../run/error.js";
import { type Told, told } from "../../words/told.js";
import { decryptPdf, isLocked } from "../encryptPdf.js";
import { isAsWritten } from "./asWritten.js";
import { attachmentName } from "./attachFigures.js";
import { figuresDigest } from "./figuresDigest.js";
import { isLockedAsWritten } from "./lockedAsWritten.js";
import { pagesDigest } from "./pagesDigest.js";
import { printedText } from "./printedText.js";
import { type Overpacked, overpacked } from "./unpacked.js";

/** No pack comes near these, in bytes. */
const most = { file: 256 * 2 ** 20, figures: 32 * 2 ** 20 };

/**
 * Whether pages are as they were printed: `covered` where only notes, form fields or signatures were laid over them, `retold`
 * where only what is said beside them is other: tags with alternative texts, bookmarks, properties; `rewritten` where what is drawn reads
 * the same but the file is not as `export` writes it, so that other readers may find other pages in it.
 */
export type PagesState = "printed" | "retold" | "covered" | "rewritten" | "altered";

export interface ReadCarried extends Pick<CarriedFigures, "figures"> {
  pages: PagesState;
  /** Whether the figures are those whose digest stands beside them. */
  attachment: "printed" | "altered";
  /** What its pages draw, as text. */
  text: string;
}

/**
 * The figures that a PDF carries, what its pages say, and whether they are as they were printed.
 * @param password of a file that is locked
 * @throws CliError 2 for what is no PDF, is locked otherwise or broken, or carries no figures
 */
export async function readCarried(path: string, password?: string): Promise<ReadCarried> {
  const fault = (wrong: Told) => new CliError(told("verify.unreadable", { file: path, wrong }), 2);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw fault(told("verify.noFile"));
  if (stat.size > most.file) throw fault(told("verify.tooLarge", { mb: most.file / 2 ** 20 }));
  const file = readFileSync(path);
  if (file.subarray(0, 1024).indexOf("%PDF-") < 0) throw fault(told("verify.noPdf"));
  const load = (pdf: Uint8Array) =>
    PDFDocument.load(pdf, { updateMetadata: false, throwOnInvalidObject: true });
  const broken = (error: unknown): never => {
    const isOther = error instanceof Error && error.message === "Password incorrect";
    throw fault(told(isOther ? "verify.otherPassword" : "verify.broken"));
  };
  const refusal = (over: NonNullable<Overpacked>) =>
    fault(over === "other" ? told("verify.packed") : told("verify.tooLarge", { mb: over.most / 2 ** 20 }));
  const requireBounded = async (pdf: Uint8Array) => {
    const over = await overpacked(pdf);
    if (over) throw refusal(over);
  };
  await requireBounded(file);
  let bytes: Uint8Array = file;
  let isWhole: boolean | undefined;
  const document = await load(file).catch(async (error: unknown) => {
    if (!(await isLocked(file))) return broken(error);
    if (password === undefined) throw fault(told("verify.encrypted"));
    const opened = await decryptPdf(file, password).catch(broken);
    if (!(opened instanceof Uint8Array)) throw refusal(opened);
    bytes = opened;
    await requireBounded(bytes);
    isWhole = await isLockedAsWritten(file, password).catch(broken);
    return load(bytes).catch(broken);
  });
  try {
    const found = attachmentsOf(document).filter(({ names }) => names.includes(attachmentName));
    const [attached] = found;
    if (!attached) throw fault(told("verify.noFigures", { name: attachmentName }));
    if (found.length > 1)
      throw fault(told("verify.manyFigures", { name: attachmentName, count: found.length }));
    const { figures, isOwn, ...printed } = parsed(contentOf(attached.file));
    const now = pagesDigest(document);
    const isDrawn = now.pages_sha256 === printed.pages_sha256;
    const isBare = now.notes_sha256 === printed.notes_sha256;
    const isSaid = now.words_sha256 === printed.words_sha256;
    isWhole ??= await isAsWritten(file, document);
    const laid = !isBare ? "covered" : isSaid ? "printed" : "retold";
    const pages = !isDrawn ? "altered" : isWhole ? laid : "rewritten";
    return { figures, pages, attachment: isOwn ? "printed" : "altered", text: await printedText(bytes) };
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw fault(told("verify.noneOfOurs", { name: attachmentName }));
  }
}

interface Attachment {
  /** All that it is called. */
  names: string[];
  file: PDFObject | undefined;
}

/** The files attached to a PDF, through all branches of their tree. */
function attachmentsOf({ catalog }: PDFDocument): Attachment[] {
  const root = catalog
    .lookupMaybe(PDFName.of("Names"), PDFDict)
    ?.lookupMaybe(PDFName.of("EmbeddedFiles"), PDFDict);
  const found: Attachment[] = [];
  const open = root ? [root] : [];
  const seen = new Set<PDFDict>();
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const kids = node.lookupMaybe(PDFName.of("Kids"), PDFArray);
    for (let at = 0; kids && at < kids.size(); at += 1) open.push(kids.lookup(at, PDFDict));
    const names = node.lookupMaybe(PDFName.of("Names"), PDFArray);
    for (let at = 0; names && at + 1 < names.size(); at += 2) {
      const file = names.lookup(at + 1, PDFDict);
      const called = [names.lookup(at), ...["F", "UF"].map((key) => file.lookup(PDFName.of(key)))];
      found.push({
        names: called.flatMap((name) =>
          name instanceof PDFHexString || name instanceof PDFString ? name.decodeText() : [],
        ),
        file: file.lookup(PDFName.of("EF"), PDFDict).lookup(PDFName.of("F")),
      });
    }
  }
  return found;
}

/** What an attachment holds, of which no more is unpacked than the most that figures take. */
function contentOf(file: PDFObject | undefined): string {
  if (!(file instanceof PDFRawStream)) throw new Error("no stream");
  const filter = file.dict.lookup(PDFName.of("Filter"));
  const isPacked = filter === PDFName.of("FlateDecode");
  if ((filter !== undefined && !isPacked) || file.dict.has(PDFName.of("DecodeParms")))
    throw new Error("packed by others");
  const bytes = isPacked ? inflateSync(file.contents, { maxOutputLength: most.figures }) : file.contents;
  if (bytes.length > most.figures) throw new Error("too much");
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

function parsed(text: string): CarriedFigures & { isOwn: boolean } {
  const json: unknown = JSON.parse(text, (key, value: unknown) => {
    if (key === "__proto__") throw new Error("not a name");
    return value;
  });
  const carried = carriedSchema.parse(json);
  const { figures } = json as { figures: unknown };
  return { ...carried, isOwn: figuresDigest(figures) === carried.figures_sha256 };
}
