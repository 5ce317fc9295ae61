import { furtherWords } from "./furtherWords.js";

/**
 * What words of headings mean, each language's spellings by the meaning that they have in common: of Latin letters (English,
 * German, abbreviations) before the bar, Chinese behind it, each with its pinyin by syllables. A meaning may be several (`工号`:
 * `employee id`). Which meanings make a column of the contract stands in `patterns.ts`.
 */
const lists = `
id: id ids no nr num number nummer code cd key identifier guid uuid kennung ref reference primarykey nbr kennziffer | 编号=bian hao 号码=hao ma 代码=dai ma 编码=bian ma 单号=dan hao 号=hao 标识=biao shi 流水号=liu shui hao id号 识别码=shi bie ma 主键=zhu jian 编码号=bian ma hao
when: am um dat date time datetime timestamp at on dt ts tm day datum zeit zeitpunkt uhrzeit termin stamp | 时间=shi jian 日期=ri qi 日=ri 时刻=shi ke 年月日
name: name nm names bezeichnung | 名称=ming cheng 姓名=xing ming 名字=ming zi 名=ming 全称=quan cheng
title: title titel | 标题=biao ti 主题=zhu ti
customer: customer customers client clients account accounts buyer cust cst clnt acct kunde kunden kd debitor debitoren partner partners geschäftspartner | 客户=ke hu 顾客=gu ke 甲方=jia fang 访客=fang ke
company: company companies firm firma unternehmen organisation organization organizations org corporation firmen unternehmens business | 公司=gong si 单位=dan wei 企业=qi ye
ticket: ticket tickets case cases incident incidents issue tkt sr workorder vorgang vorfall servicecall vorgänge vorgaenge vorfälle störung störungen anfrage anfragen servicefall meldung meldungen conversation conversations rma enquiry enquiries inquiry inquiries problem problems | 工单=gong dan 报修单=bao xiu dan 服务单=fu wu dan 案件=an jian 投诉单=tou su dan 维修单=wei xiu dan 派工单=pai gong dan 报障单=bao zhang dan 服务工单=fu wu gong dan 服务记录=fu wu ji lu 维修记录=wei xiu ji lu 报修记录=bao xiu ji lu 投诉记录=tou su ji lu 会话=hui hua 案例=an li 报障=bao zhang 问题=wen ti
created: created create creation crt crtd opened open logged raised reported registered submitted submit angelegt anlage erstellt erstellung eröffnet eroeffnet erfasst gemeldet opn cre opening eröffnung eroeffnung einreichung eingereicht erfassung melde submission placed filed lodged initiated entstanden aufgenommen inserted | 创建=chuang jian 报修=bao xiu 建档=jian dang 建立=jian li 提交=ti jiao 登记=deng ji 录入=lu ru 受理=shou li 发起=fa qi 开单=kai dan 新建=xin jian 来电=lai dian 报障=bao zhang 生成=sheng cheng 提单=ti dan 录单=lu dan 发生=fa sheng 反映=fan ying 获取=huo qu 上报=shang bao 申报=shen bao 建单=jian dan 立案=li an 登录=deng lu 发单=fa dan
received: received empfangen eingang eingegangen intake receiving rcvd recd | 接收=jie shou 收到=shou dao 接报=jie bao 进线=jin xian
updated: updated update upd modified modification changed change mod modstamp geändert aenderung änderung mutation | 更新=geng xin 修改=xiu gai 变更=bian geng
last: last latest letzte letzter | 最后=zui hou 最近=zui jin 最新=zui xin
system: system systemmodstamp sys
first: first frst fst initial erste erster erst | 首次=shou ci 第一次=di yi ci 初次=chu ci 首=shou
response: response responses respond responded reply replied resp rsp reaktion rückmeldung rueckmeldung reagiert reacted | 响应=xiang ying 回复=hui fu 答复=da fu 应答=ying da
resolved: resolved resolve resolution solved solve solution rslv rsl fixed gelöst geloest lösung loesung erledigt behoben reslv reslvd rslvd resolv erledigung behebung lösungs | 解决=jie jue 办结=ban jie 修复=xiu fu 完结=wan jie 处理完成=chu li wan cheng 处理完毕=chu li wan bi 处理结束=chu li jie shu 解决完成=jie jue wan cheng 解决完毕 处置完成=chu zhi wan cheng 修复完成=xiu fu wan cheng
completed: completed complete completion done finished finish abgeschlossen fertig absolviert fulfilled abgearbeitet beendet | 完成=wan cheng 完工=wan gong 处结=chu jie 竣工=jun gong
closed: closed close closing clsd cls geschlossen closure abschluss schließung | 关闭=guan bi 关单=guan dan 结案=jie an 结单=jie dan 闭单=bi dan 办毕=ban bi
type: type types typ kind art | 类型=lei xing 种类=zhong lei
category: category categories cat kategorie classification class warengruppe family klasse klassifizierung | 类别=lei bie 分类=fen lei 品类=pin lei 大类=da lei 系列=xi lie
complaint: complaint complaints beschwerde reklamation | 投诉=tou su
channel: channel channels chnl chan via medium kanal kontaktweg method weg mode kanäle wege | 渠道=qu dao 途径=tu jing 方式=fang shi 联系方式=lian xi fang shi 接入=jie ru 媒介=mei jie
source: source src origin quelle herkunft | 来源=lai yuan
severity: severity sev schweregrad | 严重程度=yan zhong cheng du 严重性=yan zhong xing 严重级别=yan zhong ji bie 严重等级=yan zhong deng ji
priority: priority prio priorität urgency | 优先级=you xian ji 紧急程度=jin ji cheng du
agent: agent agents agt assignee assigned technician engineer handler operator handled bearbeiter sachbearbeiter techniker teammate zugewiesener zugewiesen zuständig bearbeitet betreut resolver supporter mechaniker monteur | 处理人=chu li ren 坐席=zuo xi 座席=zuo xi 客服=ke fu 客服专员=ke fu zhuan yuan 工程师=gong cheng shi 受理人=shou li ren 责任人=ze ren ren 经办人=jing ban ren 维修人=wei xiu ren 维修员=wei xiu yuan 技师=ji shi 处理人员=chu li ren yuan 回访人=hui fang ren 回访员=hui fang yuan 联系员=lian xi yuan 受理员=shou li yuan 接待人=jie dai ren 客服人员=ke fu ren yuan 服务工程师=fu wu gong cheng shi 维修师傅=wei xiu shi fu 指派给=zhi pai gei 经手人=jing shou ren 接线员=jie xian yuan 话务员=hua wu yuan 专员=zhuan yuan 维修人员=wei xiu ren yuan 服务人员=fu wu ren yuan 受理客服=shou li ke fu 接单人=jie dan ren 服务顾问=fu wu gu wen 跟单员=gen dan yuan 跟进客服=gen jin ke fu 指派人=zhi pai ren 处理坐席 担当=dan dang
owner: owner salesperson salesrep rep representative verkäufer verkaeufer vertreter betreuer besitzer inhaber außendienst aussendienst außendienstmitarbeiter kundenbetreuer vertriebsmitarbeiter seller salesman rm csm | 负责人=fu ze ren 业务员=ye wu yuan 销售员=xiao shou yuan 销售人员=xiao shou ren yuan 客户经理=ke hu jing li 归属人=gui shu ren 所有人=suo you ren 跟进人=gen jin ren 销售代表=xiao shou dai biao 业务经理=ye wu jing li 归属销售=gui shu xiao shou 销售负责人=xiao shou fu ze ren 销售顾问=xiao shou gu wen 拥有者=yong you zhe 负责销售=fu ze xiao shou 所属销售=suo shu xiao shou 业务代表=ye wu dai biao 跟单业务员=gen dan ye wu yuan
employee: employee employees emp staff user users usr worker mitarbeiter personal personnel pers angestellter mitarbeiterin | 员工=yuan gong 职工=zhi gong 人员=ren yuan
employee id: staffno | 工号=gong hao 员工号=yuan gong hao
manager: manager mgr supervisor superior vorgesetzter vorgesetzten reportsto führungskraft | 上级=shang ji 主管=zhu guan 经理=jing li 直属上级=zhi shu shang ji 领导=ling dao 直接上级=zhi jie shang ji 汇报对象=hui bao dui xiang 直属主管=zhi shu zhu guan 直属领导=zhi shu ling dao
department: department departments dept dep abteilung bereich division | 部门=bu men 科室=ke shi
team: team squad teams group gruppe | 班组=ban zu 小组=xiao zu 组别=zu bie 团队=tuan dui 组=zu 班=ban
position: position
role: role job rolle funktion jobtitle stelle stellung rollen | 岗位=gang wei 职位=zhi wei 职务=zhi wu 角色=jue se 工种=gong zhong
hired: hire hired joined joining eintritt eintrittsdatum join eintritts einstellung eingestellt | 入职=ru zhi 聘用=pin yong 入司=ru si 到岗=dao gang 入厂=ru chang 到职=dao zhi
left: left leave leaving termination austritt austritts austritts austrittsdatum exit ausgeschieden | 离职=li zhi 离司=li si 退职=tui zhi
start: start starts started begin beginning effective beginn commencement laufzeitbeginn eff | 生效=sheng xiao 开始=kai shi 起始=qi shi 起租=qi zu 起=qi 启用=qi yong
end: end ends ended expiry expires expiration expire ende terminated cancel cancelled canceled cancellation churn churned laufzeitende ablauf | 终止=zhong zhi 结束=jie shu 到期=dao qi 失效=shi xiao 解约=jie yue 退订=tui ding 止=zhi 停用=ting yong
signed: signed signature unterschrieben | 签订=qian ding 签约=qian yue 签署=qian shu
due: due deadline fällig faellig | 截止=jie zhi 应完成=ying wan cheng 期限=qi xian
region: region regions territory area gebiet rgn bezirk | 地区=di qu 区域=qu yu 大区=da qu 片区=pian qu
province: province state bundesland prov stateorprovince | 省份=sheng fen 省=sheng
city: city town ort stadt municipality town | 城市=cheng shi 市=shi
country: country land nation | 国家=guo jia
industry: industry sector branche vertical branchen | 行业=hang ye
segment: segment seg segments tier kundengruppe | 细分=xi fen 客户群=ke hu qun
level: level grade rank stufe | 级别=ji bie 等级=deng ji
count: count cnt size anzahl numberof noof zahl | 人数=ren shu 次数=ci shu 规模=gui mo 数=shu 人次=ren ci
quantity: quantity qty units menge pieces stück stückzahl | 数量=shu liang 件数=jian shu 件=jian
amount: amount amt value total betrag summe wert gesamt volumen volume | 金额=jin e 总额=zong e 价款=jia kuan 总金额=zong jin e 总价=zong jia 小计=xiao ji
revenue: revenue rev turnover umsatz sales erlös vertrieb verkauf verkaufs | 销售额=xiao shou e 营收=ying shou 收入=shou ru 营业额=ying ye e 销售=xiao shou 销售金额=xiao shou jin e
net: net netto untaxed exvat | 未税=wei shui 不含税=bu han shui 净=jing 无税=wu shui 去税=qu shui
gross: gross brutto | 含税=han shui 毛=mao
unit: unit each einheit | 单=dan
price: price preis prc | 价格=jia ge 价=jia
unit price: unitprice stückpreis | 单价=dan jia
cost: cost costs kosten cogs wareneinsatz einstand selbstkosten einstandswert | 成本=cheng ben
tax: tax taxes steuern vat mwst ust steuer | 税=shui 税额=shui e 税率=shui lü
discount: discount rabatt | 折扣=zhe kou
currency: currency curr ccy währung waehrung iso | 币种=bi zhong 货币=huo bi 币别=bi bie 币=bi
order: order orders ord purchase bestellung bestellungen bestell auftrag auftrags auftr ordered bestellt | 订单=ding dan 下单=xia dan 订货=ding huo 订购=ding gou 采购=cai gou 销售单=xiao shou dan
invoice: invoice inv rechnung | 发票=fa piao
line: line ln pos zeile lineitem zeilen posten | 行=hang 行号=hang hao 项次=xiang ci 分录=fen lu 序=xu
product: product products item itm article artikel prod material goods merchandise mat erzeugnis produkt produkte variant | 产品=chan pin 商品=shang pin 物料=wu liao 货品=huo pin 料=liao 存货=cun huo 品=pin
stock: stock lager | 库存=ku cun
promised: promised promise committed zugesagt zugesagter zugesagtes confirmed bestätigter bestätigtes bestätigt | 承诺=cheng nuo 约定=yue ding 应交=ying jiao 交期=jiao qi 答应=da ying
delivery: delivered delivery deliveries dlvr dlv liefer lieferung geliefert | 交货=jiao huo 送达=song da 交付=jiao fu 到货=dao huo 签收=qian shou 收货=shou huo
shipped: shipped shipping ship versand | 发货=fa huo
opportunity: opportunity opportunities deal deals opp oppty verkaufschance chance chancen verkaufschancen | 商机=shang ji 机会=ji hui 销售机会=xiao shou ji hui
lead: lead leads prospect prospects mql interessent interessenten | 线索=xian suo 潜在客户=qian zai ke hu 潜客=qian ke 意向客户=yi xiang ke hu
pipeline: pipeline
stage: stage phase phasen verkaufsphase vertriebsphase | 阶段=jie duan 进度=jin du
probability: probability | 概率=gai lü
won: won win gewonnen success | 赢单=ying dan 中标=zhong biao 赢=ying
qualified: qualified qualification qualifiziert qualifizierung | 合格=he ge 确认=que ren
converted: converted conversion konvertiert umgewandelt | 转化=zhuan hua 转换=zhuan huan 成交=cheng jiao 转客户=zhuan ke hu 转成交=zhuan cheng jiao 签单=qian dan
lost: lost loss verloren disqualified disqualification verlust | 丢单=diu dan 流失=liu shi 失单=shi dan 无效=wu xiao 作废=zuo fei 战败=zhan bai 输单=shu dan
reason: reason grund rsn | 原因=yuan yin 理由=li you 缘由=yuan you
status: status stat zustand | 状态=zhuang tai
contract: contract contracts agreement subscription vertrag vertrags | 合同=he tong 协议=xie yi
month: month monthly monat monatlich mth mtl monats | 月=yue 每月=mei yue 月份=yue fen
year: year jahr yearly annual | 年=nian 年度=nian du
fee: fee fees charge gebühr rate miete rent rental retainer | 服务费=fu wu fei 费用=fei yong 费=fei 租金=zu jin
contact: contact contacts touchpoint interaction activity followup kontakt contacted visit visits besuch besuche outreach kontaktiert | 联系=lian xi 回访=hui fang 拜访=bai fang 跟进=gen jin 沟通=gou tong 走访=zou fang 外呼=wai hu 通话=tong hua
person: person ansprechpartner | 联系人=lian xi ren
purpose: purpose zweck anlass objective | 目的=mu di 事由=shi you 目标=mu biao
reached: reached connected erreicht | 接通=jie tong 联系上=lian xi shang 触达=chu da
event: event events campaign campaigns veranstaltung veranstaltungen webinar workshop workshops meetup | 活动=huo dong 会议=hui yi
held: held | 举办=ju ban 举行=ju xing
attended: attended attendance present teilgenommen showed checked checkin anwesend erschienen teilnahme participated came | 到场=dao chang 出席=chu xi 参加=can jia 签到=qian dao 参会=can hui 到会=dao hui 参与=can yu 出勤=chu qin
invitation: invitation invitations invited invite member members | 邀请=yao qing
survey: survey surveys questionnaire umfrage feedback befragung befragungen poll | 调查=diao cha 问卷=wen juan 反馈=fan kui 回访问卷=hui fang wen juan
respondent: respondent form | 答卷=da juan
answer: answer answers antwort | 答案=da an 回答=hui da
answered: answered beantwortet ausgefüllt | 作答=zuo da 填写=tian xie 答题=da ti 回收=hui shou 填答=tian da
dimension: dimension aspect question criterion frage kriterium criteria competency kompetenz aspekt questions | 维度=wei du 题目=ti mu 评价项=ping jia xiang 指标=zhi biao 能力项=neng li xiang 评价项目=ping jia xiang mu 评分项=ping fen xiang 题项=ti xiang 考核项=kao he xiang
rating: rating ratings review reviews bewertung assessment appraisal rated | 评价=ping jia 考核=kao he 评估=ping gu 测评=ce ping 评议=ping yi
score: score scores points punkte | 得分=de fen 评分=ping fen 分数=fen shu 打分=da fen 分值=fen zhi 分=fen 评价分=ping jia fen
satisfaction: satisfaction csat zufriedenheit happiness | 满意度=man yi du 满意=man yi
scale: scale skala | 量表=liang biao
min: min minimum lowest | 最低=zui di 最小=zui xiao 下限=xia xian
max: max maximum highest | 最高=zui gao 最大=zui da 上限=shang xian
min score: minscore | 最低分=zui di fen
max score: maxscore | 最高分=zui gao fen 满分=man fen
asset: asset equipment device machine gerät geraet geräte geraete machines anlagen maschine maschinen instrument instruments | 设备=she bei 资产=zi chan 机器=ji qi 机身=ji shen 机台=ji tai 仪器=yi qi
serial: serial sn serien | 序列=xu lie
fault: fault error failure fehler defect störungscode | 故障=gu zhang
root: root | 根本=gen ben
cause: cause ursache | 起因=qi yin
root cause: rootcause | 根本原因=gen ben yuan yin 根因=gen yin 原因分析=yuan yin fen xi 问题根因=wen ti gen yin 根本性原因
quality: quality qualität | 质量=zhi liang
qa: qa qc | 质检=zhi jian
correct: correct richtig | 正确=zheng que
repair: repair repairs reparatur | 维修=wei xiu
handling: handling touches handlings  bearbeitung bearbeitungen | 处理=chu li 跟踪=gen zong
once: once | 一次=yi ci 一次性=yi ci xing
previous: previous prior related vorherig vorgänger vorgaenger preceding prev | 上次=shang ci 前次=qian ci 原=yuan 前一=qian yi 上一=shang yi 关联=guan lian
since: since seit | 自=zi
acquired: acquired acquisition signup onboarding onboarded registration akquise onboard | 获客=huo ke 开户=kai hu 注册=zhu ce 首单=shou dan 入会=ru hui 首次合作=shou ci he zuo
cooperation: cooperation partnership | 合作=he zuo
handoff: handoff handoffs handover transfer handed transferred handovers übergabe übergeben uebergabe | 交接=jiao jie 移交=yi jiao 流转=liu zhuan 转派=zhuan pai 转交=zhuan jiao 转办=zhuan ban
from: from von abgebende sending | 转出=zhuan chu 移出=yi chu 交出=jiao chu
to: to an übernehmende target | 转入=zhuan ru 移入=yi ru 承接=cheng jie 转至=zhuan zhi
step: step steps schritt | 步骤=bu zhou 环节=huan jie 节点=jie dian 流程节点=liu cheng jie dian 流程步骤=liu cheng bu zhou 工序=gong xu
entered: entered entry | 进入=jin ru 到达=dao da
training: training trainings schulung enrollment enrolment enrollments seminar | 培训=pei xun
course: course kurs courses lehrgang module | 课程=ke cheng 科目=ke mu
period: period zeitraum | 期间=qi jian 周期=zhou qi 考核期=kao he qi
colleague: colleague colleagues peer peers kollegen kollege | 同事=tong shi 互评=hu ping 同侪 360度 民主测评 民主评议
reviewee: reviewee beurteilter | 被评人=bei ping ren 被评价人=bei ping jia ren 被考核人=bei kao he ren 被考核者=bei kao he zhe 被评价者=bei ping jia zhe 被评人员=bei ping ren yuan 被评议人=bei ping yi ren 被评估人=bei ping gu ren
reviewer: reviewer beurteiler | 评价人=ping jia ren 评分人=ping fen ren 评价者=ping jia zhe 考核人=kao he ren 评议人=ping yi ren
rater: rater relation relationship beziehung | 评价关系=ping jia guan xi 评价者身份=ping jia zhe shen fen 关系=guan xi
market: market markt | 市场=shi chang
asset: ci
listing: dataset datasets
customer: konto konten kontos
record: recorded
rating: asmt
dimension: metric
own: own eigen ours eigene self | 本公司=ben gong si 我司=wo si 自有=zi you 本企业=ben qi ye 我方=wo fang 本品牌=ben pin pai
record: record row datensatz doc document beleg belege | 记录=ji lu 单据=dan ju 流水=liu shui 审批=shen pi
rownumber: rownum | 序号=xu hao
phone: phone tel telephone telefon mobile handy cell | 电话=dian hua 手机=shou ji
email: email mail mails | 邮箱=you xiang 电子邮件=dian zi you jian
zip: zip postcode plz postal postleitzahl | 邮编=you bian
address: address adresse street strasse | 地址=di zhi
remark: comment comments remark remarks note notes description desc text bemerkung txt verbatim | 备注=bei zhu 说明=shuo ming 描述=miao shu 意见=yi jian 内容=nei rong
minutes: minutes mins hours duration seconds sec dauer | 时长=shi chang 耗时=hao shi 分钟=fen zhong 小时=xiao shi
payment: payment paid pay zahlung zahlungsart | 付款=fu kuan 支付=zhi fu
deleted: deleted delete removed | 删除=shan chu
invited: eingeladen
estimated: estimated expected planned plan | 预计=yu ji 计划=ji hua 预估=yu gu
history: history historic histories audit audits log logs verlauf | 历史=li shi 日志=ri zhi
listing: data export exports list lists report table extract extracts dump file all master new detail details register liste daten übersicht stamm stammdaten bestand | 台账=tai zhang 明细=ming xi 列表=lie biao 清单=qing dan 表=biao 数据=shu ju 导出=dao chu 档案=dang an 汇总=hui zong 资料=zi liao 登记表=deng ji biao 名单=ming dan 名册=ming ce 花名册=hua ming ce 一览=yi lan 一览表=yi lan biao 总表=zong biao 汇总表=hui zong biao 信息表=xin xi biao 台帐=tai zhang 记录表=ji lu biao 统计=tong ji 统计表=tong ji biao
first response:  | 首响=shou xiang
month fee: mrr
requested: requested request requests | 申请=shen qing 需求=xu qiu
first name: firstname forename vorname givenname
last name: lastname surname nachname familyname
serial id:  | 序列号=xu lie hao 机号=ji hao
external: external extern | 外部=wai bu
desired promised:  | 要货=yao huo
actor: by creator reporter submitter requester | 人=ren 者=zhe
call: call calls anruf anrufe | 来电单=lai dian dan
bill: bill billing sell sold
maker: vendor vendors competitor competitors anbieter hersteller wettbewerber brand marke manufacturer supplier | 厂商=chang shang 厂家=chang jia 品牌=pin pai 竞争对手=jing zheng dui shou
desired: wunsch desired wanted preferred required requires | 要求=yao qiu 期望=qi wang 希望=xi wang
sent: sent gesendet | 发送=fa song
notice: kündigung kuendigung | 通知=tong zhi
subtotal: subtotal zwischensumme
taxed total:  | 价税合计=jia shui he ji
quote: angebot angebote quote quotation offer proposal | 报价=bao jia
project: project projekt | 项目=xiang mu
nps: nps recommendation weiterempfehlung promoter | 推荐=tui jian 净推荐值=jing tui jian zhi
result: result results ergebnis | 结果=jie guo
reopened: reopened reopen wiedereröffnet | 重开=chong kai
interaction: interactions
parent: parent | 上级客户=shang ji ke hu 上级单位=shang ji dan wei 母公司=mu gong si
working: working
first contact resolved: fcr erstlösung erstloesung
employee count: headcount belegschaft
promised delivery when: liefertermin
lead qualified: mql
created actor: | 创建人=chuang jian ren 创建者=chuang jian zhe 创建客服=chuang jian ke fu 提交人=ti jiao ren 发起人=fa qi ren 报修人=bao xiu ren 投诉人=tou su ren 登记人=deng ji ren 录入人=lu ru ren 制单人=zhi dan ren
ticket id: qmnum | 工单号=gong dan hao 投诉单号=tou su dan hao 报修单号=bao xiu dan hao 受理单号=shou li dan hao 服务单号=fu wu dan hao 维修单号=wei xiu dan hao
owner id:  | 销售员工号=xiao shou yuan gong hao 业务员工号=ye wu yuan gong hao
agent id:  | 客服员工号=ke fu yuan gong hao
ticket type: qmart
created when: erdat qmdat
updated when: aedat
resolved when: qmdab
asset id: equnr
customer id: kunnr kunum kunag
employee id: pernr
order id: vbeln aufnr
order when: audat bstdk
product id: matnr sku skus
product name: maktx | 品名=pin ming
product category: matkl | 产品线=chan pin xian 产品系列=chan pin xi lie
position id: posnr
quantity: kwmeng
revenue net: netwr
currency: waerk waers
cost: wavwr
promised when: vdatu
city: ort01
province: regio
region: bzirk
industry: brsch
segment: kdgrp
id: référence numéro numero n° número matricule ident | 识别号=shi bie hao
customer: debtor debtors soldto cliente shopper buyers contractor payer subscriber cus cstmr | 往来单位=wang lai dan wei 购货单位=gou huo dan wei 买家=mai jia 会员 购货方=gou huo fang 客戶=ke hu 需方=xu fang 买方=mai fang
company: société societe entreprise sociale
name: displayname fullname nom naam libellé libelle intitulé | 全名=quan ming 抬头=tai tou
title: headline betreff | 题名=ti ming
when: heure jour fecha stmp dte
created: création créé cree crée ouverture ouvert saisi saisie enregistré enregistrement déposé inscrit angefragt eingetragen aufnahme opnd genesis booked | 收件=shou jian 受付=shou fu 进单=jin dan 创单=chuang dan 报案=bao an
received: reçu recu réception reception | 来件=lai jian
updated: modifié modifie maj actualisé mise
last: dernier dernière derniere
first: premier première premiere
response: réponse reponse réaction reaction antwortzeitpunkt | 首复=shou fu 回覆=hui fu 回应=hui ying 首答=shou da
first response:  | 首回=shou hui 首答时间=shou da shi jian
resolved: résolution résolu resolu cleared remedied rectified repaired entstört | 排除=pai chu 消缺=xiao que 处理完=chu li wan 修好=xiu hao
completed: terminé termine achevé fini accompli abgeschlossene | 办完=ban wan 完毕=wan bi
closed: clôture cloture clôturé clôturée fermé fermeture fermée closedate zugemacht | 闭环=bi huan
type: genre
category: catégorie categorie rubrique groupe | 种别=zhong bie 门类=men lei
complaint: réclamation reclamation plainte grievance beanstandung | 客诉=ke su 投訴=tou su 客訴=ke su 抱怨=bao yuan
ticket: demande dossier intervention signalement | 服务请求=fu wu qing qiu 客诉单=ke su dan 售后单=shou hou dan 保修单=bao xiu dan 维保单=wei bao dan 服务案=fu wu an
channel: canal voie touchpointtype | 通路=tong lu 入口=ru kou 来电方式=lai dian fang shi
source: provenance
severity: gravité gravite criticality | 严重度=yan zhong du 影响程度=ying xiang cheng du
agent: technicien intervenant conseiller gestionnaire attribué assigné affecté dispatcher monteure sachbearbeiterin teammates | 客服代表=ke fu dai biao 派工人员=pai gong ren yuan 派工人=pai gong ren 维修技师=wei xiu ji shi 服务代表=fu wu dai biao 跟进人员=gen jin ren yuan 承办人=cheng ban ren 处理员=chu li yuan 处理工程师=chu li gong cheng shi 指派客服=zhi pai ke fu 接待客服=jie dai ke fu 处理者=chu li zhe 担当者=dan dang zhe
owner: responsable commercial vendeur kam | 业务负责人=ye wu fu ze ren 归属业务员=gui shu ye wu yuan 客户负责人=ke hu fu ze ren 跟进销售=gen jin xiao shou 对接人=dui jie ren 业务担当=ye wu dan dang 销售经理=xiao shou jing li 所属人=suo shu ren
employee: employé employe salarié salarie collaborateur personne associate belegschaftsmitglied | 雇员=gu yuan 同仁=tong ren
department: département departement | 处室=chu shi 事业部=shi ye bu 主属部门=zhu shu bu men
team: équipe equipe | 分组=fen zu 工段=gong duan
role: fonction poste métier | 职称=zhi cheng 头衔=tou xian
hired: embauche embauché entrée onboarddate | 进厂=jin chang 进公司=jin gong si 报到=bao dao 参加工作=can jia gong zuo 入社=ru she 上岗=shang gang
left: départ depart sortie | 离厂=li chang 离岗=li gang 辞职=ci zhi 退社=tui she
start: début debut activation activated commenced | 起期=qi qi 开通=kai tong 起算=qi suan
end: fin échéance echeance cessation beendigung | 止期=zhi qi 届满=jie man 到期日=dao qi ri 满期=man qi
signed: signé
region: région géographique vertriebsgebiet verkaufsgebiet | 战区=zhan qu 地域=di yu 销售区域=xiao shou qu yu 省区=sheng qu 分区=fen qu
province: county kanton
city: ville localité commune wohnort | 县市=xian shi 地市=di shi
country: pays
industry: secteuractivité activité | 行业类别=hang ye lei bie 产业=chan ye
segment: segmentation kundensegment clientgroup | 客群=ke qun 客层=ke ceng
count: effectif nb
quantity: quantité quantite qté qte stk stck anz | 订购数=ding gou shu 数目=shu mu
amount: montant somme importe | 总计=zong ji
revenue: chiffre nettoumsatz | 成交额=cheng jiao e 销售收入=xiao shou shou ru 实付金额=shi fu jin e 成交金额=cheng jiao jin e
net: ht hors
gross: ttc
cost: coût cout coûts | 进价=jin jia 成本价=cheng ben jia 成本额=cheng ben e
tax: tva
discount: remise | 优惠=you hui
currency: devise monnaie
order: commande commandes pedido salesorder | 销售订单=xiao shou ding dan 下訂=xia ding 购买=gou mai
line: ligne zeilennr | 明细行=ming xi hang 分录行=fen lu hang
product: produit produits référenceproduit asin | 货号=huo hao 宝贝=bao bei 品名规格=pin ming gui ge
promised: promis prévue bestätigte | 应到=ying dao 要求到货=yao qiu dao huo 计划交货=ji hua jiao huo
delivery: livraison livré livrée livre anlieferung zugestellt | 妥投=tuo tou 交车=jiao che
opportunity: opportunité opportunite affaire verkaufsprojekt | 销售项目=xiao shou xiang mu
lead: piste | 商机线索=shang ji xian suo 客资=ke zi
stage: étape etape verkaufsstufe dealstage
won: gagné gagne | 成单=cheng dan
qualified: qualifié
converted: converti | 转商机=zhuan shang ji 成交转化=cheng jiao zhuan hua
lost: perdu perdue | 未成交=wei cheng jiao
reason: grundtext
status: statut état etat estado
contract: contrat contrats police | 合約=he yue 合约=he yue 维保合同=wei bao he tong 服务合同=fu wu he tong
month: mois monatl | 当月=dang yue 年月=nian yue
year: année annee annuel jährlich
fee: frais tarif redevance abo
contact: contactée relance visite appel | 电访=dian fang 打卡=da ka 拜訪=bai fang 巡访=xun fang 联络=lian luo 外访=wai fang
purpose:  | 拜访目的=bai fang mu di
reached: joint abouti | 拨通=bo tong 是否成功=shi fou cheng gong
event: événement evenement salon séminaire | 展会=zhan hui 研讨会=yan tao hui 沙龙=sha long
attended: présent présence venu | 到访=dao fang 出席情况=chu xi qing kuang
survey: enquête enquete sondage questionnaires | 调研=diao yan 评分表=ping fen biao 问卷调查=wen juan diao cha
answered: répondu | 填表=tian biao 提交答卷=ti jiao da juan
dimension: critère critere axe | 指标项=zhi biao xiang
score: notation punktzahl | 评价得分=ping jia de fen 评级=ping ji 星级=xing ji
satisfaction: satisfait
asset: équipement appareil matériel | 机型=ji xing 产品序列=chan pin xu lie
fault: panne défaut erreur | 报警=bao jing
root cause:  | 故障原因分析=gu zhang yuan yin fen xi
training: formation formations
course: cours | 培训内容=pei xun nei rong 培训项目=pei xun xiang mu
market: marché marche | 市场区域=shi chang qu yu
own: nous notre | 我公司=wo gong si 是否自有=shi fou zi you
remark: commentaire commentaires remarque observations
phone: téléphone
email: courriel
zip: codepostal
reason: motif
customer id: kdnr debitornr
quantity: | 销售数=xiao shou shu
revenue quantity: | 销量=xiao liang 销售量=xiao shou liang
`;

