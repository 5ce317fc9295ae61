import type { ContractColumn, ContractTable } from "../../src/published/contract.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { table } from "../tables/table.js";
import { message } from "./message.js";

/** How large the contract is. */
export function contractTitle(site: Site, tables: readonly ContractTable[]): HTMLElement {
  const { contract } = site.messages;
  const columns = tables.reduce((sum, { columns }) => sum + columns.length, 0);
  return message(
    contract.title(site.format.integer(tables.length), site.format.integer(columns)),
    contract.shown,
  );
}

/** The data dictionary: every table of the contract with its columns, types, codes and personal marks. */
export function contractTables(site: Site, tables: readonly ContractTable[]): HTMLElement {
  return h(
    "div",
    { class: "contract" },
    h(
      "p",
      { class: "index" },
      tables.map(({ name, label }) => [h("a", { href: `#${name}` }, label[site.language]), " "]),
    ),
    tables.map((one) => tableSection(site, one)),
  );
}

function tableSection(site: Site, one: ContractTable): HTMLElement {
  const { contract } = site.messages;
  const rows = one.columns.map((column) => [
    h("th", { scope: "row", id: `${one.name}.${column.name}` }, h("code", {}, column.name)),
    h("td", { class: "text" }, contract.kind[column.kind]),
    h("td", { class: "text" }, marks(site, one, column)),
    h("td", { class: "text wrap" }, rules(site, column)),
  ]);
  return h(
    "section",
    { id: one.name },
    h("h2", {}, one.label[site.language], " ", h("code", {}, one.name)),
    one.managed ? h("p", { class: "shown" }, contract.managed) : null,
    table([contract.column, contract.type, contract.marks, contract.rules], rows, {
      texts: 3,
      stacked: true,
    }),
  );
}

function marks(site: Site, { primaryKey }: ContractTable, column: ContractColumn): HTMLElement | null {
  const { contract } = site.messages;
  const words = [
    primaryKey.includes(column.name) ? contract.key : "",
    column.required ? contract.required : "",
  ].filter(Boolean);
  if (words.length === 0 && !column.personal) return null;
  return h(
    "span",
    {},
    words.join(site.messages.punctuation.list),
    words.length > 0 && column.personal ? site.messages.punctuation.list : "",
    column.personal ? h("strong", { class: "personal" }, contract.personal) : null,
  );
}

function rules(site: Site, { labels, references, min, max }: ContractColumn): (Node | string)[] {
  const { contract } = site.messages;
  const parts: (Node | string)[] = [];
  if (labels) {
    parts.push(
      h(
        "span",
        { class: "codes" },
        Object.entries(labels).map(([code, label]) => [
          h(
            "span",
            {},
            h("code", {}, code),
            " ",
            site.language === "zh-CN" ? label : h("span", { lang: "zh-CN" }, label),
          ),
          " ",
        ]),
      ),
    );
  }
  if (references) parts.push(h("a", { href: `#${references}` }, contract.references(references)));
  if (min !== null && max !== null) parts.push(contract.between(String(min), String(max)));
  else if (min !== null) parts.push(contract.atLeast(String(min)));
  return parts;
}
