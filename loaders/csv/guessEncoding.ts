import { isAscii, isUtf8 } from "node:buffer";
import { CliError } from "../../src/run/error.js";
import { told } from "../../src/words/told.js";
import { openBytes } from "./byteSource.js";
import { commonHan } from "./commonHan.js";
import { gb18030Kind } from "./gb18030.js";
import { afterLastLineEnd, isLineEnd } from "./lineKinds.js";

/** Lines with other than ASCII characters, by what they can be; one that is valid UTF-8 counts as that alone. */
interface Votes {
  "utf-8": number;
  gb18030: number;
  doubtful: number;
  other: number;
}

/** What a file's other lines look like when they are read as GB18030. */
interface Looks {
  characters: number;
  common: number;
  /** Han characters alone between Latin letters, as `Köln` in Latin-1 gives them. */
  lone: number;
  /** The codes of GB2312's hanzi that occur, by their place: Korean in EUC-KR fills the first half alone. */
  /** Lines of several such characters, and those of them of which hardly one is common: of two exports in one file. */
  lines: number;
  strange: number;
  firstHalf: Set<number>;
  secondHalf: Set<number>;
  /** The first word with one that is not common. */
  example: string | undefined;
}

/** An encoding that nobody named, and how sure it is; UTF-8 is known by its bytes. */
export interface Guess {
  encoding: "utf-8" | "gb18030";
  certainty: "sure" | "likely";
}

/**
 * The encoding that holds most of a file's lines with other than ASCII characters: UTF-8 by its bytes, GB18030 where the
 * text is made of common Chinese characters. Big5, Windows-1252 and all others are asked for.
 * @param file what the text is called to the user
 * @throws CliError 2 where the text looks like neither
 */
export async function guessEncoding(content: string, file: string): Promise<Guess> {
  const votes: Votes = { "utf-8": 0, gb18030: 0, doubtful: 0, other: 0 };
  const looks: Looks = {
    characters: 0,
    common: 0,
    lone: 0,
    lines: 0,
    strange: 0,
    firstHalf: new Set(),
    secondHalf: new Set(),
    example: undefined,
  };
  const source = await openBytes(content, false);
  try {
    const buffer = source.buffer(1 << 21);
    for (let held = 0, isFinal = false; !isFinal; ) {
      const read = await source.read(buffer, held);
      isFinal = read === 0;
      held += read;
      const whole = isFinal
        ? held
        : afterLastLineEnd(buffer.subarray(0, held)) || (held === buffer.length ? held : 0);
      poll(buffer.subarray(0, whole), votes, looks);
      buffer.copyWithin(0, whole, held);
      held -= whole;
    }
  } finally {
    await source.close();
  }
  const { gb18030, doubtful, other } = votes;
  // Single lines of another kind in a text of UTF-8 are spoilt, not the text.
  if (votes["utf-8"] >= gb18030 + doubtful + other) return { encoding: "utf-8", certainty: "sure" };
  const isGb = gb18030 + doubtful > votes["utf-8"] && gb18030 + doubtful >= other;
  const share = looks.characters === 0 ? 0 : looks.common / looks.characters;
  const isMixed = looks.strange > 1 && looks.strange * 10 > looks.lines;
  if (!isGb || share < 0.4 || isMixed || isOneSided(looks) || looks.lone * 5 > looks.characters)
    throw unclear(file, looks);
  return { encoding: "gb18030", certainty: looks.characters >= 30 && share >= 0.5 ? "sure" : "likely" };
}

function poll(text: Buffer, votes: Votes, looks: Looks): void {
  if (isAscii(text)) return;
  const isWhollyUtf8 = isUtf8(text);
  for (let at = 0; at < text.length; at++) {
    if ((text[at] as number) < 0x80) continue;
    const from = at;
    while (at < text.length && !isLineEnd(text[at] as number)) at++;
    const line = isWhollyUtf8 ? undefined : text.subarray(Math.max(0, from - 1), at);
    const kind = !line || isUtf8(line) ? "utf-8" : gb18030Kind(line);
    votes[kind]++;
    if (!line || kind === "utf-8" || looks.characters >= enough) continue;
    const { characters, common } = looks;
    look(decoder.decode(line), looks);
    place(line, looks);
    if (looks.characters - characters < 8) continue;
    looks.lines++;
    if ((looks.common - common) * 5 < looks.characters - characters) looks.strange++;
  }
}

function place(line: Buffer, looks: Looks): void {
  for (let at = 0; at + 1 < line.length; at++) {
    const [lead, second] = [line[at] as number, line[at + 1] as number];
    if (lead < 0x81) continue;
    if (lead >= 0xb0 && second >= 0xa1)
      looks[lead < 0xc9 ? "firstHalf" : "secondHalf"].add(lead * 256 + second);
    at++;
  }
}

/** Chinese text has about as many characters of either half; nothing is said of a few that are repeated. */
const isOneSided = ({ firstHalf, secondHalf }: Looks) =>
  firstHalf.size + secondHalf.size >= 8 && secondHalf.size * 8 < firstHalf.size;

const decoder = new TextDecoder("gb18030");
/** So many characters tell what a text is. */
const enough = 200_000;

function look(text: string, looks: Looks): void {
  for (const [word] of text.matchAll(/[^\s,;|"']+/gu)) {
    const foreign = word.match(/[^\p{ASCII}\p{P}\p{S}\p{Nd}\uff00-\uffef]/gu) ?? [];
    looks.characters += foreign.length;
    looks.common += foreign.filter((character) => commonHan.has(character)).length;
    const lone =
      word.match(/(?<=[A-Za-z])\p{Script=Han}(?=[A-Za-z]|$)|(?<![^\p{ASCII}])\p{Script=Han}(?=[A-Za-z])/gu) ??
      [];
    looks.lone += lone.filter((character) => !commonHan.has(character)).length;
    looks.example ??= foreign.some((character) => !commonHan.has(character)) ? word : undefined;
  }
}

function unclear(file: string, { example }: Looks): CliError {
  const would = example ? told("encoding.asGb18030", { example: example.slice(0, 20) }) : "";
  return new CliError(told("encoding.unclear", { would, file }), 2);
}
