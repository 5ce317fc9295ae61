import type { KnipConfig } from "knip";

/** The scripts of a page; what they import from "/" lies in `reports`. */
const scripts = (text: string) =>
  [...text.matchAll(/^```js.*\n([\s\S]*?)^```$/gm)]
    .map(([, code = ""]) => code.replaceAll('"/components/', `"${import.meta.dirname}/reports/components/`))
    .join("\n");

export default {
  entry: [
    "reports/**/*.md",
    "reports/data/*.ts",
    "observablehq.config.ts",
    "src/publish/site/framework/*.js",
    "src/publish/site/fontWorker.js",
  ],
  project: ["{src,loaders,reports,test}/**/*.{ts,js}", "reports/**/*.md"],
  compilers: { md: scripts },
  ignoreExportsUsedInFile: { interface: true, type: true },
  // What pages import from `observablehq:` and builds from `framework:`, and the program behind them, which is started by its path.
  ignoreDependencies: ["framework", "observablehq", "@observablehq/framework"],
  ignoreBinaries: ["mkfifo", "unshare"],
} satisfies KnipConfig;
