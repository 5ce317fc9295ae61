import { type Document, LineCounter, parseAllDocuments } from "yaml";
import { type CliError, fileFault } from "../run/error.js";

/** How many times an alias may be put in, counted through aliases of aliases: no catalogue needs as many. */
const mostAliases = 100;

/** What texts were found to hold: a build or an answer asks for the same few files again and again. */
const known = new Map<string, unknown>();

/**
 * The content of YAML text as plain values.
 * @throws CliError 2 naming file, line and what is wrong: its syntax, a key that stands twice, an unknown tag, aliases
 * beyond measure, several documents, or nothing at all
 */
export function parseYaml(text: string, file: string, options: { whenEmpty?: unknown } = {}): unknown {
  if (!known.has(text)) {
    const content = parseAnew(text, file, options);
    if (content === options.whenEmpty) return content;
    known.set(text, content);
  }
  return structuredClone(known.get(text));
}

function parseAnew(text: string, file: string, { whenEmpty }: { whenEmpty?: unknown }): unknown {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const [document, second] = "empty" in documents ? [] : (documents as Document.Parsed[]);
  const fault = [document, second].flatMap((each) => [...(each?.errors ?? []), ...(each?.warnings ?? [])])[0];
  const at = (offset: number) => lines.linePos(offset).line;
  if (fault) throw syntaxFault(file, at(fault.pos[0]), fault.code);
  if (second) throw syntaxFault(file, at(second.range[0]), "MULTIPLE_DOCS");
  if (!document || document.contents === null || isEmptyScalar(document.contents)) {
    if (whenEmpty !== undefined) return whenEmpty;
    throw fileFault(file, "", { en: "the file is empty", zh: "文件是空的" });
  }
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw /excessive/i.test(error.message)
      ? fileFault(file, "", {
          en: `too many aliases (*name), at most ${mostAliases} are put in`,
          zh: `别名（*名称）过多，展开后最多 ${mostAliases} 处`,
        })
      : syntaxFault(file, 1, "BAD_ALIAS");
  }
}

const isEmptyScalar = (node: unknown) =>
  typeof node === "object" && node !== null && "source" in node && node.source === "";

function syntaxFault(file: string, line: number, code: string): CliError {
  const [en, zh] = words[code] ?? ["not valid YAML", "不是有效的 YAML"];
  return fileFault(file, "", { en: `line ${line}: ${en}`, zh: `第 ${line} 行：${zh}` });
}

const words: Readonly<Record<string, readonly [string, string]>> = {
  DUPLICATE_KEY: ["the key stands twice in its map", "同一层中这个键出现了两次"],
  TAB_AS_INDENT: ["indented with a tab (expected spaces)", "用制表符缩进（应为空格）"],
  BAD_INDENT: [
    "the indentation does not fit, or a bracket is not closed",
    "缩进与上下文不符，或括号没有闭合",
  ],
  MISSING_CHAR: ["a colon, comma, quote or closing bracket is missing", "缺少冒号、逗号、引号或闭合的括号"],
  MULTILINE_IMPLICIT_KEY: [
    "a key has to stand on one line, with a colon behind it",
    "键必须在一行之内，后面有冒号",
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    "a key within a value (a colon in a text needs quotes around the text)",
    "值里面又有键（文字中含冒号时要加引号）",
  ],
  BLOCK_IN_FLOW: ["an indented block within brackets", "括号之内不能有缩进的块"],
  BAD_DQ_ESCAPE: ["an unknown escape within double quotes", "双引号内有未知的转义"],
  BAD_SCALAR_START: [
    "a text cannot begin with this character without quotes",
    "不加引号的文字不能以这个字符开头",
  ],
  BAD_ALIAS: ["an alias (*name) of nothing above it", "别名（*名称）所指的内容不在它之前"],
  TAG_RESOLVE_FAILED: ["an unknown tag (!name)", "未知的标签（!名称）"],
  NON_STRING_KEY: ["a key that is no text", "键不是文字"],
  MULTIPLE_DOCS: ["a second document (---), expected one", "文件里有第二个文档（---），只能有一个"],
  UNEXPECTED_TOKEN: ["something that does not belong here", "这里有多余的内容"],
};
