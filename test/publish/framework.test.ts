import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, expect, test } from "vitest";

import { frameworkBin, quicken } from "../../src/publish/site/build.js";
import { furnish } from "../../src/publish/site/bundles.js";
import { folderOfTest } from "../temporaryFolder.js";

const project = join(import.meta.dirname, "..", "..");
let root: string;

beforeEach(() => {
  root = folderOfTest("framework");
});

const pages: Record<string, string> = {
  "index.md": `# Home <span id="a">甲</span>

<noscript><b>no script</b></noscript><template><i>kept</i></template><!-- a remark -->

[Another](./kpi/csat.html) [elsewhere](https://example.org/?a=1&b=2) [first](./kpi/first.html#end)

<img src="./image.svg" alt="an image"> <video><source src="./image.svg"></video>

| a | b |
| - | - |
| 1 | \${answer} |

\`\`\`js echo
import {answer} from "./components/answer.js";
const file = FileAttachment("./data/figures.json");
\`\`\`

\`\`\`html run=false
<b class="not">bold</b>
\`\`\`
`,
  "kpi/[id].md": `## KPI \${observable.params.id}

\`\`\`js
import {answer} from "../components/answer.js";
display(answer);
\`\`\`
`,
  "kpi/first.md": "## Not any [KPI](./csat.html)\n",
  "components/answer.js": 'import {half} from "./half.js";\nexport const answer = 2 * half;\n',
  "components/half.ts": "export const half: number = 21;\n",
  "data/figures.json": "[1, 2]",
  "image.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
};

/** Every file of a site built with some arguments to Node, by a hash of its content. */
function built(name: string, args: readonly string[]): Record<string, string> {
  const output = join(root, name);
  const env = { ...process.env, OBSERVABLE_TELEMETRY_DISABLE: "true", SITE: output };
  execFileSync(process.execPath, [...args, frameworkBin(project), "build"], {
    cwd: root,
    env,
    stdio: "pipe",
  });
  const files = readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(output, file), createHash("sha256").update(readFileSync(file)).digest("hex")];
    }),
  );
}

test("Framework builds the same site, byte for byte, whether or not it is quickened", async () => {
  for (const [path, text] of Object.entries(pages)) {
    mkdirSync(dirname(join(root, "pages", path)), { recursive: true });
    writeFileSync(join(root, "pages", path), text);
  }
  symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
  writeFileSync(join(root, "package.json"), '{"type": "module"}');
  writeFileSync(
    join(root, "observablehq.config.js"),
    'export default {root: "pages", output: process.env.SITE, footer: "", preserveExtension: true, dynamicPaths: ["/kpi/csat", "/kpi/nps"]};',
  );
  await furnish(project, join(root, "pages"));
  const plain = built("plain", []);
  const quick = built("quick", ["--import", quicken]);
  expect(Object.keys(plain)).toEqual(
    expect.arrayContaining(["index.html", "kpi/csat.html", "kpi/first.html"]),
  );
  expect(quick).toEqual(plain);
});

test("what is found elsewhere is what Framework asks for", async () => {
  const { initialize, resolve } = await import(new URL("resolve.js", quicken).href);
  const dist = join(dirname(frameworkBin(project)), "..");
  initialize(pathToFileURL(join(dist, "/")).href);
  const found = async (specifier: string, importer: string) => {
    expect(readFileSync(join(dist, importer), "utf8")).toContain(`from "${specifier}"`);
    const parentURL = pathToFileURL(join(dist, importer)).href;
    return resolve(specifier, { parentURL }, () => ({ url: "as ever" })).then(
      ({ url }: { url: string }) => url,
    );
  };
  expect(await found("jsdom", "html.js")).toMatch(/framework\/oneWindow\.js$/);
  expect(await found("./route.js", "loader.js")).toMatch(/framework\/remembered\.js$/);
  expect(await found("../route.js", "javascript/module.js")).toMatch(/framework\/remembered\.js$/);
  expect(await found("./parse.js", "javascript/module.js")).toMatch(/framework\/parsed\.js$/);
  expect(await found("./javascript/parse.js", "npm.js")).toMatch(/framework\/parsed\.js$/);
  expect(await found("glob", "route.js")).toMatch(/framework\/globbed\.js$/);
  expect(await found("./path.js", "html.js")).toBe("as ever");
  const elsewhere = { parentURL: pathToFileURL(join(root, "index.js")).href };
  expect(await resolve("jsdom", elsewhere, () => ({ url: "as ever" }))).toEqual({ url: "as ever" });
});
