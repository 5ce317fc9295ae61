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

it.skipIf(!mounts)(
  "a disk that is full while a site is built: the one before stays, nothing is left beside it, and it is built once there is room (skipped where no tmpfs can be mounted: needs root)",
  () => {
    const { dist, warehouse } = site;
    const [place, kept] = [join(folder, "site-disk"), join(folder, "site-kept")];
    for (const each of [place, kept]) mkdirSync(each, { recursive: true });
    const program = join(import.meta.dirname, "../../src/cli/herringbone.js");
    const run = `${process.execPath} ${program} site --warehouse ${warehouse} --out ${place}/dist --lang en --quiet`;
    // Of what a second site takes there is room for none of it, some of it, and all but its last file.
    for (const share of [0, 50, 98]) {
      const { stdout, stderr } = withMounts(`mount -t tmpfs -o size=100m tmpfs ${place}
        cp -a ${dist} ${place}/dist; (cd ${place} && find dist -type f | sort | xargs sha256sum) >${kept}/before
        used=$(du -sk ${place}/dist | cut -f1); free=$(df -k --output=avail ${place} | tail -1)
        head -c $((free - used * ${share} / 100))k /dev/zero >${place}/filler
        ${run} 2>${kept}/said; echo $?; rm ${place}/filler
        (cd ${place} && find . -type f | sort | sed s:^./:: | xargs sha256sum) >${kept}/after
        diff ${kept}/before ${kept}/after && echo clean
        ${run} && echo again; ls -A ${place}`);
      expect(stdout.trim().split("\n"), `${share} %: ${stderr}`).toEqual(["1", "clean", "again", "dist"]);
      const said = readFileSync(join(kept, "said"), "utf8");
      expect(said.trim().split("\n"), `${share} %`).toEqual([
        expect.stringMatching(/^herringbone: the disk is full/),
      ]);
    }
  },
  300_000,
);
