import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Blob, Face } from "harfbuzzjs";
import subset from "subset-font";
import { beforeAll, expect, test } from "vitest";
import { sampleSite } from "../sampleSite.js";

let dist: string;
let fonts: string;

beforeAll(async () => {
  ({ dist } = await sampleSite());
  fonts = join(dist, "_file", "fonts");
}, 300_000);

/** A sheet's faces: weight, address and characters. */
function facesOf(start: string): { weight: string; url: string; codes: Set<number> }[] {
  const [name = ""] = readdirSync(fonts).filter((each) => each.startsWith(start));
  const sheet = readFileSync(join(fonts, name), "utf8");
  return [...sheet.matchAll(/@font-face\{[^}]*\}/g)].map(([rule]) => {
    const codes = new Set<number>();
    const [, ranges = ""] = /unicode-range:([^;}]*)/.exec(rule) ?? [];
    for (const range of ranges.split(",")) {
      const [from = "", to = from] = range.trim().slice(2).split("-");
      for (let code = Number.parseInt(from, 16); code <= Number.parseInt(to, 16); code += 1) codes.add(code);
    }
    const [, weight = ""] = /font-weight:(\d+)/.exec(rule) ?? [];
    const [, url = ""] = /url\(([^)]*)\)/.exec(rule) ?? [];
    return { weight, url, codes };
  });
}

/** Which characters a file of a font draws. */
async function drawn(url: string, codes: ReadonlySet<number>): Promise<Set<number>> {
  const [, packed] = url.split("base64,");
  const file = packed ? Buffer.from(packed, "base64") : readFileSync(join(fonts, url));
  const font = await subset(file, String.fromCodePoint(...codes), { targetFormat: "sfnt" });
  return new Set(new Face(new Blob(font)).collectUnicodes());
}

test("every character has one face of a weight, which draws it: the words' own or a slice", async () => {
  const [words, slices] = [facesOf("words."), facesOf("slices.")];
  for (const { url, codes } of words) {
    const known = await drawn(url, codes);
    expect(
      [...codes].filter((code) => code > 0x20 && !known.has(code)),
      url.slice(0, 60),
    ).toEqual([]);
  }
  for (const weight of ["400", "700"]) {
    const own = words.filter((face) => face.weight === weight).flatMap(({ codes }) => [...codes]);
    expect(own.length).toBe(new Set(own).size);
    const twice = slices.filter((face) => face.weight === weight && own.some((code) => face.codes.has(code)));
    expect(twice).toEqual([]);
  }
}, 60_000);

test("the words' faces hold all that pages and catalogue say and the font has", () => {
  const own = new Set(facesOf("words.").flatMap(({ codes }) => [...codes]));
  const sliced = new Set(facesOf("slices.").flatMap(({ codes }) => [...codes]));
  const data = join(dist, "_file", "data", "kpi");
  const [catalogue = ""] = readdirSync(data).filter((name) => name.startsWith("catalogue."));
  const texts = [join(data, catalogue), join(dist, "index.html"), join(dist, "en", "kpi", "csat.html")];
  const said = new Set(texts.flatMap((file) => [...readFileSync(file, "utf8")]));
  const left = [...said].map((each) => each.codePointAt(0) as number).filter((code) => sliced.has(code));
  expect(left).toEqual([]);
  for (const sign of "中文客户满意度ABCxyz0123456789%≥→▲●")
    expect(own.has(sign.codePointAt(0) as number), sign).toBe(true);
});

test("a page asks ahead for the fonts of its language, and in print for all of them before it is laid out", () => {
  const head = (page: string) => readFileSync(join(dist, `${page}.html`), "utf8");
  const preloads = (page: string) =>
    [...head(page).matchAll(/<link rel="preload" as="font"[^>]*\/((?:common|wide)-\d+)\./g)].map(
      ([, name]) => name,
    );
  expect(preloads("kpi/csat")).toEqual(["common-400", "common-700", "wide-400", "wide-700"]);
  expect(preloads("en/kpi/csat")).toEqual(["common-400", "common-700"]);
  expect(head("kpi/csat")).toMatch(/\/slices\.\w+\.css" media="print" onload=/);
  expect(head("report")).toMatch(/\/slices\.\w+\.css">/);
});
