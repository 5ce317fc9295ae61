import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, expect, test } from "vitest";

import { allowZoom } from "../../src/publish/site/allowZoom.js";
import { frameworkBin, quicken, siteEnvironment } from "../../src/publish/site/build.js";
import { bundleScripts } from "../../src/publish/site/pageScripts.js";
import { dataTime, withPagesRoot } from "../../src/publish/site/pagesRoot.js";
import { sampleSite } from "../sampleSite.js";
import { folderOfTest } from "../temporaryFolder.js";

let root: string;

beforeEach(() => {
  root = folderOfTest("shells");
});

/** One of each kind, in either language; `fishbone` is called by the first fishbone. */
const some = [
  "index",
  "fishbone",
  "en/report",
  "kpi/csat",
  "en/kpi/nps",
  "scorecard/balanced",
  "en/fishbone/after_sales",
];

/** A page but for what is changed of it: what is imported from where, what is asked for ahead, and the fonts. */
const withoutImports = (html: string) =>
  html
    .replace(/\n<link rel="(?:modulepreload|preload" as="(?:fetch|font))"[^>]*>/g, "")
    .replace(/\n<link rel="stylesheet" href="[^"]*_file\/fonts\/[^>]*>/g, "")
    .replace(/^import .*$|^const .* = await (?:import|Promise\.all\(\[import)\(.*$/gm, "");

test("the pages are those that Framework builds page by page", async () => {
  const { root: project, warehouse, dist } = await sampleSite();
  const out = join(root, "plain");
  await withPagesRoot(project, async (pages, copied) => {
    await copied;
    placeData(join(dist, "_file", "data", "kpi"), join(pages, "data", "kpi"));
    const sources = readdirSync(pages, { recursive: true }) as string[];
    const wanted = new Set(some.map(sourceOf));
    for (const page of sources.filter((name) => name.endsWith(".md") && !wanted.has(name)))
      rmSync(join(pages, page));
    const config = join(root, "config.mjs");
    const whole = pathToFileURL(join(project, "observablehq.config.ts"));
    const paths = JSON.stringify(some.map((page) => `/${page}`));
    writeFileSync(config, `import whole from "${whole}"; export default {...whole, dynamicPaths: ${paths}};`);
    execFileSync(
      process.execPath,
      [
        "--import",
        "tsx",
        "--import",
        quicken,
        frameworkBin(project),
        "build",
        "--config",
        relative(project, config),
      ],
      {
        cwd: project,
        env: siteEnvironment(process.env, { warehouse, out, pages: relative(project, pages) }),
        stdio: "pipe",
      },
    );
  });
  await allowZoom(out);
  for (const page of some) {
    const [ours, plain] = [dist, out].map((site) => readFileSync(join(site, `${page}.html`), "utf8"));
    expect(withoutImports(ours ?? ""), page).toBe(withoutImports(plain ?? ""));
    expect(
      ours
        ?.match(/_import\/[^"]*\.js/g)
        ?.every((path) => /^_import\/(site|charts|report)\.[0-9a-f]{8}\.js$/.test(path)),
    ).toBe(true);
  }
}, 300_000);

/** The Markdown of a page. */
function sourceOf(page: string): string {
  const [kind = "", id] = page.replace(/^en\//, "").split("/");
  return `${page.startsWith("en/") ? "[lang]/" : ""}${kind}${id === undefined ? "" : "/[id]"}.md`;
}

/** Puts the data of a built site back under the names that pages know it by. */
function placeData(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  for (const name of readdirSync(to, { recursive: true }) as string[]) {
    const plain = name.replace(/\.[0-9a-f]{8}(\.\w+)$/, "$1");
    if (plain === name) continue;
    cpSync(join(to, name), join(to, plain));
    utimesSync(join(to, plain), dataTime, dataTime);
  }
}

const files: Record<string, string> = {
  "_observablehq/client.0a.js":
    'import "./runtime.0a.js"; export const define = (cell) => cell.body(() => import("../_npm/apache-arrow@1/0a.js")); export const no = () => import("../_npm/absent.js");',
  "_observablehq/runtime.0a.js": "export const unused = 'runtime';",
  "_observablehq/stdlib.0a.js":
    "export const registerFile = () => 0; export const FileAttachment = (name) => name;",
  "_npm/apache-arrow@1/0a.js":
    "export const tableFromIPC = () => 'read'; export const writer = 'not wanted';",
  "_import/components/a.0a.js":
    'import {FileAttachment} from "../../_observablehq/stdlib.0a.js"; export const title = () => "a"; export const idle = "never asked for"; export const open = () => FileAttachment({"name":"../../data/kpi/build.json","path":"../../_file/data/kpi/build.0a.json","size":0}, import.meta.url);',
  "_import/components/b.0a.js": 'export const title = "b"; export const other = "c";',
  "_import/components/c.0a.js":
    'import {plot} from "../../_node/@observablehq/plot@1/index.0a.js"; export const chart = () => plot(); export const name = "a name";',
  "_node/@observablehq/plot@1/index.0a.js":
    "export const plot = () => 'drawn by the grammar'; globalThis.marks = 'of the grammar';",
  "_import/styles/site.0a.css": "body {}",
};

const pageWith = (imports: string) => `<link rel="modulepreload" href="../_import/components/a.0a.js">
<title>page</title>
<script type="module">
import {define} from "../_observablehq/client.0a.js";
import {registerFile} from "../_observablehq/stdlib.0a.js";
registerFile("../data/kpi/build.json", {"name":"../data/kpi/build.json","path":"../_file/data/kpi/build.0a.json"});
registerFile("../data/kpi/later.json", {"name":"../data/kpi/later.json","path":"../_file/data/kpi/later.0a.json"});
${imports}
</script>
`;

function place(site: string, page: string): void {
  for (const [name, text] of Object.entries({ ...files, "kpi/a.html": page })) {
    mkdirSync(dirname(join(site, name)), { recursive: true });
    writeFileSync(join(site, name), text);
  }
}

test("all that pages import comes in one file, each thing under a name of its own", async () => {
  const a = '"../_import/components/a.0a.js"';
  const b = '"../_import/components/b.0a.js"';
  const both = `const [{title, open}, {title: second, other}] = await Promise.all([import(${a}), import(${b})]);`;
  place(root, pageWith(both));
  await bundleScripts(root);
  const [bundle = ""] = readdirSync(join(root, "_import")).filter((name) => name.endsWith(".js"));
  expect(readdirSync(root).sort()).toEqual(["_import", "_npm", "kpi"]);
  expect(readdirSync(join(root, "_import")).sort()).toEqual([bundle, "styles"]);
  const html = readFileSync(join(root, "kpi", "a.html"), "utf8");
  expect(html).toContain(
    `const {title, open, title_2: second, other} = await import("../_import/${bundle}");`,
  );
  expect(html).toContain(`import {registerFile} from "../_import/${bundle}";`);
  // What a module loads is asked for ahead, and what a choice may need later is not.
  expect(html.match(/<link rel="(?:module)?preload"[^>]*>/g)).toEqual([
    `<link rel="modulepreload" href="../_import/${bundle}">`,
    '<link rel="preload" as="fetch" crossorigin href="../_file/data/kpi/build.0a.json">',
  ]);
  const text = readFileSync(join(root, "_import", bundle), "utf8");
  expect(text).toContain("data/kpi/build.json");
  expect(text).toContain('import("../_npm/apache-arrow@1/0a.js")');
  expect(text).not.toMatch(/never asked for|build\.0a|not wanted/);
});

test("pages that draw with the charts' grammar have a file of their own", async () => {
  place(root, pageWith('const {chart} = await import("../_import/components/c.0a.js");'));
  const plain = pageWith('const {name} = await import("../_import/components/c.0a.js");');
  writeFileSync(join(root, "kpi", "plain.html"), plain);
  await bundleScripts(root);
  const scripts = ["a", "plain"].map((page) => {
    const html = readFileSync(join(root, "kpi", `${page}.html`), "utf8");
    return /"\.\.(\/_import\/(\w+)\.\w+\.js)"/.exec(html)?.slice(1) ?? [];
  });
  expect(scripts.map(([, name]) => name)).toEqual(["charts", "site"]);
  const [draws, does] = scripts.map(([path = ""]) => readFileSync(join(root, path), "utf8"));
  expect(draws).toContain("drawn by the grammar");
  expect(does).toContain("a name");
  expect(does).not.toContain("grammar");
});

test("an import that the bundle would not know ends it", async () => {
  place(root, pageWith('const later = () => import("../_import/components/a.0a.js");'));
  await expect(bundleScripts(root)).rejects.toThrow(/form that is not known: .*a\.html: import\("\.\./);
});
