import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { searchBounds } from "../../../loaders/hubspot/index.js";
import { dropped } from "../../../loaders/remote/keep.js";
import type { ForgottenPersons } from "../../../src/contract/persons.js";
import { loadStaging } from "../../../src/load/index.js";
import { silent } from "../../../src/run/progress.js";
import { BuildCache } from "../../../src/warehouse/kept/buildCache.js";
import { worded } from "../../../src/words/wording.js";
import { temporaryFolder } from "../../temporaryFolder.js";
import { differing, everyRow } from "../../warehouse/everyRow.js";
import { salesforceOrg } from "./salesforce.js";
import { type Answer, type Asked, crmYaml, token, withCrm } from "./server.js";

type Cells = Record<string, unknown>;

/** A record of an account: when it changed last, and whether it is deleted. */
interface Item {
  id: number;
  name: string;
  at: Date;
  isGone: boolean;
}

/** An account whose records change from night to night. */
class Account {
  items: Item[] = [];
  now = new Date("2026-03-01T00:00:00Z");
  /** Fields beside the known ones. */
  extra: string[] = [];
  /** Cursors of an export from before are none any more. */
  epoch = 0;
  private serial = 0;

  constructor() {
    for (let at = 0; at < 230; at++) this.add(new Date(Date.UTC(2025, 0, 1, at)));
    for (const { id } of this.items.slice(0, 6)) this.remove(id, false);
  }
  add(at = this.now) {
    const id = 1000 + ++this.serial;
    this.items.push({ id, name: `Firm ${id}`, at, isGone: false });
  }
  get live() {
    return this.items.filter(({ isGone }) => !isGone);
  }
  get gone() {
    return this.items.filter(({ isGone }) => isGone);
  }
  /** The export of a change comes last. */
  touch(id: number, change: Partial<Item>, isTold = true) {
    const item = this.items.find((each) => each.id === id) as Item;
    Object.assign(item, change, isTold ? { at: this.now } : {});
    if (isTold) this.items = [...this.items.filter((each) => each !== item), item];
  }
  rename = (id: number, isTold = true) => this.touch(id, { name: `Renamed ${this.now.getTime()}` }, isTold);
  remove = (id: number, isTold = true) => this.touch(id, { isGone: true }, isTold);
  purge(id: number) {
    this.items = this.items.filter((each) => each.id !== id);
  }
}

const own = (account: Account, id: number): Cells =>
  Object.fromEntries(account.extra.map((name) => [name, `x${id}`]));

