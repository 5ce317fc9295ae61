import { readFileSync, statSync } from "node:fs";
import { inflateSync } from "node:zlib";
import {
  EncryptedPDFError,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFString,
} from "pdf-lib";
import { type CarriedFigures, carriedSchema } from "../published/carriedFigures.js";
import { CliError } from "../run/error.js";
import { type Told, told } from "../words/told.js";
import { attachmentName } from "./attachFigures.js";
import { pagesDigest } from "./pagesDigest.js";

/** No pack comes near these, in bytes. */
const most = { file: 256 * 2 ** 20, figures: 32 * 2 ** 20 };

/** Whether pages are as they were printed: `covered` where only notes, form fields or signatures were laid over them. */
export type PagesState = "printed" | "covered" | "altered";

export interface ReadCarried extends Pick<CarriedFigures, "figures"> {
  pages: PagesState;
}

/**
 * The figures that a PDF carries, and whether its pages are as they were printed.
 * @throws CliError 2 for what is no PDF, is encrypted or broken, or carries no figures
 */
export async function readCarried(path: string): Promise<ReadCarried> {
  const fault = (wrong: Told) => new CliError(told("verify.unreadable", { file: path, wrong }), 2);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw fault(told("verify.noFile"));
  if (stat.size > most.file) throw fault(told("verify.tooLarge", { mb: most.file / 2 ** 20 }));
  const bytes = readFileSync(path);
  if (bytes.subarray(0, 1024).indexOf("%PDF-") < 0) throw fault(told("verify.noPdf"));
  const document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true }).catch(
    (error: unknown) => {
      throw fault(told(error instanceof EncryptedPDFError ? "verify.encrypted" : "verify.broken"));
    },
  );
  try {
    const found = attachmentsOf(document).filter(({ names }) => names.includes(attachmentName));
    const [attached] = found;
    if (!attached) throw fault(told("verify.noFigures", { name: attachmentName }));
    if (found.length > 1)
      throw fault(told("verify.manyFigures", { name: attachmentName, count: found.length }));
    const { figures, ...printed } = parsed(contentOf(attached.file));
    const now = pagesDigest(document);
    const isDrawn = now.pages_sha256 === printed.pages_sha256;
    const isBare = now.notes_sha256 === printed.notes_sha256;
    return { figures, pages: !isDrawn ? "altered" : isBare ? "printed" : "covered" };
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

function parsed(text: string): CarriedFigures {
  const json: unknown = JSON.parse(text, (key, value: unknown) => {
    if (key === "__proto__") throw new Error("not a name");
    return value;
  });
  return carriedSchema.parse(json);
}
