import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Lets readers enlarge the pages of a built site: Framework's own viewport forbids it. */
export async function allowZoom(site: string): Promise<void> {
  for (const name of await readdir(site, { recursive: true })) {
    if (!name.endsWith(".html")) continue;
    const page = join(site, name);
    const html = await readFile(page, "utf8");
    const freed = html.replace(/(<meta name="viewport" content="[^"]*?), maximum-scale=1(?=[",])/, "$1");
    if (freed !== html) await writeFile(page, freed);
  }
}
