import { CliError } from "./error.js";

interface Kind {
  /** Codes of Node, and what DuckDB and other programs say. */
  sign: RegExp;
  en: string;
  zh: string;
}

const kinds: readonly Kind[] = [
  {
    sign: /\bENOSPC\b|\bEDQUOT\b|no space left|disk quota exceeded/i,
    en: "the disk is full",
    zh: "磁盘空间不足",
  },
  { sign: /\bEROFS\b|read-only file system/i, en: "the file system is read-only", zh: "文件系统为只读" },
  {
    sign: /\bEACCES\b|\bEPERM\b|permission denied|operation not permitted/i,
    en: "missing permission",
    zh: "没有权限",
  },
  {
    sign: /\bENOTDIR\b|not a directory/i,
    en: "a folder is needed where a file is",
    zh: "此处须是文件夹，却是文件",
  },
  {
    sign: /\bEISDIR\b|is a directory/i,
    en: "a file is needed where a folder is",
    zh: "此处须是文件，却是文件夹",
  },
  { sign: /\bEMFILE\b|\bENFILE\b|too many open files/i, en: "too many open files", zh: "打开的文件过多" },
  { sign: /\bENAMETOOLONG\b|file name too long/i, en: "the name is too long", zh: "文件名过长" },
  { sign: /\bELOOP\b|too many levels of symbolic links/i, en: "links lead in a circle", zh: "链接形成循环" },
  { sign: /\bEIO\b|input\/output error/i, en: "the disk does not work", zh: "磁盘读写出错" },
  { sign: /\bEBUSY\b|device or resource busy/i, en: "it is in use", zh: "正被占用" },
  { sign: /\bENOENT\b|no such file or directory/i, en: "it is not there any more", zh: "文件已不存在" },
];

/** Of DuckDB, of Node, and of a Node process under this one. */
const memory: Kind = {
  sign: /^Out of Memory Error|heap out of memory|^RangeError: (Array buffer allocation|Invalid string length)/m,
  en: "not enough memory or temporary disk space",
  zh: "内存或临时磁盘空间不足",
};

/** That memory did not suffice, whatever has been made of it since; undefined for any other failure. */
export function outOfMemory(error: unknown): CliError | undefined {
  const text = error instanceof Error ? `${error.name}: ${error.message}\n${error.message}` : String(error);
  if (memory.sign.test(text)) return new CliError({ en: memory.en, zh: memory.zh }, 1, { cause: error });
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
  const text = error instanceof Error ? `${codeOf(error)} ${error.message}`.trim() : String(error);
  const isExpected =
    !(error instanceof Error) || codeOf(error) !== "" || /^[A-Z][\w ]* Error:/.test(error.message);
  const kind = isExpected ? kinds.find(({ sign }) => sign.test(text)) : undefined;
  if (kind) {
    const place = placeOf(error, text);
    return new CliError({ en: kind.en + place, zh: kind.zh + place.replace(/^: /, "：") }, 1, {
      cause: error,
    });
  }
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? undefined : machineFailure(cause);
}

const codeOf = (error: Error) => {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return typeof code === "string" && syscall !== undefined ? code : "";
};

/** The file it is about: what the error names, else what stands in quotes. */
function placeOf(error: unknown, text: string): string {
  const { path, dest } = (error ?? {}) as NodeJS.ErrnoException & { dest?: string };
  const named = dest ?? path ?? /["'](\/[^"'\n]*|[A-Z]:\\[^"'\n]*)["']/.exec(text)?.[1];
  return named === undefined ? "" : `: ${named}`;
}
