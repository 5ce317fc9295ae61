import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { canMount, withMounts } from "../mounts.js";
import { type SampleSite, sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";

const mounts = canMount();
const folder = temporaryFolder("disk-full");
let site: SampleSite;

beforeAll(async () => {
  if (mounts) site = await sampleSite();
});

it.skipIf(!mounts)(
  "a disk that is full in the midst of a batch: what is there is whole, and the same command makes the rest (skipped where no tmpfs can be mounted: needs root)",
  () => {
    const { dist } = site;
    const [place, kept] = [join(folder, "disk"), join(folder, "kept")];
    for (const each of [place, kept]) mkdirSync(each, { recursive: true });
    const program = join(import.meta.dirname, "../../src/cli/herringbone.js");
    const packs = "leadership quality-certificate service-quality";
    const run = `${process.execPath} ${program} export ${packs} --concurrency 1 --lang en --dist ${dist} --out ${place}/out`;
    const script = `mount -t tmpfs -o size=500k tmpfs ${place}
      ${run} 2>${kept}/first; echo $?; ls -A ${place} ${place}/out; echo --
      mount -o remount,size=50m ${place}
      ${run} 2>${kept}/second; echo $?; cp ${place}/out/* ${kept}`;
    const { stdout } = withMounts(script);
    const [first = "", second = ""] = stdout.split("--\n");
    expect(first.split("\n")[0]).toBe("1");
    expect(first).toContain("leadership.en.pdf");
    expect(first).not.toMatch(/service-quality|\.tmp|\.lock|manifest\.json/);
    const said = readFileSync(join(kept, "first"), "utf8");
    expect(said).toMatch(/^herringbone: the disk is full: .*run the same command again/m);
    expect(said).not.toMatch(/^\s+at /m);
    expect(second.trim()).toBe("0");
    expect(readFileSync(join(kept, "second"), "utf8")).toMatch(/[12] of 3 files are there/);
    const { files } = JSON.parse(readFileSync(join(kept, "manifest.json"), "utf8"));
    expect(files).toHaveLength(3);
    for (const { file, bytes } of files) {
      const pdf = readFileSync(join(kept, file));
      expect(pdf).toHaveLength(bytes);
      expect(pdf.subarray(-8).toString("latin1")).toContain("%%EOF");
    }
  },
  300_000,
);
