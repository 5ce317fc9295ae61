import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import JSZip from "jszip";
import { describe, expect, it } from "vitest";
import xxhash from "xxhash-wasm";
import { CliError } from "../../src/run/error.js";
import { refusalOf, stageFolder } from "../load/stageFolder.js";
import { isLong } from "../long.js";
import { encodeGb18030 } from "./encodeGb18030.js";
import { expectEquations } from "./faultyFile.js";
import { rawZip } from "./rawZip.js";

const customers = 'customer_id,name\nC1,a\nC2,"b\nC3,\nC1,later\n';

async function zip(
  members: Readonly<Record<string, string | Buffer>>,
  ...options: object[]
): Promise<Buffer> {
  const archive = new JSZip();
  for (const [name, content] of Object.entries(members))
    archive.file(name, content, { createFolders: false, ...options[0] });
  return archive.generateAsync({ type: "nodebuffer", compression: "DEFLATE", platform: "UNIX" });
}

/** A frame of Zstandard that holds a text as it is, in a block of a letter and one of the others, as RFC 8878 has it. */
function zstd(text: string): Buffer {
  const [letter, rest] = [Buffer.from(text.slice(0, 1)), Buffer.from(text.slice(1))];
  const block = (bytes: Buffer, isLast: boolean) => {
    const head = Buffer.alloc(3);
    head.writeUIntLE((bytes.length << 3) | (isLast ? 1 : 0), 0, 3);
    return Buffer.concat([head, bytes]);
  };
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(Number(hashes.h64(text) & 0xffffffffn));
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x24, text.length]);
  return Buffer.concat([header, block(letter, false), block(rest, true), sum]);
}

const hashes = await xxhash();

