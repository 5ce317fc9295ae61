import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import { documents } from "../../published/documents.js";
import type { ZipEntry } from "../zip.js";
import { fontWeights, installedStamp } from "./bundles.js";
import { type FontThreads, fontSource } from "./fontThreads.js";
import { keptFolder, keptIn } from "./kept.js";

/** The fonts of a site, as its pages name them. */
export interface SiteFonts {
  /** The sheet of Framework's pages, of which nothing is left. */
  replaced: string;
  /** Files below `_file/fonts`. */
  files: ReadonlyMap<string, Uint8Array>;
  sheet: string;
  /** Slices of the font for every character that the sheet's own files lack. */
  slices: string;
  /** What every page shows, and what those in Chinese show beside it. */
  common: readonly string[];
  wide: readonly string[];
}

/** Below a built site. */
export const fontFolder = join("_file", "fonts");

/**
 * Makes fonts of the characters that a site's pages show whatever the data are: their fixed words and those of the
 * catalogue, of initiatives, steps and risks. In the font's own slices they lie in some thirty files, of which a page needs a tenth. They are kept by their
 * characters. All other characters, those of people's names, stay in the slices.
 */
export async function siteFonts(
  project: string,
  shells: string,
  members: readonly ZipEntry[],
  threads: FontThreads,
): Promise<SiteFonts | null> {
  const folder = join(shells, fontFolder);
  const replaced = (await readdir(folder).catch(() => [])).find((name) => name.endsWith(".css"));
  if (replaced === undefined) return null;
  const { all, common } = await charactersOf(shells, members);
  const stamp = createHash("sha256").update(await installedStamp(project, import.meta.url));
  for (const characters of [all, common]) stamp.update(`\n${[...characters].sort().join("")}`);
  const kept = await keptFolder(
    join(project, "reports", ".observablehq", "fonts"),
    stamp.digest("hex").slice(0, 16),
  );
  const made = await keptIn(kept, "fonts", async (partial) => {
    const sheet = await readFile(join(folder, replaced), "utf8");
    for (const [name, content] of await makeFonts(project, sheet, { all, common }, threads))
      await writeFile(join(partial, name), content);
  });
  const names = await readdir(made);
  const files = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(made, name))] as const)),
  );
  const named = (start: string) => names.filter((name) => name.startsWith(start));
  const [sheet = "", slices = ""] = [...named("words."), ...named("slices.")];
  return { replaced, files, sheet, slices, common: named("common-"), wide: named("wide-") };
}

interface Characters {
  all: ReadonlySet<string>;
  /** Those that every page shows: all but Chinese ones, and the Chinese ones of English pages' frame. */
  common: ReadonlySet<string>;
}

const isWide = (character: string) => character >= "\u2e80";

async function charactersOf(shells: string, members: readonly ZipEntry[]): Promise<Characters> {
  const [all, english] = [new Set<string>(), new Set<string>()];
  for (const name of await readdir(shells, { recursive: true })) {
    if (!/\.(html|js|css)$/.test(name) || name.startsWith(fontFolder)) continue;
    const text = await readFile(join(shells, name), "utf8");
    for (const character of text) all.add(character);
    if (text.includes('"language":"en"')) for (const character of text) english.add(character);
  }
  const written = [
    documents.catalogue.path,
    documents.contract.path,
    documents.benefits.path,
    documents.reconciliations.path,
  ];
  for (const { path, bytes } of members)
    if (written.includes(path))
      for (const character of Buffer.from(bytes).toString("utf8")) all.add(character);
  return { all, common: new Set([...all].filter((each) => !isWide(each) || english.has(each))) };
}

/** A face of a style sheet, and the characters that it is for. */
interface SheetFace {
  weight: number;
  /** Its rule without the characters. */
  rule: string;
  file: string;
  covered: ReadonlySet<number>;
}

