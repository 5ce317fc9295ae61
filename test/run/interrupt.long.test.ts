import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

test("what cannot be put right does not keep an interrupted program from ending, nor from what can", async () => {
  const module = new URL("../../src/run/interrupt.ts", import.meta.url).href;
  const code = `
    const { onInterrupt } = await import(${JSON.stringify(module)});
    onInterrupt(() => console.log("right"));
    onInterrupt(() => new Promise(() => {}));
    setInterval(() => {}, 1000);
    console.log("runs");`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    if (said === "") child.kill("SIGINT");
    said += chunk;
  });
  const [exitCode] = await once(child, "close");
  expect(said).toBe("runs\nright\n");
  expect(exitCode).toBe(130);
}, 60_000);