/** Each interface over such an account, as its documentation shows its answers; what is deleted goes its own way in each. */
const systems = {
  salesforce: {
    relation: "r: {object: Account, cursor: SystemModstamp}",
    columns: "customer_id: Id, name: Name",
    where: "IsDeleted = 'false'",
    answer: (account: Account, asked: Asked): Answer =>
      salesforceOrg({
        pageRows: 100,
        objects: {
          Account: account.items
            .toSorted((one, other) => one.id - other.id)
            .map(({ id, name, at, isGone }) => ({
              ...{ Id: `a${id}`, Name: name, IsDeleted: isGone },
              ...{ SystemModstamp: at.toISOString().replace("Z", "+0000"), ...own(account, id) },
            })),
        },
      })(asked),
  },
  hubspot: {
    relation: "r: {object: companies, cursor: hs_lastmodifieddate}",
    columns: "customer_id: id, name: name",
    where: "archived = 'false'",
    answer: (account: Account, { path, query, body }: Asked): Answer => {
      const names = ["name", "hs_lastmodifieddate", ...account.extra];
      if (path.includes("/properties/"))
        return { json: { results: names.map((name) => ({ name, type: "string", calculated: false })) } };
      const recordOf = ({ id, name, at, isGone }: Item) => ({
        ...{ id: String(id), archived: isGone },
        properties: { name, hs_lastmodifieddate: at.toISOString(), ...own(account, id) },
      });
      if (!path.endsWith("/search")) {
        const from = Number(query.get("after") ?? 0);
        const all = query.get("archived") === "true" ? account.gone : account.live;
        return page(all.toSorted((one, other) => one.id - other.id).map(recordOf), from);
      }
      const { filterGroups, after = "0" } = JSON.parse(body) as {
        filterGroups: { filters: { propertyName: string; operator: string; value: string }[] }[];
        after?: string;
      };
      const [filter] = filterGroups.flatMap(({ filters }) => filters);
      const since = filter ? new Date(Number(filter.value)) : new Date(0);
      const found = account.live
        .filter(({ at }) => at >= since)
        .toSorted((one, other) => one.at.getTime() - other.at.getTime());
      const { json } = page(found.map(recordOf), Number(after)) as { json: object };
      return { json: { total: found.length, ...json } };
    },
  },
  zendesk: {
    relation: "r: {object: users, cursor: updated_at}",
    columns: "customer_id: id, name: name",
    where: "active = 'true'",
    answer: (account: Account, { path, query }: Asked): Answer => {
      if (path.endsWith("/count")) return { json: { count: { value: account.live.length } } };
      const cursor = query.get("cursor");
      const [epoch, ...after] = (cursor ?? `${account.epoch}-0-0`).split("-").map(Number);
      if (epoch !== account.epoch)
        return { status: 400, json: { error: "InvalidValue", description: "cursor" } };
      // An export goes by the time of change: after the last that was given.
      const order = account.items
        .map((item, at) => [item.at.getTime(), at, item] as const)
        .toSorted((one, other) => one[0] - other[0] || one[1] - other[1]);
      const left = order.filter(
        ([at, , { id }]) => at > (after[0] ?? 0) || (at === after[0] && id > (after[1] ?? 0)),
      );
      const given = left.slice(0, 100);
      const users = given.map(([, , { id, name, at, isGone }]) => ({
        ...{ id, name, active: !isGone, updated_at: at.toISOString() },
        user_fields: own(account, id),
      }));
      const [last] = given.slice(-1);
      const after_cursor = last ? `${account.epoch}-${last[0]}-${last[2].id}` : cursor;
      return { json: { users, after_cursor, end_of_stream: left.length <= 100 } };
    },
  },
};

function page(all: unknown[], from: number): Answer {
  const paging = from + 100 < all.length ? { paging: { next: { after: String(from + 100) } } } : {};
  return { json: { results: all.slice(from, from + 100), ...paging } };
}

const anew = /: of [\d,]+ rows \d+ read anew$/;
const behind = /: read whole: rows were deleted or changed without the cursor telling it$/;
const columns = /: read whole: its columns or their types are others than they were$/;

interface Night {
  name: string;
  happens(account: Account, pick: (below: number) => number): void;
  says: RegExp | Partial<Record<keyof typeof systems, RegExp>>;
}

const some = (of: readonly Item[], pick: (below: number) => number) => (of[pick(of.length)] as Item).id;

const nights: Night[] = [
  { name: "nothing", happens() {}, says: anew },
  { name: "new records", happens: (account) => repeat(3, () => account.add()), says: anew },
  {
    name: "changed records",
    happens: (account, pick) => account.rename(some(account.live, pick)),
    says: anew,
  },
  {
    name: "more than a page of changes",
    happens(account) {
      for (const { id } of account.live.slice(0, 150)) {
        account.now = new Date(account.now.getTime() + 1000);
        account.rename(id);
      }
    },
    says: anew,
  },
  {
    name: "a deleted record",
    happens: (account, pick) => account.remove(some(account.live, pick)),
    says: anew,
  },
  {
    name: "one that comes back",
    happens: (account, pick) => account.touch(some(account.gone, pick), { isGone: false }),
    says: anew,
  },
  {
    name: "one that was written before the last and is seen only now",
    happens: (account) => account.add(new Date(account.now.getTime() - 86_400_000 + 60_000)),
    says: anew,
  },
  {
    // What is deleted is read whole; of Zendesk nothing tells it, until all is read again.
    name: "one that was deleted and goes for good",
    happens: (account, pick) => account.purge(some(account.gone, pick)),
    says: { salesforce: anew, hubspot: anew },
  },
  {
    name: "one that goes at once",
    happens: (account, pick) => account.purge(some(account.live.slice(0, 50), pick)),
    says: behind,
  },
  {
    name: "one that goes as another comes",
    happens(account, pick) {
      account.purge(some(account.live.slice(0, 50), pick));
      account.add();
    },
    says: behind,
  },
  {
    name: "one that comes back unseen",
    happens: (account, pick) => account.touch(some(account.gone, pick), { isGone: false }, false),
    says: behind,
  },
  {
    name: "another field",
    happens(account) {
      account.extra = ["extra"];
      account.rename(account.live[3]?.id ?? 0);
    },
    says: { salesforce: columns, hubspot: columns, zendesk: behind },
  },
  {
    name: "a cursor that is too old",
    happens(account) {
      account.epoch++;
    },
    says: { salesforce: anew, hubspot: anew, zendesk: behind },
  },
];

