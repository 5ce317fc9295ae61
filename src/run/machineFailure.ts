import { told } from "../words/told.js";
import { CliError } from "./error.js";
import { missingPackage } from "./missingPackage.js";

/** Codes of Node, and what DuckDB and other programs say → what it means. */
const kinds = [
  // On a read-only file system Node says so only where the folder above is there.
  [/\bENOENT: [^']*, mkdir '/, "machine.noPlace"],
  [/\bENOSPC\b|\bEDQUOT\b|no space left|disk quota exceeded/i, "machine.full"],
  [/\bEFBIG\b|file too large/i, "machine.fileLimit"],
  [/\bEROFS\b|read-only file system/i, "machine.readOnly"],
  [/\bEACCES\b|\bEPERM\b|permission denied|operation not permitted/i, "machine.forbidden"],
  [/\bENOTDIR\b|not a directory/i, "machine.noFolder"],
  [/\bEISDIR\b|is a directory/i, "machine.noFile"],
  [/\bEMFILE\b|\bENFILE\b|too many open files/i, "machine.openFiles"],
  [/\bENAMETOOLONG\b|file name too long/i, "machine.longName"],
  [/\bELOOP\b|too many levels of symbolic links/i, "machine.linkCircle"],
  [/\bEIO\b|input\/output error/i, "machine.diskError"],
  [/\bEBUSY\b|device or resource busy/i, "machine.busy"],
  [/\bENOENT\b|no such file or directory/i, "machine.gone"],
] as const;

/** Of DuckDB, of Node, and of a Node process under this one. */
const memory =
  /^Out of Memory Error|heap out of memory|^RangeError: (Array buffer allocation|Invalid string length)/m;

/** That memory did not suffice, whatever has been made of it since; undefined for any other failure. */
export function outOfMemory(error: unknown): CliError | undefined {
  const text = error instanceof Error ? `${error.name}: ${error.message}\n${error.message}` : String(error);
  if (memory.test(text)) return new CliError(told("machine.memory"), 1, { cause: error });
  return error instanceof Error && error.cause !== undefined ? outOfMemory(error.cause) : undefined;
}

/**
 * What the machine refused, as a failure that is told in one line; undefined where the program is at fault.
 * @param error anything thrown, or what a program under this one has written
 */
export function machineFailure(error: unknown): CliError | undefined {
  const short = outOfMemory(error);
  if (short) return short;
  if (error instanceof CliError) return error;
  const name = missingPackage(error);
  if (name !== undefined) return new CliError(told("package.missing", { name }), 2, { cause: error });
  const text = error instanceof Error ? `${codeOf(error)} ${error.message}`.trim() : String(error);
  const isExpected = !(error instanceof Error) || codeOf(error) !== "" || ofEngine.test(error.message);
  const [, what] = (isExpected && kinds.find(([sign]) => sign.test(text))) || [];
  if (what) {
    const place = placeOf(error, text);
    const wording = place === undefined ? told(what) : told("machine.at", { what: told(what), place });
    return new CliError(wording, 1, { cause: error });
  }
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? undefined : machineFailure(cause);
}

/** How DuckDB begins what failed: `IO Error:`, and when rows are appended. */
const ofEngine = /^([A-Z][\w ]* Error:|Failed to (append|commit|flush|close)\b)/;

const codeOf = (error: Error) => {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return typeof code === "string" && syscall !== undefined ? code : "";
};

/** The file it is about: what the error names, else what stands in quotes. */
function placeOf(error: unknown, text: string): string | undefined {
  const { path, dest } = (error ?? {}) as NodeJS.ErrnoException & { dest?: string };
  return dest ?? path ?? /["'](\/[^"'\n]*|[A-Z]:\\[^"'\n]*)["']/.exec(text)?.[1];
}
