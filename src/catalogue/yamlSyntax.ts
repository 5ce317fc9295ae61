import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  parseDocument,
  visit,
} from "yaml";
import { type CliError, fileFault } from "../run/error.js";
import { type MessageId, told } from "../words/told.js";

/** How many times an alias may be put in, counted through aliases of aliases: no catalogue needs as many. */
const mostAliases = 100;

/** What texts were found to hold: a build or an answer asks for the same few files again and again. */
const known = new Map<string, unknown>();

/**
 * The content of YAML text as plain values.
 * @throws CliError 2 naming file, line and what is wrong: its syntax, a key that stands twice, an unknown tag, an alias of
 * what it stands in, aliases beyond measure, several documents, or nothing at all
 */
export function parseYaml(text: string, file: string, options: { whenEmpty?: unknown } = {}): unknown {
  if (!known.has(text)) {
    const content = parseAnew(text, file, options);
    if (content === options.whenEmpty) return content;
    known.set(text, content);
  }
  return structuredClone(known.get(text));
}

/** The line of what stands at a path of YAML text, or of the nearest that there is above it: a key that is missing has none. */
export function lineOf(text: string, path: readonly PropertyKey[]): number {
  const lines = new LineCounter();
  let node: unknown = parseDocument(text, { lineCounter: lines }).contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    const pair =
      isMap(node) && node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    const [place, next] = pair
      ? [pair.key, pair.value]
      : isSeq(node)
        ? Array(2).fill(node.items[Number(step)])
        : [];
    if (!isNode(place)) break;
    offset = place.range?.[0] ?? offset;
    node = next;
  }
  return lines.linePos(offset).line;
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
    throw fileFault(file, "", told("yaml.empty"));
  }
  const odd = oddNode(document);
  if (odd) throw syntaxFault(file, at(odd.node.range?.[0] ?? 0), odd.code);
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw /excessive/i.test(error.message)
      ? fileFault(file, "", told("yaml.aliases", { most: mostAliases }))
      : syntaxFault(file, 1, "BAD_ALIAS");
  }
}

/** What is well written and yet cannot be put into plain values. */
function oddNode(document: Document.Parsed): { node: Node; code: string } | undefined {
  let odd: { node: Node; code: string } | undefined;
  const found = (node: unknown, code: string) => {
    if (isNode(node)) odd = { node, code };
    return visit.BREAK;
  };
  const resolved = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  visit(document, {
    Alias: (_, alias, path) => {
      const of = alias.resolve(document);
      return of && path.includes(of) ? found(alias, "ALIAS_CIRCLE") : undefined;
    },
    Pair: (_, { key, value }) => {
      if (isCollection(resolved(key))) return found(key, "NON_STRING_KEY");
      // The sign of a key whose value's entries are put in.
      if (!isScalar(key) || typeof key.value !== "symbol") return undefined;
      const put = resolved(value);
      const sources = isSeq(put) ? put.items : [put];
      return sources.every((source) => isMap(resolved(source))) ? undefined : found(key, "UNEXPECTED_TOKEN");
    },
  });
  return odd;
}

const isEmptyScalar = (node: unknown) =>
  typeof node === "object" && node !== null && "source" in node && node.source === "";

function syntaxFault(file: string, line: number, code: string): CliError {
  const id = faults[code] ?? "yaml.invalid";
  return fileFault(file, "", told("file.line", { line, wrong: { id } }));
}

const faults: Readonly<Record<string, MessageId>> = {
  DUPLICATE_KEY: "yaml.duplicateKey",
  TAB_AS_INDENT: "yaml.tab",
  BAD_INDENT: "yaml.indent",
  MISSING_CHAR: "yaml.missingSign",
  MULTILINE_IMPLICIT_KEY: "yaml.longKey",
  BLOCK_AS_IMPLICIT_KEY: "yaml.keyInValue",
  BLOCK_IN_FLOW: "yaml.blockInBrackets",
  BAD_DQ_ESCAPE: "yaml.escape",
  BAD_SCALAR_START: "yaml.unquoted",
  BAD_ALIAS: "yaml.alias",
  ALIAS_CIRCLE: "yaml.aliasCircle",
  TAG_RESOLVE_FAILED: "yaml.tag",
  NON_STRING_KEY: "yaml.keyNoText",
  MULTIPLE_DOCS: "yaml.secondDocument",
  UNEXPECTED_TOKEN: "yaml.unexpected",
};
