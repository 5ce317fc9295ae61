import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { markSite } from "../../src/publish/site/target.js";
import { temporaryFolder } from "../temporaryFolder.js";

const program = fileURLToPath(new URL("../../src/cli/herringbone.js", import.meta.url));
const folder = temporaryFolder("serve");

beforeAll(async () => {
  mkdirSync(join(folder, "dist"));
  mkdirSync(join(folder, "else"));
  for (const name of ["dist", "else"]) writeFileSync(join(folder, name, "index.html"), "总览");
  await markSite(join(folder, "dist"));
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [program, "serve", ...args], { cwd: folder });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  const address = new Promise<string>((done) =>
    child.stdout.once("data", (chunk) => done(String(chunk).trim())),
  );
  return { child, address, ended, said: () => ({ out, err }) };
}

it("serves the site at the address it prints, until it is interrupted", async () => {
  const { child, address, ended, said } = start();
  expect(await address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(await (await fetch(await address)).text()).toBe("总览");
  const { port } = new URL(await address);
  const second = start("--port", port, "--lang", "en");
  expect([await second.ended, second.said().err]).toEqual([
    1,
    `herringbone: the port cannot be used: ${port}\n`,
  ]);
  child.kill("SIGINT");
  expect([await ended, said().err]).toEqual([130, ""]);
});

it("refuses a folder that is no site, and a port that is none", async () => {
  for (const args of [["else"], ["nowhere"], ["--port", "eighty"]]) {
    const { ended, said } = start(...args, "--lang", "en");
    expect(await ended).toBe(2);
    expect(said().err).toMatch(
      /^herringbone: (there is no built site.*(else|nowhere)|--port takes.*eighty)\n$/,
    );
  }
});
