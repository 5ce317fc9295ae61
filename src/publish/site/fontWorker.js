import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { Blob, Face } from "harfbuzzjs";
import subset from "subset-font";

// Makes fonts of one weight's characters. What that runs is translated while it runs first: a few hundred Chinese
// characters before anybody waits halve the time in which somebody does.
const packed = await readFile(workerData);
const usual = Array.from({ length: 400 }, (_, index) => 0x4e00 + 16 * index);
await pack(packed, usual);
parentPort.on("message", async (kinds) => {
  const whole = await subset(packed, textOf(Object.values(kinds).flat()), { targetFormat: "sfnt" });
  const known = new Set(new Face(new Blob(whole)).collectUnicodes());
  const made = {};
  for (const [kind, wanted] of Object.entries(kinds)) {
    const codes = wanted.filter((code) => code <= 0x20 || known.has(code));
    if (codes.length > 0) made[kind] = { codes, font: await pack(whole, codes) };
  }
  parentPort.postMessage(made);
});

function pack(font, codes) {
  return subset(font, textOf(codes), { targetFormat: "woff2" });
}

function textOf(codes) {
  return String.fromCodePoint(...codes);
}
