import { wordKey } from "../../catalogue/vocabulary.js";
import type { TableName } from "../../contract/index.js";

/**
 * What companies write for the codes of closed columns besides what the vocabulary takes: `;` between words. A mapping that uses them
 * says so under `values:`.
 */
const lists: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  type: {
    inquiry:
      "questions; information; info; information request; general question; how-to; how to; general enquiry; general inquiry; consultation; renseignement; demande d'information; auskunft; frage; rückfrage; 查询; 问询; 提问; 业务咨询; 产品咨询; 咨询类; 询问; 咨询服务; zixun",
    request:
      "requests; service order; feature request; change request; maintenance; wartung; entretien; 保养; 保养维护; install; installation; demande; demande de service; auftrag; serviceauftrag; 需求; 申请; 服务申请; 请求; 服务类; 业务办理; 办理; qingqiu",
    complaint:
      "complain; grievance; plainte; kundenbeschwerde; beanstandung; 抱怨; 申诉; 不满; 投诉类; 客户投诉; 投诉建议; tousu",
    repair:
      "repairs; problem; breakdown; fault; fault report; defect; malfunction; break/fix; break fix; incident; failure; technical fault; panne; dépannage; störung; defekt; instandsetzung; reparaturauftrag; störungsmeldung; 故障; 报障; 检修; 返修; 维修类; 故障报修; 故障维修; 设备维修; 设备故障; 报修类; 抢修; 修理; 保修; weixiu; baoxiu",
    praise:
      "compliments; kudos; commendation; thank you; thanks; positive feedback; félicitations; éloge; 感谢; 表扬信; 讚揚; 赞扬; 嘉许; 嘉許; Lob; 点赞; 好评; biaoyang",
  },
  severity: {
    general: "normal; slight; low; gering; leicht; mineur; mineure; faible; 普通; 轻微; 较轻; 一般性; 低; 轻",
    serious: "severe; high; schwer; hoch; majeur; majeure; grave; 较严重; 较重; 重; 高; 中度严重",
    very_serious:
      "very severe; very high; extremely serious; kritisch; sehr schwer; sehr hoch; critique; très grave; blocker; 特别严重; 特别重大; 重大; 极严重; 极其严重; 致命; 很严重; 特重",
  },
  status: {
    active: "aktiv; actif; current; live; 在用; 正常; 合作中; 有效; 活动; 使用中",
    churned:
      "inactive; gone; left; terminated; ended; inaktiv; verloren; gekündigt; perdu; 已流失; 终止; 终止合作; 停止合作; 失效; 已停用; 解约; 丢失",
  },
  purpose: {
    follow_up:
      "followup; follow up call; care call; check-in; checkin; courtesy call; satisfaction call; nachfassen; suivi; 满意度回访; 客户回访; 售后回访; 电话回访; 跟进; 关怀; 客户关怀; huifang",
    sales:
      "sale; sell; upsell; demo; offer; quote; pitch; vertrieb; verkauf; vente; commercial; 推广; 市场推广; 营销; 推销; 销售推广; 商务; 商务洽谈; 报价; 促销; 新品推介; xiaoshou",
    service:
      "after-sales; aftersales; maintenance; technical; technical support; kundendienst; entretien; 售后; 售后服务; 技术支持; 维护; 维修; 巡检; 保养; fuwu",
    other: "misc; miscellaneous; sonstiges; andere; autre; autres; qita",
  },
  survey: {
    periodic:
      "annual; yearly; half-yearly; quarterly; monthly; regular; relationship; annual survey; quarterly survey; jährlich; périodique; 定期; 年度; 季度; 半年度; 例行; 常规; 年度调查; 季度调查; 定期满意度; 定期回访",
    complaint_resolution:
      "complaint; complaints; complaint handling; post-complaint; after complaint; complaint resolution; beschwerde; réclamation; 投诉; 投诉回访; 客诉; 客诉处理; 投诉后",
    after_sales:
      "service; aftersales; post-service; after service; service survey; transactional; kundendienst; sav; après-vente; 售后; 服务后; 维修后; 售后回访; 服务回访; 服务评价",
  },
  rater: {
    customer: "client; clients; customers; external; kunde; 外部客户; 甲方",
    subordinate:
      "direct report; direct reports; report; reportee; downward; mitarbeiter; subordonné; 下级; 下属员工; 部下",
    peer: "peers; colleague; colleagues; coworker; co-worker; kollege; kollegin; pair; collègue; 同级; 平级; 同行; 同僚",
    superior:
      "manager; boss; line manager; supervisors; upward; vorgesetzter; vorgesetzte; chef; supérieur; 上级领导; 领导; 主管; 直属上级; 直接上级; 经理",
  },
  dimension: {
    overall:
      "overall satisfaction; general; total; in general; gesamt; gesamtzufriedenheit; globale; satisfaction globale; 总体满意度; 整体; 整体满意度; 综合; 综合满意度; 总评; 总满意度",
    product_quality:
      "product; products; quality of products; quality; produktqualität; produkt; qualité produit; 产品; 质量; 品质; 商品质量; 产品品质",
    service_quality:
      "service; quality of service; support quality; servicequalität; qualité de service; 服务; 服务品质; 服务水平; 售后服务",
    delivery_speed:
      "delivery; speed of delivery; delivery time; on-time delivery; lieferzeit; lieferung; liefergeschwindigkeit; délai; livraison; 交期; 交货; 交付; 交付速度; 物流; 物流速度; 发货速度; 交货及时性; 交货及时; 配送",
    price: "prices; pricing; value for money; preis; preis-leistung; prix; 性价比; 价位; 定价",
    attitude:
      "staff attitude; friendliness; courtesy; freundlichkeit; amabilité; 态度; 人员态度; 客服态度; 服务人员态度; 礼貌",
    recommend:
      "recommendation; would recommend; likelihood to recommend; weiterempfehlung; recommandation; 推荐; 推荐度; 愿意推荐; 净推荐值; 推荐指数",
  },
  step: {
    received:
      "receive; receipt; accepted; registered; intake; logged; eingang; réception; 接收; 登记; 接单; 接报; 受理登记",
    classified:
      "classify; classification; triage; categorised; categorized; klassifizierung; 分类定级; 分派; 定性; 归类",
    investigated:
      "investigate; investigation; analysis; analysed; analyzed; diagnosis; untersuchung; enquête; 调查分析; 核实; 核查; 原因分析; 分析; 排查; 诊断",
    resolved:
      "resolve; resolution; solved; fixed; lösung; traitement; 解决; 处置; 整改; 维修; 办理; 处理完成",
    confirmed:
      "confirm; confirmation; feedback; closed; bestätigung; clôture; 确认; 客户确认; 回访; 回访确认; 反馈客户; 结案; 关闭",
  },
};

const codes = new Map<string, ReadonlyMap<string, string>>();

/** The codes that words of companies mean in a closed column, by their keys. */
export function meantWords(table: TableName, column: string): ReadonlyMap<string, string> {
  // Dimensions of reviews are what a company calls them.
  const name = column === "dimension" && table !== "survey_answers" ? "" : column;
  const found =
    codes.get(name) ??
    new Map(
      Object.entries(lists[name] ?? {}).flatMap(([code, words]) =>
        words.split(";").map((word) => [wordKey(word.trim()), code] as const),
      ),
    );
  codes.set(name, found);
  return found;
}
