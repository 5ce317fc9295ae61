import type { XmlHandler } from "./xml.js";
import { localName } from "./xml.js";

/** Text as Excel stores it: what XML cannot hold stands as `_x000D_`. Half a character is no text and stays as it stands. */
export function unescaped(text: string): string {
  if (!text.includes("_x")) return text;
  const said = text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return said.isWellFormed() ? said : text;
}

/** Reads elements of rich text: the text of all its runs, without the phonetic ones that say how to pronounce it. */
export function textReader(element: string, take: (text: string) => void): Required<XmlHandler> {
  let text = "";
  let isText = false;
  let phonetic = 0;
  return {
    open(tag) {
      const name = localName(tag.name);
      if (name === element) text = "";
      else if (name === "rPh") phonetic++;
      else isText = name === "t" && phonetic === 0;
    },
    text(more) {
      if (isText) text += more;
    },
    close(tagName) {
      const name = localName(tagName);
      isText = false;
      if (name === "rPh") phonetic--;
      else if (name === element) take(unescaped(text));
    },
  };
}
