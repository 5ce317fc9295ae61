import { defineConfig } from "vitest/config";
import SlowFirst from "./test/slowFirst.js";

/** `npm run test:long`: files that cost more than a change should wait for, and more rounds of these two. */
const long = ["test/**/*.long.test.ts", "test/faults/kill.test.ts", "test/models/properties.test.ts"];

export default defineConfig(({ mode }) => ({
  test: {
    include: mode === "long" ? long : ["test/**/*.test.ts"],
    exclude: mode === "long" ? [] : ["test/**/*.long.test.ts"],
    env: { TEST_MODE: mode },
    sequence: { sequencer: SlowFirst },
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // One more than the cores it is made for: much of a run waits for a browser, a child process or a disk.
    maxWorkers: 3,
  },
}));
