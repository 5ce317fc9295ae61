import { SaxesParser, type SaxesTagPlain } from "saxes";
import { told } from "../../src/words/told.js";
import { mostDepth, mostText } from "./bounds.js";
import { damaged, tooLarge } from "./failures.js";

/** What is told of an XML text as it streams by. */
export interface XmlHandler {
  open(tag: SaxesTagPlain): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** A name without its namespace's prefix, which every writer chooses. */
export const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

export const attribute = (tag: SaxesTagPlain, name: string): string | undefined => tag.attributes[name];

/** @throws CliError 1 for what is no XML */
export async function parseXml(
  file: string,
  chunks: AsyncIterable<Buffer>,
  handler: XmlHandler,
): Promise<void> {
  for await (const _ of parsed(file, chunks, handler));
}

/**
 * Parses by chunks, and gives the floor back after each, so that what the handler made of it can be handed on.
 * @throws CliError 1 for what is no XML, or has a text longer than any of Excel's
 */
export async function* parsed(
  file: string,
  chunks: AsyncIterable<Buffer>,
  handler: XmlHandler,
): AsyncGenerator<void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const parser = new SaxesParser<{ position: false }>({ position: false });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw new Error("it has a document type");
  });
  let depth = 0;
  let isBroken = false;
  parser.on("opentag", (tag) => {
    isBroken = true;
    if (++depth > mostDepth) throw tooLarge(file, told("xlsx.depth", { most: String(mostDepth) }));
    handler.open(tag as SaxesTagPlain);
  });
  if (handler.text) {
    const take = (text: string) => handler.text?.(text);
    parser.on("text", take);
    parser.on("cdata", take);
  }
  parser.on("closetag", (tag) => {
    isBroken = true;
    depth--;
    handler.close?.(tag.name);
  });
  let unbroken = 0;
  try {
    for await (const chunk of chunks) {
      isBroken = false;
      parser.write(decoder.decode(chunk, { stream: true }));
      // What lies between two tags is held in memory, be it a text, a comment or a document type.
      unbroken = isBroken ? 0 : unbroken + chunk.length;
      if (unbroken > mostText) throw tooLarge(file, told("xlsx.text", { most: String(mostText) }));
      yield;
    }
    parser.write(decoder.decode());
    parser.close();
  } catch (error) {
    throw damaged(file, error);
  }
  yield;
}