/** A small linear congruential generator: the same sequence in every run. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const folder = temporaryFolder("crm-cursor");

function repeat(times: number, what: () => void) {
  for (let at = 0; at < times; at++) what();
}

/** Loads a folder with what is kept beside `path`. */
async function load(data: string, path: string, isFull: boolean, forgotten?: ForgottenPersons) {
  const said: string[] = [];
  const tempDir = `${path}.temp`;
  for (const each of [path, tempDir]) rmSync(each, { recursive: true, force: true });
  mkdirSync(tempDir, { recursive: true });
  const cache = new BuildCache(path, !isFull, 0);
  const instance = await DuckDBInstance.create(path, { threads: "1" });
  const db = await instance.connect();
  try {
    const runStart = new Date("2026-12-01T00:00:00Z");
    const options = { dataDir: data, timeZone: "Asia/Shanghai", runStart, tempDir, cache };
    await loadStaging(
      db,
      { ...options, ...(forgotten ? { forgotten } : {}) },
      { ...silent, say: (line) => void said.push(worded(line, "en")) },
    );
  } finally {
    db.closeSync();
    instance.closeSync();
  }
  cache.sweep();
  return { said: said.filter((line) => /read anew$|read whole/.test(line)), rows: await everyRow(path) };
}

test.each(Object.keys(systems) as (keyof typeof systems)[])(
  "an account of %s is read by its cursor, held against its count, and gives what a whole read gives",
  async (kind) => {
    const { relation, columns: mapped, where, answer } = systems[kind];
    const data = join(folder, kind);
    mkdirSync(data);
    const sources = (of: string) =>
      writeFileSync(
        join(data, "sources.yaml"),
        crmYaml(
          kind,
          of,
          `  tables: {customers: {from: r, columns: {${mapped}, region: "case when 'extra' = 'none' then 'x' end"}, where: "${where}"}}\n`,
        ),
      );
    // That a column might be wanted is enough for it to be asked for, once there is one.
    sources(relation);
    const account = new Account();
    // A search that gives no more goes on by another.
    Object.assign(searchBounds, { most: 100 });
    const [kept = "", whole = ""] = ["kept", "whole"].map((name) => join(folder, `${kind}-${name}.duckdb`));
    await withCrm(
      (asked) => answer(account, asked),
      async () => {
        const compared = async (name: string) => {
          const byCursor = await load(data, kept, false);
          const all = await load(data, whole, true);
          expect(all.said.filter((line) => anew.test(line))).toEqual([]);
          expect(differing(byCursor.rows, all.rows), name).toEqual([]);
          return { said: byCursor.said };
        };
        expect((await compared("the first")).said).toEqual([]);
        expect((await compared("the same")).said).toEqual([
          expect.stringMatching(/: of 230 rows \d{1,2} read anew$/),
        ]);
        const roll = dice(11);
        const order = [...nights, ...Array.from({ length: 6 }, () => nights[roll(10)] as Night)];
        for (const { name, happens, says } of order) {
          account.now = new Date(account.now.getTime() + 86_400_000);
          const expected = says instanceof RegExp ? says : says[kind];
          if (!expected) continue;
          happens(account, roll);
          const { said } = await compared(name);
          expect(said, name).toEqual([expect.stringMatching(expected)]);
        }
        await compared("once more");
        // Asked for whole, damaged, or with somebody forgotten.
        sources(relation.replace("}", ", full_extract: true}"));
        expect((await compared("full_extract")).said).toEqual([]);
        sources(relation);
        const files = readdirSync(`${kept}.cache`).map((name) => join(`${kept}.cache`, name));
        for (const file of files) expect(readFileSync(file, "latin1")).not.toContain(token);
        for (const file of files.filter((name) => name.endsWith(".parquet"))) {
          const bytes = readFileSync(file);
          bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
          writeFileSync(file, bytes);
        }
        expect((await compared("damaged")).said).toEqual([]);
        expect((await compared("kept again")).said).toEqual([expect.stringMatching(anew)]);
        if (kind === "zendesk") {
          account.purge(account.gone[0]?.id ?? 0);
          Object.assign(dropped, { days: 0 });
          const month = await compared("a month later");
          Object.assign(dropped, { days: 30 });
          expect(month.said).toEqual([expect.stringContaining("read whole: once in 0 days")]);
        }
        rmSync(`${kept}.cache`, { recursive: true });
        const persons = [{ kind: "customer", digest: "0".repeat(64), pseudonym: "P1" }];
        const forgotten = { salt: "00", persons } as unknown as ForgottenPersons;
        const { said } = await load(data, kept, false, forgotten);
        expect(said).toEqual([expect.stringContaining("so its rows are not kept")]);
        expect(existsSync(`${kept}.cache`) ? readdirSync(`${kept}.cache`) : []).toEqual([]);
      },
    );
  },
  600_000,
);

