import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse as cells } from "csv-parse/sync";
import { parse } from "yaml";
import { row, smallWorkbook } from "../loaders/xlsx/smallWorkbook.js";

const project = join(import.meta.dirname, "..", "..");

/** Where a name stands, and the name itself. */
export interface Hostile {
  place: string;
  text: string;
}

/** What a name asks for that is run. */
export const asked = "http://hostile.invalid/";
/** The class of every element that a name would make. */
const made = "hostile";

/** Names that are more than text to HTML, a script, an attribute, Markdown, a template, a spreadsheet, a line or its direction. */
const forms: readonly ((place: string) => string)[] = [
  (place) => `${place}<img class=${made} src=${asked}${place} onerror="hostile='${place}'">`,
  (place) => `${place}</title></style></script><script class=${made}>hostile='${place}'</script>`,
  (place) => `${place}" onmouseover="hostile='${place}'" class="${made}' onfocus='hostile=1' autofocus`,
  (place) => `=HYPERLINK("${asked}${place}","${place}")`,
  (place) => `${place}<svg class=${made} onload=hostile='${place}'><a href="javascript:hostile=1">&#60;b>`,
  (place) =>
    `${place} [x](javascript:hostile='${place}') **b** \`c\` <!-- \${hostile='${place}'} {{hostile}} $& $1 %s`,
  (place) => `${place} &lt;b class=${made}&gt; \u{1f469}\u200d\u{1f467} ${"long".repeat(75)}`,
  (place) => `@SUM(1+1)*cmd|'/C calc'!A0 ${place}`,
  (place) => `${place}\u202egnp.exe\u2066 12.3`,
  (place) => `-1+1 ${place} ]]></text><foreignObject class=${made}>`,
];

/**
 * Writes the sample's extracts and catalogue into a folder, with such a name wherever a company, its CRM or its KPI team gives one.
 * @returns the names
 */
export function hostileCompany(folder: string): Hostile[] {
  const names = new Map<string, string>();
  /** The name at a place, always the same; the places take the forms by turns. */
  const named = (place: string): string => {
    const form = forms[names.size % forms.length] as (typeof forms)[number];
    const text = names.get(place) ?? form(place);
    names.set(place, text);
    return text;
  };
  const quoted = (place: string) => `"${named(place).replaceAll('"', '""')}"`;
  const catalog = join(folder, "catalog");
  mkdirSync(catalog, { recursive: true });
  cpSync(join(project, "data", "catalog"), catalog, { recursive: true });
  cpSync(join(project, "data", "sample"), folder, { recursive: true });
  const change = (file: string, to: (text: string) => string) =>
    writeFileSync(join(folder, file), to(readFileSync(join(folder, file), "utf8")));
  /** Puts names into columns of a table, by what stands there. */
  const columns = (file: string, given: Record<string, (word: string, row: number) => string>) =>
    change(file, (text) => {
      const [head = "", ...lines] = text.split("\n");
      const titles = head.split(",");
      const rows = lines.map((line, row) => {
        const cells = line.split(",");
        if (line.includes('"') || cells.length !== titles.length) return line;
        return cells
          .map((cell, at) => (cell !== "" && given[titles[at] ?? ""]?.(cell, row)) || cell)
          .join(",");
      });
      return [head, ...rows].join("\n");
    });
  /** Each word by a name of its own, but one, which keeps the label that the catalogue gives it. */
  const of = (place: string, kept?: string) => (word: string) =>
    word === kept ? word : quoted(`${place}.${word}`);
  const some = (place: string, most: number) => (_: string, row: number) => quoted(`${place}.${row % most}`);

  columns("customers.csv", {
    name: some("customer", 20),
    region: of("region", "华北"),
    segment: (word) => (word === "other" ? quoted("segment.other") : word),
    industry: of("industry", "化工材料"),
    acquisition_channel: of("acquisition", "展会"),
    province: some("province", 3),
  });
  columns("employees.csv", {
    name: some("employee", 40),
    team: of("team", "一组"),
    role: of("role", "客户经理"),
  });
  columns("leads.csv", {
    source: of("source", "展会"),
    lost_reason: some("lost", 3),
    region: of("region", "华北"),
  });
  columns("products.csv", { name: some("product", 30), category: of("category") });
  columns("customer_status.csv", { reason: some("reason", 3) });
  columns("tickets.csv", {
    channel: (word) => (word === "email" ? quoted("channel.email") : word),
    complaint_class: (word) => (word === "delivery" ? quoted("class.delivery") : word),
    root_cause: some("cause", 3),
  });
  columns("events.csv", { name: some("event", 5), type: of("eventType") });
  columns("market_sales.csv", { market: of("market", "传感"), company: of("competitor") });
  columns("reviews_360.csv", { dimension: of("review", "沟通") });
  columns("trainings.csv", { course: some("course", 3) });
  columns("initiatives.csv", {
    name: of("initiative"),
    scope_value: (word) => (word === "华南" ? quoted("region.华南") : word),
  });
  columns("milestones.csv", { name: of("milestone") });
  columns("catalog/risks.csv", { name: some("risk", 9), countermeasure: some("countermeasure", 9) });
  columns("catalog/improvements.csv", {
    measure: some("measure", 9),
    measure_en: some("measureEn", 9),
    dimension: of("review", "沟通"),
  });
  columns("catalog/weights.csv", { changed_by: of("changedBy"), note: some("note", 4) });
  change("initiatives.csv", (text) => text.replace("I01,", `${quoted("initiativeId")},`));
  change("tickets.csv", (text) => text.replace(",inquiry,", `,${quoted("refused.type")},`));

  const file = named("file.events").replaceAll("/", "").slice(0, 200);
  names.set("file.events", file);
  renameSync(join(folder, "events.csv"), join(folder, `${file}.csv`));
  change("sources.yaml", (text) => text.replace("events.csv", "file.events*"));

  change("catalog/settings.yaml", (text) => `${text}publish_names: true\n`);
  writeFileSync(
    join(catalog, "dimensions.yaml"),
    "- { id: town, labels: { zh-CN: 城市, en: Town }, from: { customers: city } }\n",
  );
  for (const file of readdirSync(catalog).filter((name) => name.endsWith(".yaml")))
    change(join("catalog", file), (text) =>
      JSON.stringify(renamed(parse(text), file.replace(".yaml", ""), named)),
    );
  for (const [file, columns] of [
    ["initiatives.csv", ["name_en"]],
    ["milestones.csv", ["name_en"]],
    ["catalog/risks.csv", ["name_en", "countermeasure_en"]],
  ] as const)
    change(file, (text) =>
      text
        .trimEnd()
        .split("\n")
        .map((line, row) =>
          [
            line,
            ...columns.map((each) =>
              row === 0 ? each : quoted(`${file.split(/[/.]/).at(-2)}.${each}.${row}`),
            ),
          ].join(","),
        )
        .join("\n"),
    );
  return [...names].map(([place, text]) => ({ place, text }));
}