/** The files of a site's fonts, by their names. */
async function makeFonts(
  project: string,
  sheet: string,
  { all, common }: Characters,
  threads: FontThreads,
): Promise<Map<string, Uint8Array>> {
  const { default: subset } = await import("subset-font");
  const source = await fontSource(project);
  // A blank is there in every text, and so is what a browser draws as one.
  const blanks = Array.from({ length: 0x21 }, (_, code) => code);
  const wanted = [...new Set([...blanks, ...[...all].map((each) => each.codePointAt(0) as number)])];
  const isCommon = (code: number) => code <= 0x20 || common.has(String.fromCodePoint(code));
  const kinds = { common: wanted.filter(isCommon), wide: wanted.filter((code) => !isCommon(code)) };
  const files = new Map<string, Uint8Array>();
  const slices = facesOf(sheet);
  const facesIn = async (weight: number): Promise<string[]> => {
    const made = await threads.make(weight, kinds);
    const done = new Set<number>();
    const faces: string[] = [];
    for (const [kind, { codes, font }] of Object.entries(made)) {
      const name = hashed(`${kind}-${weight}`, "woff2", font);
      files.set(name, font);
      faces.push(faceOf(weight, `./${name}`, codes));
      for (const code of codes) done.add(code);
    }
    // What the font has in slices alone, arrows and other signs: a few bytes each.
    for (const slice of slices.filter((each) => each.weight === weight)) {
      const left = wanted.filter((code) => !done.has(code) && slice.covered.has(code));
      if (left.length === 0) continue;
      const sliced = await readFile(join(source, slice.file));
      const drawn = await charactersIn(await subset(sliced, textOf(left), { targetFormat: "sfnt" }));
      const codes = left.filter((code) => drawn.has(code));
      if (codes.length === 0) continue;
      const font = await subset(sliced, textOf(codes), { targetFormat: "woff2" });
      faces.push(faceOf(weight, `data:font/woff2;base64,${font.toString("base64")}`, codes));
      for (const code of codes) done.add(code);
    }
    return faces;
  };
  const faces = (await Promise.all(fontWeights.map(facesIn))).flat();
  // What the font does not have at all is not looked for in slices either.
  const own = new Set(wanted);
  const rest = slices.map(({ rule, covered }) =>
    withRange(
      rule,
      [...covered].filter((code) => !own.has(code)),
    ),
  );
  for (const [name, css] of [
    ["words", faces.join("")],
    ["slices", rest.join("")],
  ] as const) {
    const { code } = await transform(css, { loader: "css", minify: true });
    files.set(hashed(name, "css", code), Buffer.from(code));
  }
  return files;
}

async function charactersIn(font: Uint8Array): Promise<ReadonlySet<number>> {
  const { Blob, Face } = await import("harfbuzzjs");
  return new Set(new Face(new Blob(font)).collectUnicodes());
}

const textOf = (codes: readonly number[]) => String.fromCodePoint(...codes);

const hashed = (name: string, extension: string, content: string | Uint8Array) =>
  `${name}.${createHash("sha256").update(content).digest("hex").slice(0, 8)}.${extension}`;

const faceOf = (weight: number, url: string, codes: readonly number[]) =>
  withRange(
    `@font-face{font-family:Noto Sans SC;font-style:normal;font-display:swap;font-weight:${weight};src:url(${url}) format("woff2")}`,
    codes,
  );

/** A rule for some characters; empty for none. */
function withRange(rule: string, codes: readonly number[]): string {
  if (codes.length === 0) return "";
  const ranges: [number, number][] = [];
  for (const code of codes.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && code <= last[1] + 1) last[1] = code;
    else ranges.push([code, code]);
  }
  const text = ranges.map(([from, to]) =>
    from === to ? `U+${from.toString(16)}` : `U+${from.toString(16)}-${to.toString(16)}`,
  );
  return rule.replace(/;?\}$/, `;unicode-range:${text.join()}}`);
}

/** The faces of a minified sheet. */
function facesOf(sheet: string): SheetFace[] {
  return [...sheet.matchAll(/@font-face\{[^}]*\}/g)].map(([all]) => {
    const [range = "", ranges = ""] = /;?unicode-range:([^;}]*)/.exec(all) ?? [];
    const covered = new Set<number>();
    for (const [, from = "", to = from] of ranges.matchAll(/U\+([\da-f]+)(?:-([\da-f]+))?/gi))
      for (let code = Number.parseInt(from, 16); code <= Number.parseInt(to, 16); code += 1)
        covered.add(code);
    const [, file = ""] = /url\(\.\/files\/([^)]*)\)/.exec(all) ?? [];
    const [, weight = ""] = /font-weight:(\d+)/.exec(all) ?? [];
    return { weight: Number(weight), rule: all.replace(range, ""), file, covered };
  });
}
