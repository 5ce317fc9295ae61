/**
 * What words of headings mean, each language's spellings by the meaning that they have in common: of Latin letters (English,
 * German, abbreviations) before the bar, Chinese behind it, each with its pinyin by syllables. A meaning may be several (`工号`:
 * `employee id`). Which meanings make a column of the contract stands in `patterns.ts`.
 */
const lists = `
id: id ids no nr num number nummer code cd key identifier guid uuid kennung ref reference primarykey | 编号=bian hao 号码=hao ma 代码=dai ma 编码=bian ma 单号=dan hao 号=hao 标识=biao shi 流水号=liu shui hao id号 识别码=shi bie ma 主键=zhu jian 编码号=bian ma hao
when: am um dat date time datetime timestamp at on dt ts tm day datum zeit zeitpunkt uhrzeit termin stamp | 时间=shi jian 日期=ri qi 日=ri 时刻=shi ke 年月日
name: name nm names bezeichnung | 名称=ming cheng 姓名=xing ming 名字=ming zi 名=ming 全称=quan cheng
title: title titel | 标题=biao ti 主题=zhu ti
customer: customer customers client clients account accounts buyer cust cst clnt acct kunde kunden kd debitor | 客户=ke hu 顾客=gu ke 甲方=jia fang
company: company companies firm firma unternehmen organisation organization organizations org corporation firmen unternehmens business | 公司=gong si 单位=dan wei 企业=qi ye
ticket: ticket tickets case cases incident incidents issue call calls tkt sr workorder vorgang vorfall servicecall vorgänge vorgaenge vorfälle störung störungen anfrage anfragen servicefall | 工单=gong dan 报修单=bao xiu dan 服务单=fu wu dan 案件=an jian 投诉单=tou su dan 维修单=wei xiu dan 派工单=pai gong dan 报障单=bao zhang dan 服务工单=fu wu gong dan 服务记录=fu wu ji lu 维修记录=wei xiu ji lu 报修记录=bao xiu ji lu 投诉记录=tou su ji lu
created: created create creation crt crtd opened open logged raised reported registered submitted submit angelegt anlage erstellt erstellung eröffnet eroeffnet erfasst gemeldet  | 创建=chuang jian 报修=bao xiu 建档=jian dang 建立=jian li 提交=ti jiao 登记=deng ji 录入=lu ru 受理=shou li 发起=fa qi 开单=kai dan 新建=xin jian 来电=lai dian 报障=bao zhang 生成=sheng cheng 提单=ti dan 录单=lu dan 发生=fa sheng 反映=fan ying
received: received empfangen eingang | 接收=jie shou 收到=shou dao 接报=jie bao
updated: updated update upd modified modification changed change mod modstamp geändert aenderung änderung | 更新=geng xin 修改=xiu gai 变更=bian geng
last: last latest letzte letzter | 最后=zui hou 最近=zui jin 最新=zui xin
system: system systemmodstamp
first: first frst fst initial erste erster erst | 首次=shou ci 第一次=di yi ci 初次=chu ci 首=shou
response: response responses respond responded reply replied resp rsp reaktion | 响应=xiang ying 回复=hui fu 答复=da fu 应答=ying da
resolved: resolved resolve resolution solved solve solution rslv rsl fixed gelöst geloest lösung loesung erledigt behoben | 解决=jie jue 办结=ban jie 修复=xiu fu 完结=wan jie 处理完成=chu li wan cheng 处理完毕=chu li wan bi 处理结束=chu li jie shu 解决完成=jie jue wan cheng
completed: completed complete completion done finished finish abgeschlossen fertig | 完成=wan cheng 完工=wan gong
closed: closed close closing clsd cls geschlossen | 关闭=guan bi 关单=guan dan 结案=jie an
type: type types typ kind art | 类型=lei xing 种类=zhong lei
category: category categories cat kategorie classification class warengruppe | 类别=lei bie 分类=fen lei 品类=pin lei
complaint: complaint complaints beschwerde reklamation | 投诉=tou su
channel: channel channels chnl chan via medium kanal kontaktweg method | 渠道=qu dao 途径=tu jing 方式=fang shi 联系方式=lian xi fang shi 接入=jie ru
source: source src origin quelle herkunft | 来源=lai yuan
severity: severity sev schweregrad | 严重程度=yan zhong cheng du 严重性=yan zhong xing 严重级别=yan zhong ji bie 严重等级=yan zhong deng ji
priority: priority prio priorität urgency | 优先级=you xian ji 紧急程度=jin ji cheng du
agent: agent agents agt assignee assigned technician engineer handler operator handled bearbeiter sachbearbeiter techniker | 处理人=chu li ren 坐席=zuo xi 座席=zuo xi 客服=ke fu 客服专员=ke fu zhuan yuan 工程师=gong cheng shi 受理人=shou li ren 责任人=ze ren ren 经办人=jing ban ren 维修人=wei xiu ren 维修员=wei xiu yuan 技师=ji shi 处理人员=chu li ren yuan 回访人=hui fang ren 回访员=hui fang yuan 联系员=lian xi yuan 受理员=shou li yuan 接待人=jie dai ren 客服人员=ke fu ren yuan 服务工程师=fu wu gong cheng shi 维修师傅=wei xiu shi fu 指派给=zhi pai gei 经手人=jing shou ren 接线员=jie xian yuan 话务员=hua wu yuan 专员=zhuan yuan
owner: owner salesperson salesrep rep representative verkäufer verkaeufer vertreter betreuer | 负责人=fu ze ren 业务员=ye wu yuan 销售员=xiao shou yuan 销售人员=xiao shou ren yuan 客户经理=ke hu jing li 归属人=gui shu ren 所有人=suo you ren 跟进人=gen jin ren 销售代表=xiao shou dai biao 业务经理=ye wu jing li
employee: employee employees emp staff user users usr worker mitarbeiter personal | 员工=yuan gong 职工=zhi gong 人员=ren yuan 用户=yong hu
employee id: staffno | 工号=gong hao 员工号=yuan gong hao
manager: manager mgr supervisor superior vorgesetzter | 上级=shang ji 主管=zhu guan 经理=jing li 直属上级=zhi shu shang ji 领导=ling dao
department: department departments dept dep abteilung | 部门=bu men 科室=ke shi
team: team squad teams | 班组=ban zu 小组=xiao zu 组别=zu bie 团队=tuan dui
position: position
role: role job rolle funktion jobtitle | 岗位=gang wei 职位=zhi wei 职务=zhi wu 角色=jue se
hired: hire hired joined joining eintritt eintrittsdatum join eintritts | 入职=ru zhi 聘用=pin yong 入司=ru si 到岗=dao gang
left: left leave leaving termination austritt austritts austritts austrittsdatum | 离职=li zhi 离司=li si
start: start starts started begin beginning effective beginn | 生效=sheng xiao 开始=kai shi 起始=qi shi
end: end ends ended expiry expires expiration expire ende terminated cancel cancelled canceled cancellation churn churned | 终止=zhong zhi 结束=jie shu 到期=dao qi 失效=shi xiao 解约=jie yue 退订=tui ding
signed: signed signature unterschrieben | 签订=qian ding 签约=qian yue 签署=qian shu
due: due deadline fällig faellig | 截止=jie zhi 应完成=ying wan cheng 期限=qi xian
region: region regions territory area gebiet rgn bezirk | 地区=di qu 区域=qu yu 大区=da qu 片区=pian qu
province: province state bundesland prov | 省份=sheng fen 省=sheng
city: city town ort stadt municipality | 城市=cheng shi 市=shi
country: country land nation | 国家=guo jia
industry: industry sector branche vertical | 行业=hang ye
segment: segment seg segments tier kundengruppe | 细分=xi fen 客户群=ke hu qun
level: level grade rank stufe | 级别=ji bie 等级=deng ji
count: count cnt size anzahl numberof noof | 人数=ren shu 次数=ci shu
quantity: quantity qty units menge pieces stück | 数量=shu liang 件数=jian shu
amount: amount amt value total betrag summe wert | 金额=jin e 总额=zong e 价款=jia kuan
revenue: revenue rev turnover umsatz sales erlös | 销售额=xiao shou e 营收=ying shou 收入=shou ru 营业额=ying ye e 销售=xiao shou 销售金额=xiao shou jin e
net: net netto untaxed | 未税=wei shui 不含税=bu han shui 净=jing
gross: gross brutto | 含税=han shui 毛=mao
unit: unit each einheit | 单=dan
price: price preis prc | 价格=jia ge 价=jia
unit price: unitprice stückpreis | 单价=dan jia
cost: cost costs kosten cogs wareneinsatz einstand | 成本=cheng ben
tax: tax vat mwst ust steuer | 税=shui 税额=shui e 税率=shui lü
discount: discount rabatt | 折扣=zhe kou
currency: currency curr ccy währung waehrung iso | 币种=bi zhong 货币=huo bi
order: order orders ord purchase bestellung bestellungen bestell auftrag auftrags | 订单=ding dan 下单=xia dan 订货=ding huo 订购=ding gou 采购=cai gou
invoice: invoice inv rechnung | 发票=fa piao
line: line ln pos zeile lineitem | 行=hang 行号=hang hao 项次=xiang ci
product: product products item itm article artikel sku prod material | 产品=chan pin 商品=shang pin 物料=wu liao 货品=huo pin 料=liao
stock: stock lager | 库存=ku cun
promised: promised promise committed zugesagt zugesagter zugesagtes | 承诺=cheng nuo 约定=yue ding 应交=ying jiao 交期=jiao qi
delivery: delivered delivery deliveries dlvr dlv liefer lieferung | 交货=jiao huo 送达=song da 交付=jiao fu 到货=dao huo
shipped: shipped shipping ship versand | 发货=fa huo
opportunity: opportunity opportunities deal deals opp oppty verkaufschance | 商机=shang ji 机会=ji hui
lead: lead leads prospect prospects mql | 线索=xian suo 潜在客户=qian zai ke hu 潜客=qian ke
pipeline: pipeline
stage: stage | 阶段=jie duan
probability: probability | 概率=gai lü
won: won win gewonnen | 赢单=ying dan 中标=zhong biao
qualified: qualified qualification | 合格=he ge 确认=que ren
converted: converted conversion | 转化=zhuan hua 转换=zhuan huan 成交=cheng jiao
lost: lost loss verloren | 丢单=diu dan 流失=liu shi 失单=shi dan
reason: reason grund | 原因=yuan yin 理由=li you
status: status stat zustand | 状态=zhuang tai
contract: contract contracts agreement subscription vertrag vertrags | 合同=he tong 协议=xie yi
month: month monthly monat monatlich mth | 月=yue 每月=mei yue 月份=yue fen
year: year jahr yearly annual | 年=nian 年度=nian du
fee: fee fees charge gebühr | 服务费=fu wu fei 费用=fei yong 费=fei
contact: contact contacts touchpoint interaction activity followup kontakt | 联系=lian xi 回访=hui fang 拜访=bai fang 跟进=gen jin 沟通=gou tong
person: person ansprechpartner | 联系人=lian xi ren
purpose: purpose zweck | 目的=mu di
reached: reached connected erreicht | 接通=jie tong 联系上=lian xi shang
event: event events campaign campaigns veranstaltung | 活动=huo dong 会议=hui yi
held: held | 举办=ju ban 举行=ju xing
attended: attended attendance present teilgenommen | 到场=dao chang 出席=chu xi 参加=can jia 签到=qian dao
invitation: invitation invitations invited invite member members | 邀请=yao qing
survey: survey surveys questionnaire umfrage feedback | 调查=diao cha 问卷=wen juan 反馈=fan kui
respondent: respondent form | 答卷=da juan
answer: answer answers antwort | 答案=da an 回答=hui da
answered: answered beantwortet | 作答=zuo da
dimension: dimension aspect question criterion frage | 维度=wei du 题目=ti mu 评价项=ping jia xiang
rating: rating ratings review reviews bewertung | 评价=ping jia
score: score scores points punkte | 得分=de fen 评分=ping fen 分数=fen shu 打分=da fen
satisfaction: satisfaction csat zufriedenheit | 满意度=man yi du
scale: scale skala | 量表=liang biao
min: min minimum lowest | 最低=zui di 最小=zui xiao 下限=xia xian
max: max maximum highest | 最高=zui gao 最大=zui da 上限=shang xian
min score: minscore | 最低分=zui di fen
max score: maxscore | 最高分=zui gao fen 满分=man fen
asset: asset equipment device machine gerät geraet | 设备=she bei 资产=zi chan 机器=ji qi 机身=ji shen 机台=ji tai
serial: serial sn serien | 序列=xu lie
fault: fault error failure fehler defect | 故障=gu zhang
root: root | 根本=gen ben
cause: cause ursache | 起因=qi yin
root cause: rootcause | 根本原因=gen ben yuan yin 根因=gen yin
quality: quality qualität | 质量=zhi liang
qa: qa qc | 质检=zhi jian
correct: correct richtig | 正确=zheng que
repair: repair repairs reparatur | 维修=wei xiu
handling: handling touches handlings | 处理=chu li
once: once | 一次=yi ci 一次性=yi ci xing
previous: previous prior parent related vorherig | 上次=shang ci 前次=qian ci 关联=guan lian 原=yuan
since: since seit | 自=zi
acquired: acquired acquisition signup onboarding onboarded registration | 获客=huo ke 开户=kai hu 注册=zhu ce 首单=shou dan 入会=ru hui
cooperation: cooperation partnership | 合作=he zuo
handoff: handoff handoffs handover transfer | 交接=jiao jie 移交=yi jiao 流转=liu zhuan
from: from von | 转出=zhuan chu 移出=yi chu
to: to an | 转入=zhuan ru 移入=yi ru
step: step steps schritt | 步骤=bu zhou 环节=huan jie 节点=jie dian
entered: entered entry | 进入=jin ru
training: training trainings schulung | 培训=pei xun
course: course kurs | 课程=ke cheng
period: period zeitraum | 期间=qi jian 周期=zhou qi 考核期=kao he qi
reviewee: reviewee | 被评人=bei ping ren 被评价人=bei ping jia ren 被考核人=bei kao he ren
reviewer: reviewer | 评价人=ping jia ren 评分人=ping fen ren
rater: rater relation | 评价关系=ping jia guan xi 评价者身份=ping jia zhe shen fen
market: market markt | 市场=shi chang
own: own eigen ours | 本公司=ben gong si 我司=wo si 自有=zi you
record: record row datensatz doc document | 记录=ji lu 单据=dan ju 流水=liu shui
rownumber: rownum | 序号=xu hao
phone: phone tel telephone telefon mobile handy cell | 电话=dian hua 手机=shou ji
email: email mail mails | 邮箱=you xiang 电子邮件=dian zi you jian
zip: zip postcode plz postal postleitzahl | 邮编=you bian
address: address adresse street strasse | 地址=di zhi
remark: comment comments remark remarks note notes description desc text bemerkung | 备注=bei zhu 说明=shuo ming 描述=miao shu 意见=yi jian 内容=nei rong
minutes: minutes mins hours duration seconds sec dauer | 时长=shi chang 耗时=hao shi 分钟=fen zhong 小时=xiao shi
payment: payment paid pay zahlung zahlungsart | 付款=fu kuan 支付=zhi fu
deleted: deleted delete removed | 删除=shan chu
invited: eingeladen
estimated: estimated expected planned plan target | 预计=yu ji 计划=ji hua 预估=yu gu 目标=mu biao
history: history historic histories audit audits log logs verlauf | 历史=li shi 日志=ri zhi
listing: data export exports list lists report table extract extracts dump file all master new detail details register liste daten übersicht stamm stammdaten bestand | 台账=tai zhang 明细=ming xi 列表=lie biao 清单=qing dan 表=biao 数据=shu ju 导出=dao chu 档案=dang an 汇总=hui zong 资料=zi liao 登记表=deng ji biao 名单=ming dan 名册=ming ce 花名册=hua ming ce 一览=yi lan 一览表=yi lan biao 总表=zong biao 汇总表=hui zong biao 信息表=xin xi biao 台帐=tai zhang 记录表=ji lu biao 统计=tong ji 统计表=tong ji biao
first response:  | 首响=shou xiang
month fee: mrr
requested: requested required requires wunsch | 要求=yao qiu 申请=shen qing 需求=xu qiu
first name: firstname forename vorname givenname
last name: lastname surname nachname familyname
serial id:  | 序列号=xu lie hao 机号=ji hao
external: external extern | 外部=wai bu
`;

