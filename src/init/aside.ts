import { isArchiveName } from "../../loaders/index.js";
import type { TableName } from "../contract/index.js";
import { splitCases } from "./lexicon/heading.js";

/** Words of names whose rows are no ordinary ones: Latin ones by how they begin, Chinese ones wherever they stand. */
interface Words {
  latin: RegExp;
  chinese: RegExp;
  /** The tables of which they say it; of all where it is left out. */
  of?: (table: TableName) => boolean;
  /** Where orders refer to its rows they are ordinary nevertheless. */
  isUnlessJoined?: boolean;
  /** What keeps files together may be called so, whatever it keeps. */
  isOfFolders?: boolean;
}

const isSale = (table: TableName) => table === "orders" || table === "market_sales" || table === "contracts";

/** Words of names, `/` between them; `*` of what may follow. */
const latin = (words: string) =>
  new RegExp(`^(${words.trim().replaceAll(/\s+/g, "|").replaceAll("*", "\\p{Ll}*")})$`, "u");

const lists: readonly Words[] = [
  {
    latin:
      latin(`draft drafts entwurf* entwürfe entwuerfe brouillon* borrador* spam spams junk test tests tester testing test-data
      testdat* testf* testticket* testkund* testbestell* testauftr* testorder* testcase* dummy demo fake essai* prueba* deleted deletion*
      gelöscht* geloescht* supprim* eliminad* removed trash trashed recycle recycled recycler papierkorb void voided invalid ungültig*
      ungueltig* rejected abgelehnt* abandoned duplicate duplicates dupe dupes dublette* sample samples example examples beispiel*
      muster template templates vorlage* zuofei ceshi caogao huishouzhan`),
    chinese:
      /作废|作廢|废弃|废单|无效|無效|垃圾|测试|測試|试验|演示|草稿|草案|回收站|已删|删除|刪除|误删|样例|示例|样本|样品|范例|模板|模版|驳回|重复数据|下書き|テスト|削除/,
  },
  {
    latin:
      latin(`old alt alte alter altes alten altdaten altbestand outdated obsolete archive archives archived archiv archiviert*
      backup backups bak copy copies kopie kopien sicherung* guidang beifen ancien* antigu*`),
    chinese: /旧|舊|归档|歸檔|存档|备份|備份|副本|过期|停用/,
    isOfFolders: true,
  },
  {
    // A customer who cancels is one that was lost.
    latin: latin("cancel canceled cancelled cancellation* cancelad* storn* annul* abgesagt* quxiao"),
    chinese: /取消|撤销|撤銷|撤单|退订|キャンセル/,
    of: (table) => table !== "customer_status",
  },
  {
    latin:
      latin(`forecast* prognose* hochrechnung* budget* predict* simulat* szenario* scenario* expected projected planned geplant*
      plan plans planzahlen planumsatz soll target targets ziel ziele zielumsatz yuce yusuan`),
    chinese: /预测|預測|预算|預算|预估|计划|計劃|目标|目標|模拟/,
    of: (table) => table !== "trainings" && table !== "events" && table !== "event_invitations",
  },
  {
    latin:
      latin(`return returns returned refund refunds refunded retour retoure* rückgabe* rückläufer rueckgabe* rücksend* erstattung*
      gutschrift* credit credits quote quotes quotation* angebot* einkauf* devol* tuihuo tuikuan baojia`),
    chinese: /退货|退貨|退换|退款|退单|冲红|红冲|红字|报价|報價|返品/,
    of: isSale,
  },
  {
    // What a company buys, or takes from its own stock.
    latin:
      latin(`procure* purchasing supplier* vendor* lieferant* kreditor* wareneing* materialentnahme* materialausgabe* bezug bezüge
      fournisseur* achat achats proveedor* inbound grn goods-receipt receipts issued caigou jinhuo`),
    chinese:
      /采购|採購|进货|進貨|入库|入庫|供应商|供應商|供货|领料|領料|领用|領用|(?:备件|備件|配件|材料|物料|耗材|零件)(?:出库|出庫|消耗|使用)|调拨|調撥|仕入/,
    of: isSale,
  },
  {
    // What a company has, not what it sells.
    latin:
      latin(`inventory inventories inventur* stocktak* stockcount* stock stocklist asset assets equipment bestand bestände
      bestaende lagerbestand* anlagevermögen anlagenverzeichnis inventaire* inventario* kucun pandian`),
    chinese: /盘点|盤點|库存|庫存|固定资产|固定資產|资产|資產|器材|设备|設備|棚卸/,
    of: (table) => table === "products",
    isUnlessJoined: true,
  },
];

/**
 * The word of a file's, folder's or sheet's name that says that its rows are not the ordinary ones of a table: cancelled,
 * drafts, tests, copies; undefined where none does.
 * @param path of the file, `archive.zip/…` of what lies in an archive
 * @param isJoined orders refer to its rows
 */
export function asideWord(
  path: string,
  sheet: string | undefined,
  table?: TableName,
  isJoined = false,
): string | undefined {
  const places = path.split("/");
  const parts = places.map((text) => ({ text, isKeeper: isArchiveName(text) }));
  if (sheet !== undefined) parts.push({ text: sheet, isKeeper: false });
  for (const { text, isKeeper } of parts) {
    const plain = text.normalize("NFKC").replace(/(\.[a-z]\w*)+$/i, "");
    const words = splitCases(plain.match(/\p{Script=Latin}+/gu) ?? []).map((word) => word.toLowerCase());
    for (const { latin, chinese, of, isOfFolders = false, isUnlessJoined = false } of lists) {
      if (isKeeper && isOfFolders) continue;
      if (isUnlessJoined && (isJoined || table === undefined)) continue;
      if (of && table !== undefined && !of(table)) continue;
      const found = words.find((word) => latin.test(word)) ?? chinese.exec(plain)?.[0];
      if (found !== undefined) return found;
    }
    // A shop's purchases are its customers' orders, purchase orders are its own.
    if ((table === undefined || table === "orders") && /purchase[ _-]*orders?/i.test(plain))
      return "purchase order";
  }
  return undefined;
}