describe("a packed file is read as the text in it", () => {
  const packed: Record<string, () => Promise<[string, Buffer]>> = {
    gzip: async () => ["customers.csv.gz", gzipSync(customers)],
    "gzip of several members": async () => [
      "customers.csv.gz",
      Buffer.concat([gzipSync(customers.slice(0, 20)), gzipSync(customers.slice(20)), Buffer.alloc(512)]),
    ],
    tabs: async () => ["customers.tsv.gz", gzipSync(customers.replaceAll(",", "\t"))],
    zstd: async () => ["customers.csv.zst", zstd(customers)],
    "zstd of several frames": async () => [
      "customers.csv.zst",
      Buffer.concat([
        zstd(customers.slice(0, 20)),
        Buffer.from([0x51, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]),
        zstd(customers.slice(20)),
      ]),
    ],
    zip: async () => ["all.zip/customers.csv", await zip({ "customers.csv": customers })],
    "a folder in a zip": async () => [
      "a/all.zip/export/customers-2026.csv",
      await zip({ "export/customers-2026.csv": customers, "__MACOSX/export/._customers-2026.csv": "x" }),
    ],
    "a table's folder in a zip": async () => [
      "x.zip/customers/a.csv",
      await zip({ "customers/a.csv": customers }),
    ],
    "gzip in a zip": async () => [
      "all.zip/customers.csv.gz",
      await zip({ "customers.csv.gz": gzipSync(customers) }),
    ],
  };
  for (const [what, make] of Object.entries(packed))
    it(what, async () => {
      const [file, content] = await make();
      const disk = file.replace(/(\.zip)\/.*/, "$1");
      await stageFolder({ [disk]: content }, async (staged) => {
        await expectEquations(staged);
        expect(staged.report.files).toMatchObject([
          { file, rowsRead: 4, rowsAccepted: 3, linesRejected: 1, encoding: "utf-8" },
        ]);
        expect(staged.report.ignored).toEqual([]);
        const tab = file.includes(".tsv") ? "\t" : ",";
        expect(await staged.quarantine()).toMatchObject([
          { place: `${file}:2`, rules: [[null, "superseded"]] },
          { place: `${file}:3`, raw: `C2${tab}"b`, rules: [[null, "broken_quoting"]] },
          { place: `${file}:4`, rules: [["name", "required"]] },
        ]);
        expect(await staged.rows("select bytes::int as bytes, sha256 from ingest.files")).toEqual([
          { bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") },
        ]);
      });
    });

  it("of GB18030, from archives that patterns name, beside a plain file", async () => {
    const yaml = `crm:
  files: {c: "年度*.zip/**/*客户*.csv", p: p.zip, more: more.csv}
  tables:
    customers: {from: c}
    products: {from: p}
    employees: {from: more}
`;
    const chinese = `customer_id,name\n${Array.from({ length: 9 }, (_, index) => `C${index},北京机械设备有限公司\n`).join("")}`;
    const files = {
      "sources.yaml": yaml,
      "年度2025.zip": await zip({ "导出/客户.csv": encodeGb18030(chinese), "说明.txt": "x" }),
      "年度2026.zip": await zip({ "客户2.csv": "customer_id,name\nD1,d\n" }),
      "p.zip": await zip({ "export.dat": "product_id;name\nP1;p\n" }),
      "more.csv": "employee_id,name\nE1,e\n",
      "other.zip": Buffer.from("is not looked into"),
    };
    await stageFolder(files, async ({ report, rows }) => {
      expect(report.files.map(({ file, rowsRead, encoding }) => [file, rowsRead, encoding])).toEqual([
        ["年度2025.zip/导出/客户.csv", 9, "gb18030"],
        ["年度2026.zip/客户2.csv", 1, "utf-8"],
        ["more.csv", 1, "utf-8"],
        ["p.zip/export.dat", 1, "utf-8"],
      ]);
      expect(await rows("select distinct name from staging.customers order by all")).toEqual([
        { name: "d" },
        { name: "北京机械设备有限公司" },
      ]);
      expect(report.ignored).toEqual(["other.zip", "年度2025.zip/说明.txt"]);
    });
  });

  it("but a link, a path that leads out of the archive and a file of no table are said, not read", async () => {
    const archive = new JSZip();
    archive.file("products.csv", "product_id,name\nP1,p\n");
    archive.file("customers.csv", "/etc/passwd", { unixPermissions: 0o120777 });
    archive.file("note.txt", "x");
    const content = await archive.generateAsync({ type: "nodebuffer", platform: "UNIX" });
    const out = Buffer.from(
      (await zip({ "aa/employees.csv": "employee_id,name\n", "Xtickets.csv": "ticket_id\n" }))
        .toString("latin1")
        .replaceAll("aa/employees.csv", "../employees.csv".slice(0, 16))
        .replaceAll("Xtickets.csv", "/tickets.csv"),
      "latin1",
    );
    await stageFolder({ "all.zip": content, "out.zip": out }, async ({ report }) => {
      expect(report.files.map(({ file }) => file)).toEqual(["all.zip/products.csv"]);
      expect(report.ignored).toEqual([
        "all.zip/note.txt",
        "all.zip/customers.csv",
        "out.zip/../employees.csv",
        "out.zip//tickets.csv",
      ]);
    });
  });
});

describe("a packed file that is damaged ends the build with its name", () => {
  const text = `customer_id,name\n${Array.from({ length: 3000 }, (_, index) => `C${index},n${(index * 7919) % 1000}\n`).join("")}`;
  const flipped = (content: Buffer, at: number) => {
    const copy = Buffer.from(content);
    const place = at < 0 ? copy.length + at : at;
    copy[place] = (copy[place] as number) ^ 0x10;
    return copy;
  };
  const gz = gzipSync(text);
  const cases: [string, string, () => Promise<Buffer>][] = [
    ["cut off", "customers.csv.gz", async () => gz.subarray(0, -5)],
    ["its checksum flipped", "customers.csv.gz", async () => flipped(gz, -6)],
    ["its length flipped", "customers.csv.gz", async () => flipped(gz, -2)],
    ["a byte flipped", "customers.csv.gz", async () => flipped(gz, 4000)],
    ["something behind it", "customers.csv.gz", async () => Buffer.concat([gz, Buffer.from([0, 0, 7])])],
    ["cut off", "customers.csv.zst", async () => zstd(customers).subarray(0, -1)],
    ["cut off behind a block", "customers.csv.zst", async () => zstd(customers).subarray(0, 10)],
    ["a byte flipped", "customers.csv.zst", async () => flipped(zstd(customers), 20)],
    ["its checksum flipped", "customers.csv.zst", async () => flipped(zstd(customers), -2)],
    ["its length flipped", "customers.csv.zst", async () => flipped(zstd(customers), 5)],
    [
      "something behind it",
      "customers.csv.zst",
      async () => Buffer.concat([zstd(customers), Buffer.from("x")]),
    ],
    ["cut off", "all.zip", async () => (await zip({ "customers.csv": text })).subarray(0, -30)],
    ["cut in two", "all.zip", async () => (await zip({ "customers.csv": text })).subarray(0, 900)],
    [
      "a byte flipped",
      "all.zip/customers.csv",
      async () => flipped(await zip({ "customers.csv": text }), 4000),
    ],
    [
      "a stored byte flipped",
      "all.zip/customers.csv",
      async () => {
        const archive = new JSZip();
        archive.file("customers.csv", text);
        return flipped(await archive.generateAsync({ type: "nodebuffer", compression: "STORE" }), 4000);
      },
    ],
  ];
  it.each(cases)("%s: %s", async (_, file, make) => {
    const { en, zh, exitCode } = await refusalOf({ [file.replace(/(\.zip)\/.*/, "$1")]: await make() });
    expect(exitCode).toBe(1);
    expect(en).toMatch(
      new RegExp(
        `^cannot read .*/${file}: it is damaged, cut off or not what its name says; export or copy it once more \\(`,
      ),
    );
    expect(zh).toMatch(/^无法读取 .*：文件已损坏/);
    expect(`${en}${zh}`).not.toMatch(/unpacked-|\n/);
  });

  it("locked, of two files of one name, or with more than a pattern can mean", async () => {
    const archive = await zip({ "customers.csv": text, "Xustomers.csv": text });
    const locked = Buffer.from(await zip({ "customers.csv": text }));
    // The general purpose bit 0, in the member's head and in the directory.
    locked.writeUInt16LE(1, 6);
    locked.writeUInt16LE(1, locked.indexOf(Buffer.from("PK\x01\x02", "latin1")) + 8);
    const twice = Buffer.from(archive.toString("latin1").replaceAll("Xustomers", "customers"), "latin1");
    expect((await refusalOf({ "all.zip": locked })).en).toMatch(
      /^locked by a password.*all\.zip\/customers\.csv$/,
    );
    expect((await refusalOf({ "all.zip": twice })).en).toMatch(
      /two files of one name, customers\.csv: .*all\.zip$/,
    );
    const yaml = "crm: {files: all.zip, tables: {customers: {}}}\n";
    expect(await refusalOf({ "all.zip": archive, "sources.yaml": yaml })).toMatchObject({
      en: "sources.yaml: crm.files: all.zip holds several files, name which of them: all.zip/Xustomers.csv, all.zip/customers.csv",
      exitCode: 2,
    });
  });
});

describe("a packed file with a bit flipped anywhere", () => {
  const rows = Array.from({ length: 40 }, (_, index) => `C${index},n${(index * 7919) % 1000}\n`);
  const text = `customer_id,name\n${rows.join("")}`;
  const kinds: [string, () => Promise<Buffer>][] = [
    ["customers.csv.gz", async () => gzipSync(text)],
    ["customers.csv.zst", async () => zstd(text.slice(0, 200))],
    ["all.zip", async () => zip({ "customers.csv": text })],
  ];
  it.each(kinds)("is refused, or gives the same: %s", async (file, make) => {
    const sound = await make();
    const read = (content: Buffer) =>
      stageFolder({ [file]: content }, async (staged) => ({
        rows: await staged.rows("select customer_id, name from staging.customers order by all"),
        refused: await staged.quarantine(),
      }));
    const expected = await read(sound);
    const parts = isLong ? 150 : 10;
    let refused = 0;
    for (let part = 0; part < parts; part++) {
      // One in each part, drawn anew by the part's number.
      const bit = Math.floor(((part + ((part * 7919) % 97) / 97) / parts) * sound.length * 8);
      const content = Buffer.from(sound);
      content[bit >> 3] = (content[bit >> 3] as number) ^ (1 << (bit & 7));
      const found = await read(content).catch((error: unknown) => error);
      if (found instanceof CliError) refused++;
      else expect(found, `bit ${bit}`).toEqual(expected);
    }
    expect(refused).toBeGreaterThan(parts / 2);
  });
});

describe("what unpacks to far more than a table", () => {
  const zeros = Buffer.alloc(300 * 2 ** 20);
  it("is refused when so much came out of it", async () => {
    const { en, exitCode } = await refusalOf({ "customers.csv.gz": gzipSync(zeros, { level: 1 }) });
    expect(en).toMatch(
      /^unpacks to more than a table can be \(200 times its \d+ bytes, or 64 GiB\).*customers\.csv\.gz$/,
    );
    expect(exitCode).toBe(1);
  }, 30_000);

  it("is refused by what an archive says of all its files before any is unpacked", async () => {
    const content = await zip({ "customers.csv": "customer_id,name\n", "other.bin": "x" });
    const entry = content.lastIndexOf(Buffer.from("PK\x01\x02", "latin1"));
    content.writeUInt32LE(3_000_000_000, entry + 24);
    expect((await refusalOf({ "all.zip": content })).en).toMatch(
      /^unpacks to more than a table can be.*all\.zip$/,
    );
  });

  it("is refused where members lie over each other, before any is unpacked", async () => {
    const members = Array.from({ length: 9000 }, (_, index) => ({ name: `customers-${index}.csv`, of: 0 }));
    const content = rawZip([Buffer.alloc(1_000_000)], members);
    expect((await refusalOf({ "all.zip": content })).en).toMatch(
      /^unpacks to more than a table can be.*all\.zip$/,
    );
  });

  it("is refused where an archive has members without end", async () => {
    const members = Array.from({ length: 200_000 }, (_, index) => ({ name: `${index}.csv`, of: 0 }));
    const { en, exitCode } = await refusalOf({ "all.zip": rawZip([Buffer.from("x")], members) });
    expect(en).toMatch(/200000.*10000.*all\.zip$/);
    expect(exitCode).toBe(1);
  });

  it("is looked into no deeper than once: an archive in an archive, be it itself, is said and not read", async () => {
    const inner = await zip({ "customers.csv": customers });
    const files = { "all.zip": await zip({ "again.zip": inner, "products.csv": "product_id,name\nP1,p\n" }) };
    await stageFolder(files, async ({ report }) => {
      expect(report.files.map(({ file }) => file)).toEqual(["all.zip/products.csv"]);
      expect(report.ignored).toEqual(["all.zip/again.zip"]);
    });
    const yaml = "crm: {files: all.zip/again.zip/customers.csv, tables: {customers: {}}}\n";
    expect((await refusalOf({ ...files, "sources.yaml": yaml })).exitCode).toBe(2);
  });
});
