import { isUtf8 } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { characterLength, gb18030Kind, gb18030ToUtf8 } from "../../loaders/csv/gb18030.js";

/** Whether Node's decoder takes the bytes for one character; ICU decodes U+FFFD itself without complaint. */
function isCharacter(code: Buffer): boolean {
  try {
    return [...new TextDecoder("gb18030", { fatal: true }).decode(code)].length === 1;
  } catch {
    return false;
  }
}

describe("characters of GB18030", () => {
  it("of two bytes are those the decoder knows, whatever the second byte", () => {
    const misjudged: Buffer[] = [];
    let characters = 0;
    for (let first = 0x81; first <= 0xff; first++) {
      for (let second = 0; second <= 0xff; second++) {
        if (second >= 0x30 && second <= 0x39) continue;
        const code = Buffer.from([first, second]);
        const isOne = isCharacter(code);
        if (isOne) characters++;
        if (characterLength(code, 0) !== (isOne ? 2 : 0)) misjudged.push(code);
      }
    }
    expect([characters, misjudged]).toEqual([126 * 190, []]);
  });

  it("of four bytes are those the decoder knows", () => {
    // The first and the last code of each range that is assigned, or is not, and codes within.
    const edges = [
      "81308130",
      "8431a437",
      "8431a439",
      "8431a530",
      "8f39fe39",
      "90308130",
      "e3329a35",
      "e3329a36",
    ];
    const within = [
      "8230c130",
      "8336c738",
      "8336d030",
      "85308130",
      "95328236",
      "e339fe39",
      "fe39fe39",
      "fd308130",
    ];
    for (const hex of [...edges, ...within]) {
      const code = Buffer.from(hex, "hex");
      expect([hex, characterLength(code, 0)]).toEqual([hex, isCharacter(code) ? 4 : 0]);
    }
    fc.assert(
      fc.property(
        fc.integer({ min: 0x80, max: 0xff }),
        fc.integer({ min: 0x30, max: 0x39 }),
        fc.integer({ min: 0x7f, max: 0xff }),
        fc.integer({ min: 0x2f, max: 0x3a }),
        (first, second, third, fourth) => {
          const code = Buffer.from([first, second, third, fourth]);
          if (first === 0x80) expect(characterLength(code, 0)).toBe(1);
          else expect(characterLength(code, 0)).toBe(isCharacter(code) ? 4 : 0);
        },
      ),
      { numRuns: 3000 },
    );
  });

  const bytes = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          0x0a,
          0x0d,
          0x22,
          0x2c,
          0x30,
          0x39,
          0x41,
          0x7f,
          0x80,
          0x81,
          0x84,
          0xa4,
          0xb2,
          0xfa,
          0xff,
        ),
        fc.integer({ min: 0, max: 255 }),
      ),
      { maxLength: 40 },
    )
    .map((values) => Buffer.from(values));

  it("property: text becomes what the decoder makes of it, anything else no UTF-8", () => {
    fc.assert(
      fc.property(bytes, (text) => {
        let decoded: string | undefined;
        try {
          decoded = new TextDecoder("gb18030", { fatal: true }).decode(text);
        } catch {}
        expect(gb18030Kind(text) === "other").toBe(decoded === undefined);
        expect(isUtf8(gb18030ToUtf8(text))).toBe(decoded !== undefined);
        if (decoded !== undefined) expect(gb18030ToUtf8(text).toString()).toBe(decoded);
      }),
      { numRuns: 5000 },
    );
  });

  it("property: bytes that are no character take no line end, quote or comma with them", () => {
    const marks = (text: Buffer) => text.filter((byte) => [0x0a, 0x0d, 0x22, 0x2c].includes(byte));
    fc.assert(
      fc.property(bytes, (text) => {
        expect(marks(gb18030ToUtf8(text))).toEqual(marks(text));
      }),
      { numRuns: 5000 },
    );
  });

  it("keeps the bytes that are none", () => {
    const text = Buffer.from("\xbf\xcd\xe9,\xff\x81\x30\n\xbb\xa7\x84\x31\xa4\x37\xe9", "latin1");
    const wanted = [Buffer.from("客"), "e92cff81300a", Buffer.from("户\ufffd"), "e9"];
    expect(gb18030ToUtf8(text)).toEqual(
      Buffer.concat(wanted.map((part) => (typeof part === "string" ? Buffer.from(part, "hex") : part))),
    );
  });
});
