import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, extname, join, sep } from "node:path";
import { stopIfInterrupted } from "../../run/interrupt.js";
import { isOnDemand } from "../onDemand.js";
import type { ZipEntry } from "../zip.js";
import { type Frame, frameTitle } from "./frame.js";
import { pageOf } from "./languages.js";
import { dataFolder } from "./pagesRoot.js";
import { anyId } from "./shellCatalogue.js";
import { fontFolder, type SiteFonts } from "./siteFonts.js";

/**
 * Makes a site of shells and data: each shell once, or once for each id of its kind, with the title, the id and the files
 * of data that it is about.
 *
 * @throws Error when a page names data that was not published
 */
export async function stampShells(
  shells: string,
  site: string,
  frame: Frame,
  members: readonly ZipEntry[],
  fonts: SiteFonts | null,
): Promise<void> {
  const data = new Map(members.map((member) => [member.path, hashed(member)]));
  const replaced = fonts && join(shells, fontFolder, fonts.replaced);
  await cp(shells, site, {
    recursive: true,
    filter: (source) => !source.endsWith(".html") && source !== replaced,
  });
  const used = new Map(members.filter(isOnDemand).map((member) => [member.path, member.bytes]));
  const names = await readdir(shells, { recursive: true });
  for (const name of names.filter((each) => each.endsWith(".html"))) {
    const shell = await readFile(join(shells, name), "utf8");
    const page = name.replaceAll(sep, "/").replace(/\.html$/, "");
    for (const id of page.includes(anyId) ? idsOf(page, frame) : [anyId]) {
      const path = page.replaceAll(anyId, id);
      const html = shell
        .replaceAll(anyId, id)
        .replace(fileName, (_, folder: string, start: string, extension: string, info = "") => {
          const file = `${start}${extension}`;
          const found = data.get(file);
          if (!found) throw new Error(`a page names data that was not published: ${path}: ${file}`);
          used.set(found.name, found.bytes);
          return `${folder}${found.name}"${info}${info && found.bytes.length}`;
        })
        .replace(fontSheet, (all, folder: string) => (fonts ? fontLinks(fonts, folder, path, frame) : all))
        // Last: what a name looks like is no address of a shell.
        .replace(/<title>.*<\/title>/, () => frameTitle(path, frame));
      stopIfInterrupted();
      await put(join(site, `${path}.html`), html);
    }
  }
  await Promise.all([
    ...[...used].map(([path, bytes]) => put(join(site, "_file", dataFolder, path), bytes)),
    ...[...(fonts?.files ?? [])].map(([name, bytes]) => put(join(site, fontFolder, name), bytes)),
  ]);
}

const fontSheet = /<link rel="stylesheet" href="([^"]*_file\/fonts\/)[^"]*\.css">/;

/**
 * The fonts of a page: what it shows is asked for at once. The slices wait until it stands, but in print, which lays out no
 * text before all of its fonts are there.
 */
function fontLinks(fonts: SiteFonts, folder: string, path: string, frame: Frame): string {
  const { language, page } = pageOf(path, frame.languages);
  const files = language === "en" ? fonts.common : [...fonts.common, ...fonts.wide];
  const later = page === "report" ? "" : ` media="print" onload="this.media='all'"`;
  return [
    ...files.map(
      (name) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="${folder}${name}">`,
    ),
    `<link rel="stylesheet" href="${folder}${fonts.slices}"${later}>`,
    `<link rel="stylesheet" href="${folder}${fonts.sheet}">`,
  ].join("\n");
}

/** The address of a file of data in a shell, and what the shell says of it up to its size. */
const fileName = new RegExp(
  String.raw`(_file/${dataFolder.replaceAll(sep, "/")}/)([^"]*)\.[0-9a-f]{8}(\.\w+)"(,"lastModified":\d+,"size":)?0?`,
  "g",
);

/** Named after its content, as Framework does it. */
function hashed({ path, bytes }: ZipEntry): { name: string; bytes: Uint8Array } {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  const extension = extname(path);
  return { name: `${path.slice(0, -extension.length)}.${hash}${extension}`, bytes };
}

/** The ids whose pages a shell stands for. */
function idsOf(page: string, frame: Frame): Iterable<string> {
  const labels = {
    kpi: frame.kpiLabels,
    fishbone: frame.fishboneLabels,
    scorecard: frame.scorecardLabels,
    benefit: frame.initiativeLabels,
  }[dirname(page).split("/").at(-1) ?? ""];
  if (!labels) throw new Error(`a page of ids that nothing is known of: ${page}`);
  return labels.keys();
}

async function put(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
