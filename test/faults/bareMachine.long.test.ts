import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { canMount, withMounts } from "../mounts.js";
import { type SampleSite, sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";

const mounts = canMount();
const folder = temporaryFolder("bare-machine");
const home = join(folder, "home");
let site: SampleSite;

beforeAll(async () => {
  if (mounts) site = await sampleSite();
});

const command = (out: string, lang = "en") =>
  `${process.execPath} ${join(import.meta.dirname, "../../src/cli/herringbone.js")} export quality-certificate --lang ${lang} --quiet --dist ${site.dist} --out ${out}`;

describe.skipIf(!mounts)(
  "a machine that lacks something (skipped where nothing can be mounted: needs root)",
  () => {
    it("no browser and no network: what was tried and what to run, in both languages, and no file", () => {
      mkdirSync(home, { recursive: true });
      const names =
        "google-chrome-stable google-chrome chromium chromium-browser microsoft-edge-stable microsoft-edge";
      const hide = `for f in ${names}; do for p in $(which -a $f) /usr/bin/$f /usr/local/bin/$f /snap/bin/$f; do
      [ -f $p ] && mount --bind /dev/null $p; done; done`;
      const env = { PATH: process.env.PATH, HOME: home, TMPDIR: folder, npm_config_fetch_retries: "0" };
      for (const [lang, none, naming] of [
        [
          "en",
          "herringbone: no browser for the PDF, and none could be installed",
          "or name one with: export PUPPETEER_EXECUTABLE_PATH=",
        ],
        ["zh-CN", "herringbone：", "export PUPPETEER_EXECUTABLE_PATH="],
      ] as const) {
        const out = join(folder, `none-${lang}`);
        const { status, stderr } = withMounts(`${hide}; ${command(out, lang)}`, ["-n"], env);
        expect([status, stderr]).toEqual([1, expect.stringContaining(none)]);
        expect(stderr).toContain(naming);
        expect(stderr).toContain("@sparticuz/chromium");
        expect(stderr).not.toMatch(/^\s+at /m);
        expect(existsSync(out) ? readdirSync(out) : []).toEqual([]);
      }
    });

    it("no font at all: the same file", () => {
      const [some, none] = [join(folder, "fonts"), join(folder, "no-fonts")];
      expect(withMounts(command(some))).toMatchObject({ status: 0, stderr: "" });
      const bare = withMounts(`mount --bind /dev/null /etc/fonts/fonts.conf; ${command(none)}`);
      expect([bare.status, bare.stderr]).toEqual([0, ""]);
      const [one, other] = [some, none].map((out) => readFileSync(join(out, "quality-certificate.en.pdf")));
      expect(one?.equals(other as Buffer)).toBe(true);
    });

    it.each(["", "/below"])("a read-only --out%s: one line that names it", (below) => {
      const place = join(folder, "disk");
      mkdirSync(place, { recursive: true });
      const { status, stdout, stderr } = withMounts(
        `mount -t tmpfs -o ro tmpfs ${place}; ${command(place + below)}; code=$?; ls -A ${place}; exit $code`,
      );
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr.split("\n")).toEqual([
        expect.stringContaining(`herringbone: the file system is read-only: ${place}`),
        "",
      ]);
      expect(existsSync(`${place}.lock`)).toBe(false);
    });
  },
);
