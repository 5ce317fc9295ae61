import { defineConfig } from "vitest/config";
import SlowFirst from "./test/slowFirst.js";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    sequence: { sequencer: SlowFirst },
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // One more than the cores it is made for: much of a run waits for a browser, a child process or a disk.
    maxWorkers: 3,
  },
});
