import { isAscii, isUtf8 } from "node:buffer";
import { openBytes } from "./byteSource.js";
import { gb18030Kind } from "./gb18030.js";
import { afterLastLineEnd, isLineEnd } from "./lineKinds.js";

/** Lines with other than ASCII characters, by what they can be; one that is valid UTF-8 counts as that alone. */
interface Votes {
  "utf-8": number;
  gb18030: number;
  doubtful: number;
  other: number;
}

/**
 * The encoding that holds most of a file's lines with other than ASCII characters: GB18030 or, also in doubt, UTF-8.
 * GB18030 has to hold as many as neither does, not counting those Latin text can be taken for, lest most of a Latin-1
 * file be read as Chinese.
 */
export async function guessEncoding(file: string): Promise<"utf-8" | "gb18030"> {
  const votes: Votes = { "utf-8": 0, gb18030: 0, doubtful: 0, other: 0 };
  const source = await openBytes(file, false);
  try {
    const buffer = Buffer.allocUnsafe(1 << 21);
    for (let held = 0, isFinal = false; !isFinal; ) {
      const read = await source.read(buffer, held);
      isFinal = read === 0;
      held += read;
      const whole = isFinal
        ? held
        : afterLastLineEnd(buffer.subarray(0, held)) || (held === buffer.length ? held : 0);
      poll(buffer.subarray(0, whole), votes);
      buffer.copyWithin(0, whole, held);
      held -= whole;
    }
  } finally {
    await source.close();
  }
  const { gb18030, doubtful, other } = votes;
  return gb18030 + doubtful > votes["utf-8"] && gb18030 >= other ? "gb18030" : "utf-8";
}

function poll(text: Buffer, votes: Votes): void {
  if (isAscii(text)) return;
  const isWhollyUtf8 = isUtf8(text);
  for (let at = 0; at < text.length; at++) {
    if ((text[at] as number) < 0x80) continue;
    const from = at;
    while (at < text.length && !isLineEnd(text[at] as number)) at++;
    const line = isWhollyUtf8 ? undefined : text.subarray(from, at);
    votes[!line || isUtf8(line) ? "utf-8" : gb18030Kind(line)]++;
  }
}