/** The sheets of a workbook, called as Excel lets them be: of at most 31 characters, without `[]:*?/\\`. */
const sheets = { trainings: `"><img class=${made} onerror=x>`, milestones: `=1+1|<b class=${made}>'"&#60;` };

/**
 * Puts two of the company's tables into a workbook whose sheets have such names.
 * @returns the names
 */
export async function intoWorkbook(folder: string): Promise<Hostile[]> {
  const xml = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const given = Object.entries(sheets).map(([table, name]) => {
    const rows = cells(readFileSync(join(folder, `${table}.csv`), "utf8")) as string[][];
    return { name: xml(name), rows: rows.map((each, at) => row(at + 1, each.map(xml))).join("") };
  });
  writeFileSync(join(folder, "two.xlsx"), await smallWorkbook({ sheets: given }));
  const path = join(folder, "sources.yaml");
  const text = Object.entries(sheets).reduce(
    (yaml, [table, sheet]) =>
      yaml.replace(
        `${table}: ${table}.csv`,
        () => `${table}: ${JSON.stringify({ file: "two.xlsx", sheet })}`,
      ),
    readFileSync(path, "utf8"),
  );
  writeFileSync(path, text);
  for (const table of Object.keys(sheets)) rmSync(join(folder, `${table}.csv`));
  return Object.entries(sheets).map(([table, text]) => ({ place: `sheet.${table}`, text }));
}

/**
 * Writes the packs of the project into a folder, with such names as their titles.
 * @returns the names
 */
export function hostilePacks(from: string, folder: string): Hostile[] {
  mkdirSync(folder);
  return readdirSync(from).flatMap((file, index) => {
    const place = `pack.${file.replace(".yaml", "")}`;
    const title = { zh: "", en: "" };
    for (const [at, lang] of (["zh", "en"] as const).entries())
      title[lang] = (forms[(2 * index + at) % forms.length] as (typeof forms)[number])(`${place}.${lang}`);
    // Long names take more pages than a pack for leadership has.
    const pack = { ...parse(readFileSync(join(from, file), "utf8")), title, max_pages: null };
    writeFileSync(join(folder, file), JSON.stringify(pack));
    return Object.entries(title).map(([lang, text]) => ({ place: `${place}.${lang}`, text }));
  });
}

/** A catalogue's file with such names in the place of all of its labels. */
function renamed(value: unknown, at: string, named: (place: string) => string): unknown {
  if (Array.isArray(value))
    return value.map((each, index) => renamed(each, `${at}.${each?.id ?? index}`, named));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const isLabel = ["zh", "zh-CN", "en"].includes(key) && typeof each === "string";
      return [key, isLabel ? named(`${at}.${key}`) : renamed(each, `${at}.${key}`, named)];
    }),
  );
}
