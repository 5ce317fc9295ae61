import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inMariadb, mariadbProgram, mariadbUrl, startMariadb } from "../loaders/database/mariadbServer.js";
import {
  inPostgres,
  postgresProgram,
  postgresUrl,
  startPostgres,
} from "../loaders/database/postgresServer.js";
import type { Server } from "../loaders/database/servers.js";
import { canMount, withMounts } from "../mounts.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("disk-full-build");
const program = join(import.meta.dirname, "../../src/cli/herringbone.js");
const place = join(folder, "disk");
const small = join(folder, "small");
const large = join(folder, "large");
const made = join(folder, "made");

/** 3 MB of tickets in 40 kB, which a select puts into a table of its own. */
const tickets = () => {
  const rows = Array.from(
    { length: 60_000 },
    (_, index) => `T${index},complaint,phone,2026-03-${10 + (index % 9)} 10:00,n`,
  );
  return `ticket_id,type,channel,created_at,note\n${rows.join("\n")}\n`;
};

/** 200,000 tickets, which take more room than is left. */
const databases = [
  {
    kind: "postgres",
    frees: [500, 6000, 16_000],
    program: postgresProgram,
    start: () => startPostgres(),
    url: postgresUrl,
    run: inPostgres,
    table: `create table tickets as select 'T' || g as ticket_id, 'complaint' as type, 'phone' as channel,
      timestamp '2026-03-01 10:00' + g * interval '1 second' as created_at, md5(g::text) || md5(g::text) as note
      from generate_series(1, 200000) g`,
  },
  {
    kind: "mysql",
    // Where the rows lie in the meantime is the same.
    frees: [6000],
    program: mariadbProgram,
    start: () => startMariadb(),
    url: mariadbUrl,
    run: inMariadb,
    table: `create table tickets as select concat('T', seq) as ticket_id, 'complaint' as type, 'phone' as channel,
      timestamp '2026-03-01 10:00' + interval seq second as created_at, concat(md5(seq), md5(seq)) as note
      from seq_1_to_200000`,
  },
];

beforeAll(() => {
  for (const each of [place, small, large, made]) mkdirSync(each, { recursive: true });
  writeFileSync(join(large, "t.csv.gz"), gzipSync(tickets()));
  const select = "select ticket_id, type, channel, created_at from t";
  writeFileSync(
    join(large, "sources.yaml"),
    `s:\n  files: {t: t.csv.gz}\n  tables: {tickets: {select: ${JSON.stringify(select)}}}\n`,
  );
  // What stands there before, with a build that it keeps: made once, and copied for each.
  for (const name of ["Fair", "Fair and ball"]) {
    writeFileSync(join(small, "events.csv"), `event_id,name,held_on\nV1,${name},2026-03-04\n`);
    const { status, stderr } = spawnSync("sh", ["-c", build(small, made)], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  }
}, 60_000);

const run = (...args: string[]) => `${process.execPath} ${program} ${args.join(" ")} --lang en --quiet`;
const build = (data: string, folder = place) =>
  run("build", "--data", data, "--warehouse", `${folder}/w.duckdb`);

/** Puts a warehouse on a small disk, fills it up, and builds again: how that ends, what is left, and what the warehouse then says. */
function fill(size: string, free: number, data: string, command = build(data)) {
  const { stdout, stderr } = withMounts(`mount -t tmpfs -o size=${size} tmpfs ${place}
    cp -a ${made}/. ${place}/
    ls -A ${place} ${place}/w.duckdb.builds 2>&- | sort >${folder}/before; sha256sum ${place}/w.duckdb >${folder}/digest
    used=$(df -k --output=avail ${place} | tail -1); fill=$((used - ${free}))
    [ $fill -gt 0 ] && head -c \${fill}k /dev/zero >${folder}/disk/filler
    ${command} 2>${folder}/said; code=$?
    rm -f ${place}/filler
    ls -A ${place} ${place}/w.duckdb.builds 2>&- | sort >${folder}/after
    sha256sum -c --quiet ${folder}/digest && echo same
    diff ${folder}/before ${folder}/after && echo clean
    ${build(small)} && echo again
    echo $code; cat ${folder}/said`);
  return { lines: stdout.trim().split("\n"), stderr };
}

/** The disk was told to be full, what was there before is there as it was, and a build is made once there is room. */
function expectClean(lines: string[], stderr: string): void {
  const at = lines.findIndex((line) => /^\d+$/.test(line));
  expect(lines[0], `${lines.join("\n")}${stderr}`).toBe("same");
  expect(lines.slice(at - 1)).toEqual([
    "again",
    "1",
    expect.stringMatching(/^herringbone: the disk is full/),
  ]);
  // Nothing is left but, where there was room for it, the record of what failed.
  const left = lines.slice(1, at).filter((line) => /^[<>]/.test(line));
  expect(left.filter((line) => !line.endsWith("w.duckdb.last-attempt.json"))).toEqual([]);
}

describe.skipIf(!canMount())(
  "a disk that is full (skipped where no tmpfs can be mounted: needs root)",
  () => {
    // From where nothing at all can be written: unpacking, the select's raw table, staging, the last write.
    it.each([0, 500, 2500, 6000])(
      "%s kB are free: a build leaves the one before, clears up, and is made once there is room",
      (free) => {
        const { lines, stderr } = fill("64m", free, large);
        expectClean(lines, stderr);
      },
      120_000,
    );

    describe.each(databases)(
      "and the rows of a database of $kind (skipped where the machine has no server)",
      ({ kind, program, start, url, run, table, frees }) => {
        describe.skipIf(!program)("", () => {
          let server: Server;
          beforeAll(async () => {
            server = await start();
            await run(server.port, table);
            mkdirSync(join(folder, kind));
            writeFileSync(
              join(folder, kind, "sources.yaml"),
              `db:\n  kind: ${kind}\n  url_env: DISK_FULL_URL\n  relations: {tickets: {table: tickets}}\n`,
            );
          }, 60_000);
          afterAll(() => server?.stop());

          it.each(frees)(
            "%s kB are free: the build before stays, and it is made once there is room",
            (free) => {
              const named = `DISK_FULL_URL='${url(server.port)}' `;
              const { lines, stderr } = fill("128m", free, "", named + build(join(folder, kind)));
              expectClean(lines, stderr);
            },
            120_000,
          );
        });
      },
    );

    it("there is no room for the kept build that is to be brought back", () => {
      const [kept = ""] = readdirSync(join(made, "w.duckdb.builds"));
      const restore = run(
        "build",
        "--restore",
        basename(kept, ".duckdb"),
        "--warehouse",
        `${place}/w.duckdb`,
      );
      const { lines, stderr } = fill("64m", 100, small, restore);
      expectClean(lines, stderr);
    }, 120_000);
  },
);
