import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import SlowFirst from "./test/slowFirst.js";

/** `npm run test:long`: files that cost more than a change should wait for, and those that do more then (`test/long.ts`). */
const long = readdirSync("test", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => join("test", name))
  .filter((file) => file.endsWith(".long.test.ts") || /\/long\.js"/.test(readFileSync(file, "utf8")));

export default defineConfig(({ mode }) => ({
  test: {
    include: mode === "long" ? long : ["test/**/*.test.ts"],
    exclude: mode === "long" ? [] : ["test/**/*.long.test.ts"],
    env: { TEST_MODE: mode },
    setupFiles: ["test/oneThread.ts"],
    sequence: { sequencer: SlowFirst },
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // Files share what they import: a third less work in all. They leave nothing behind but modules.
    isolate: false,
    // Twice the cores it is made for: much of a run waits for a browser, a child process or a disk.
    maxWorkers: 4,
  },
}));
