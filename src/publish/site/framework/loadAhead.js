import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";

// Loads what a build needs and waits for a line of input; without one there is nothing to build.
await import(new URL("../build.js", pathToFileURL(realpathSync(process.argv[1]))).href);
let goes = false;
for await (const _ of process.stdin) goes = true;
if (!goes) process.exit(1);