/** Words that say nothing of what a column holds. */
const empty =
  "usd eur gbp cny rmb chf hkd made 用水 用电 用气 the of a is was up over u f default custom field flag flg ind yn der die das des dem den zum zur der mit bei has for in full display utc gmt local unique actual service support after tatsächlich réel réelle our property hs hubspot api custom de du des la le les d l par pour et sur en un une dont wc crm cf post cmdb new your underlying trading please select enter what which 的 业务 服务 售后 实际 是否 有无 所属 本次 当前 第 所在 流程 后 级 一级 二级 三级 主属 您的 您 请选择 请填写 请输入 请 必填 选填 本 客户的 该次 归属 归属于 直接 所处 目前 现任 现 本币 分管 对接 专属 指定 归口 主要 具体 statistics stats total_ legal_ 我们 时的 对应 该 专管 行政 情况 信息 整体 总体 综合 主 overall primary traffic base recurring profile respective associated internal staff_ 使用 后的 任职 直线 我司的".split(
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

let isFurther = false;
for (const line of `${lists.trim()}\n${furtherWords.trim()}`.split("\n")) {
  // What the first list says of a word stands.
  isFurther ||= line === furtherWords.trim().split("\n")[0];
  const [, meanings = "", words = ""] = /^([^:]+):(.*)$/.exec(line) ?? [];
  const means = meanings.split(" ");
  const [western = "", chinese = ""] = words.split("|");
  for (const word of western.trim().split(" ").filter(Boolean)) {
    if (isFurther && latin.has(word)) continue;
    latin.set(word, means);
    // As the first part of a German word: Vorgangsnummer.
    if (word.length > 4 && !latin.has(`${word}s`)) latin.set(`${word}s`, means);
  }
  for (const [, word = "", reading = ""] of chinese.matchAll(/([^\s=]+)(?:=((?:[a-zü]+ ?)+)(?= |$))?/g)) {
    if (isFurther && han.has(word)) continue;
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
// 所属, 所在, 是否.
for (const letters of ["ss", "sz", "sf"]) initials.set(letters, [...(initials.get(letters) ?? []), []]);
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