/** Words that say nothing of what a column holds. */
const empty =
  "the of a an is was has for by in full display utc gmt local unique actual service support after tatsächlich our property hs hubspot field api 的 业务 服务 售后 实际 是否 有无 所属 本次 当前 第 所在 对应 该 人 者 情况 信息".split(
    " ",
  );

/** A spelling and what it means; of Chinese in pinyin, its syllables. */
interface Spelling {
  means: readonly string[];
  syllables?: readonly string[];
}

const latin = new Map<string, readonly string[]>();
const han = new Map<string, readonly string[]>();
const pinyin = new Map<string, Spelling>();
const initials = new Map<string, (readonly string[])[]>();

for (const line of lists.trim().split("\n")) {
  const [, meanings = "", words = ""] = /^([^:]+):(.*)$/.exec(line) ?? [];
  const means = meanings.split(" ");
  const [western = "", chinese = ""] = words.split("|");
  for (const word of western.trim().split(" ").filter(Boolean)) {
    latin.set(word, means);
    // As the first part of a German word: Vorgangsnummer.
    if (word.length > 4 && !latin.has(`${word}s`)) latin.set(`${word}s`, means);
  }
  for (const [, word = "", reading = ""] of chinese.matchAll(/([^\s=]+)(?:=((?:[a-zü]+ ?)+)(?= |$))?/g)) {
    han.set(word, means);
    const syllables = reading.trim().split(" ").filter(Boolean);
    if (syllables.length === 0) continue;
    // Of words that sound alike the first stands.
    const whole = syllables.join("");
    if (!pinyin.has(whole)) pinyin.set(whole, { means, syllables });
    const letters = syllables.map(([first]) => first).join("");
    if (syllables.length > 1) initials.set(letters, [...(initials.get(letters) ?? []), means]);
  }
}
for (const word of empty) (/[a-z]/.test(word) ? latin : han).set(word, []);

/** Words of headings and their meanings, by how they are written. */
export const spelt: {
  readonly latin: ReadonlyMap<string, readonly string[]>;
  readonly han: ReadonlyMap<string, readonly string[]>;
  readonly pinyin: ReadonlyMap<string, readonly string[]>;
  /** What the first letters of syllables may stand for. */
  readonly initials: ReadonlyMap<string, readonly (readonly string[])[]>;
} = {
  latin,
  han,
  pinyin: new Map([...pinyin].map(([word, { means }]) => [word, means])),
  initials,
};
