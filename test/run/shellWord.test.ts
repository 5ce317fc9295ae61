import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellWord } from "../../src/run/shellWord.js";

test.skipIf(process.platform === "win32")(
  "a shell takes what is shown as one word, and runs none of it",
  () => {
    const words = [
      "I01",
      "region=East",
      "一组",
      "$(touch x)",
      "`id`",
      '"; exit 3; "',
      "it's",
      "a b\n#c",
      '=HYPERLINK("x")&|<>*?[a]~!$HOME\\',
      "''",
    ];
    const { stdout, status } = spawnSync("sh", ["-c", `printf '%s\\0' ${words.map(shellWord).join(" ")}`], {
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout.split("\0").slice(0, -1)).toEqual(words);
    expect(words.map(shellWord).slice(0, 2)).toEqual(["I01", "region=East"]);
  },
);