test.each<[string, string, (asked: Asked) => Answer, string]>([
  [
    "a formula",
    crmYaml(
      "salesforce",
      "r: {object: Account, cursor: SystemModstamp}",
      "  tables: {customers: {from: r, columns: {customer_id: Id, name: Name}}}\n",
    ),
    salesforceOrg({
      objects: {
        Account: [{ Id: "a1", Name: "A", IsDeleted: false, SystemModstamp: "2026-01-01T00:00:00.000+0000" }],
      },
      computed: ["Name"],
    }),
    "these fields change without the cursor moving: Name",
  ],
  [
    "another column of times",
    crmYaml(
      "salesforce",
      "r: {object: Account, cursor: CreatedDate}",
      "  tables: {customers: {from: r, columns: {customer_id: Id, name: Name}}}\n",
    ),
    salesforceOrg({
      objects: { Account: [{ Id: "a1", Name: "A", CreatedDate: "2026-01-01T00:00:00.000+0000" }] },
    }),
    "CreatedDate does not move on with every change; SystemModstamp does",
  ],
  [
    "associations",
    crmYaml(
      "hubspot",
      "r: {object: deals, cursor: hs_lastmodifieddate}",
      "  tables: {customers: {from: r, columns: {customer_id: id, name: dealname}}}\n",
    ),
    ({ path, query }) => {
      if (path.includes("/properties/"))
        return { json: { results: ["dealname", "hs_lastmodifieddate"].map((name) => ({ name })) } };
      if (path.endsWith("/search")) return { json: { total: 1, results: [] } };
      const results = [{ id: "1", properties: { dealname: "D" }, archived: false }];
      return { json: { results: query.get("archived") === "true" ? [] : results } };
    },
    "these fields change without the cursor moving: associations_companies",
  ],
  [
    "a list of Zendesk",
    crmYaml(
      "zendesk",
      "r: {object: organizations, cursor: updated_at}",
      "  tables: {customers: {from: r, columns: {customer_id: id, name: name}}}\n",
    ),
    ({ path }) =>
      path.endsWith("/count")
        ? { json: { count: { value: 1 } } }
        : {
            json: {
              organizations: [{ id: 1, name: "O", updated_at: "2026-01-01T00:00:00Z" }],
              meta: { has_more: false },
            },
          },
    "the interface cannot be asked for what changed since",
  ],
])("%s is read whole each time, which is said", async (name, yaml, answer, why) => {
  const data = join(folder, name);
  mkdirSync(data);
  writeFileSync(join(data, "sources.yaml"), yaml);
  await withCrm(answer, async () => {
    for (const _ of [1, 2]) {
      const { said } = await load(data, join(folder, `${name}.duckdb`), false);
      expect(said).toEqual([`crm.r: read whole: ${why}`]);
    }
  });
});
