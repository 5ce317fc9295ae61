import { expect, it } from "vitest";
import { type ProgressOptions, reportProgress } from "../../src/cli/progress.js";
import { told } from "../../src/words/told.js";

/** What a batch of 20 files is told as, two seconds each, after which come these many. */
function said(options: ProgressOptions, isTTY: boolean, files = 20): string[] {
  let now = 0;
  const lines: string[] = [];
  const stderr = { isTTY, write: (text: string) => lines.push(text) };
  const effects = { stdout: stderr, stderr, env: {}, cwd: "/", now: () => new Date(now) };
  const progress = reportProgress({ lang: "en", ...options }, effects);
  progress.step(told("export.printAll", { count: files }));
  for (let done = 1; done <= files; done += 1) {
    now += 2000;
    progress.far(done, files);
  }
  progress.end();
  return lines;
}

it("a terminal has how many of how many, and how long the rest may take", () => {
  const lines = said({}, true).join("");
  expect(lines).toContain("… print 20 files  5 of 20, about 0:30 left");
  expect(said({}, true, 100).join("")).toContain("… print 100 files  1 of 100, about 3:18 left");
  expect(lines.split("\n")).toHaveLength(2);
});

it("elsewhere there is a line a tenth", () => {
  const lines = said({}, false);
  expect(lines).toHaveLength(11);
  expect(lines[0]).toBe("2 of 20, about 0:36 left\n");
  expect(lines[9]).toBe("20 of 20, about 0:00 left\n");
});

it("a program has an event a file, and nothing is said where it should be quiet", () => {
  const events = said({ json: true }, true).map((line) => JSON.parse(line));
  expect(events[0]).toEqual({ event: "progress", done: 1, of: 20, seconds_left: 38 });
  expect(events).toHaveLength(21);
  expect(said({ quiet: true }, true)).toEqual([]);
});
