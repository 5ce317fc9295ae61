/**
 * Further words of headings, as `synonyms.ts` has them: what companies call the same things in their own tables, and what stands beside
 * them and is none of the contract's, so that it is not taken for what it looks like.
 */
export const furtherWords = `
id: payroll payrollno refno refnr handle kennz lfdnr folio pk sid docno belegnr | 代号=dai hao 代字 编=bian 档案号=dang an hao 单据号=dan ju hao 单据编号=dan ju bian hao 流水编号 案号 登记号=deng ji hao 自编号 识别=shi bie 标识符 条码 号数 票号 业务编号
employee id: empno personalnr persnr staffid badge payrollno agentno crewid | 工牌号=gong pai hao 工牌 人员编号=ren yuan bian hao 职员编号 员编 坐席号=zuo xi hao 职号 员工代号
customer id: custno custid kundennr debitorennr acctno | 户号=hu hao 客户号=ke hu hao 会员号=hui yuan hao 客编=ke bian 会员卡号=hui yuan ka hao 客商编码=ke shang bian ma
order: po consignment consignments
ticket: | 障碍单=zhang ai dan
ticket id: | 障碍单号=zhang ai dan hao
fault: | 障碍=zhang ai
agent: | 装维人员=zhuang wei ren yuan 装维=zhuang wei 运维人员=yun wei ren yuan 运维工程师
owner: | 揽装人=lan zhuang ren 揽收人 发展人=fa zhan ren
lost: | 拆机=chai ji 销号=xiao hao 停机 注销=zhu xiao
region: | 支局=zhi ju 网格=wang ge 分局 供电局
asset id: | 桩编号 充电桩编号 电梯编号 空调编号
customer: practice practices
month fee: | 月缴保费=yue jiao bao fei 月缴费用 月缴金额 月保费
end: | 退保=tui bao 解约=jie yue
acquired when: | 首次投保日期=shou ci tou bao ri qi 首次投保时间 首次就诊日期
owner: | 代理人=dai li ren 保险代理人 专属顾问=zhuan shu gu wen
customer: patient patients
customer: | 投保人=tou bao ren 被保险人 缴费人 患者 病人 住户 居民
channel: | 拜访方式=bai fang fang shi
customer: shipper shippers consignee consignees consignor consignors
region: | 营业所 供电所 供水所 营业厅=ying ye ting
segment: | 客户分级=ke hu fen ji 客户等级=ke hu deng ji
qualified: pass
due: mandatory
opportunity amount: | 预计金额=yu ji jin e 预计成交金额 预计签单金额 预计签约金额
customer: | 用户=yong hu 医院 学校 家长 会员单位
employee: | 系统用户=xi tong yong hu 用户账号=yong hu zhang hao 登录用户=deng lu yong hu 操作用户=cao zuo yong hu
ticket: | 来电登记=lai dian deng ji 来电记录=lai dian ji lu 来电受理
ticket id: | 来电流水号=lai dian liu shui hao 来电编号=lai dian bian hao
owner: | 分配销售=fen pei xiao shou 分配人=fen pei ren 分配给=fen pei gei
month amount: | 月均金额=yue jun jin e
lost: disconnect disconnects disconnected disconnection disconnections deactivated deactivation
acquired: become joined
acquired when: | 购车日期=gou che ri qi 购机日期=gou ji ri qi 首次装机日期=shou ci zhuang ji ri qi 装机日期=zhuang ji ri qi
received: | 接车=jie che 接机=jie ji 收机=shou ji
serial id: vin | 车架号=che jia hao 底盘号=di pan hao
channel: via | 预约方式=yu yue fang shi 报修方式=bao xiu fang shi
created when: | 进厂时间=jin chang shi jian 进厂日期=jin chang ri qi 进店时间=jin dian shi jian
resolved when: | 交车时间=jiao che shi jian 出厂时间=chu chang shi jian 取车时间=qu che shi jian
fee: beitrag prämie premium
year fee: jahresbeitrag jahresprämie jahresgebühr jahrespreis jahresumsatz | 年费=nian fei 年服务费=nian fu wu fei
year amount: arr acv annualvalue | 年度金额=nian du jin e
result: outcome
agent: | 跟进职员=gen jin zhi yuan 跟进同事=gen jin tong shi 负责同事=fu ze tong shi
order id: | 发货单号=fa huo dan hao 送货单号=song huo dan hao 销售出库单号
order id: ordno pono sono auftragsnr bestellnr | 订单编号=ding dan bian hao 销售单号=xiao shou dan hao 订货单号 出库单号
ticket id: tktno srno rmano caseno incno workorderno | 案件编号 诉求编号 处理单号=chu li dan hao 请求单号 任务单号=ren wu dan hao 客诉单号 事件单号 派单号
contract id: contractno vertragsnr agreementno | 合同号=he tong hao 协议号=xie yi hao
when: dttm dtm tmstmp timestmp datums ddat tmst epoch heures moment zeitp tstamp ymd | 时=shi 时点=shi dian 日子 日時 时间点=shi jian dian 时间戳=shi jian chuo 年月日
name: corporate legal nickname designation label caption namen raison handelsname kurzname fullname surname | 昵称=ni cheng 户名=hu ming 名号 商号 字号 大名 称呼=cheng hu 名稱
title: subject heading | 议题
customer: clinic clinics pharmacy pharmacies praxis praxen apotheke apotheken merchant merchants dealer dealers distributor distributors reseller resellers tenant tenants consumer consumers guest guests patron household households insured policyholder abnehmer besteller auftraggeber käufer acheteur adhérent abonné donneur klant klanten clienti customerid comprador | 诊所=zhen suo 院所=yuan suo 药店=yao dian 药房=yao fang 店家=dian jia 伙伴=huo ban 合作伙伴=he zuo huo ban 商户=shang hu 商家=shang jia 经销商=jing xiao shang 代理商=dai li shang 分销商=fen xiao shang 渠道商=qu dao shang 业主=ye zhu 租户=zu hu 车主=che zhu 客商=ke shang 往来客户=wang lai ke hu 委托方=wei tuo fang 委托单位=wei tuo dan wei 使用单位=shi yong dan wei 用户单位=yong hu dan wei 签约方=qian yue fang 签约单位=qian yue dan wei 服务对象=fu wu dui xiang 购买方=gou mai fang 购方=gou fang 来电单位=lai dian dan wei 报修单位=bao xiu dan wei 投诉单位=tou su dan wei 反映单位 终端=zhong duan 客方=ke fang 消费者=xiao fei zhe 主顾 院校 受访单位=shou fang dan wei 受访客户=shou fang ke hu 客户单位=ke hu dan wei 客户公司=ke hu gong si 客户方 采购方=cai gou fang 采购单位=cai gou dan wei 订货单位=ding huo dan wei 收货单位=shou huo dan wei
customer employee: caller | 联系者
company: enterprise enterprises konzern institution | 机构=ji gou 组织机构 厂=chang
ticket: query queries servicerequest servicerequests helpdesk job jobs callout callouts einsatz einsätze serviceauftrag serviceaufträge reparaturauftrag complaintfile sav aftersales cas claimfile claims claim warranty hotline trouble | 热线=re xian 诉求=su qiu 请求单=qing qiu dan 任务单=ren wu dan 受理单=shou li dan 处理单=chu li dan 派工=pai gong 派单=pai dan 事件单=shi jian dan 事件=shi jian 报修受理 工单记录=gong dan ji lu 申告 服务台账 服务申请=fu wu shen qing 售后服务=shou hou fu wu 客户服务=ke hu fu wu
created: add added adding entry captured incoming logged intake signalé déclaré declared anlegung gemacht notified notification inquired lodgement inbound | 提出=ti chu 新增=xin zeng 报单=bao dan 填报=tian bao 提报=ti bao 开立=kai li 反应=fan ying 进件=jin jian 报=bao 登入=deng ru 立单=li dan 收单=shou dan 接案=jie an 提起=ti qi 建卡 来访=lai fang 呼入=hu ru 建=jian 投诉受理 报告=bao gao 接诉=jie su 接单受理
received: erhalten reçue | 收到日=shou dao ri 接电=jie dian 接线=jie xian
first: firsttime earliest | 初=chu 首个=shou ge 最早=zui zao
response: acknowledged acknowledgement ack callback calledback answerback rappel rappelé rückruf zurückgerufen antwort antwortzeit reagierte firstreply attend | 回电=hui dian 答覆=da fu 反应=fan ying 回馈=hui kui 首次联系=shou ci lian xi 首次回电=shou ci hui dian
first response: fcresponse firstresponse firstreply erstreaktion erstantwort | 首次接触=shou ci jie chu 首次处理=shou ci chu li 初次响应=chu ci xiang ying 首次回应=shou ci hui ying
resolved: restored settled cured sorted bereinigt gelöste remediated fixing entstörung | 恢复=hui fu 修竣=xiu jun 完修=wan xiu 消除=xiao chu 搞定=gao ding 修毕=xiu bi 修理完成=xiu li wan cheng 维修完成=wei xiu wan cheng 处置完毕=chu zhi wan bi 处理完毕=chu li wan bi 办理完成=ban li wan cheng 办理完毕=ban li wan bi 了结=liao jie
completed: passed concluded accomplished realised realized erledigte vollendet done | 做完 办妥=ban tuo 完事 完单=wan dan 完=wan 结束完成 执行完成=zhi xing wan cheng 修完=xiu wan
closed: shut finalised finalized finalisation terminé | 销单=xiao dan 销案=xiao an 结束服务 闭合=bi he 终结=zhong jie 结=jie 归档=gui dang 结清
type: nature sort art kinds format formats variety typus sorte | 形式=xing shi 性质=xing zhi 种类=zhong lei 类=lei 型=xing 类目=lei mu 型态
category: categorie sparte produktgruppe subcategory catg ctgy sachgruppe group warengruppen classe class | 大类名称=da lei ming cheng 品类名称 类目=lei mu 分组类=fen zu lei 归类=gui lei 细类=xi lei 门类=men lei 小类=xiao lei
complaint: complaints complain reklamationen beschwerden plaintes grief | 申诉=shen su 不满=bu man 客怨
channel: means mode method medium how route pathway gateway comm voie moyen kommunikationsweg eingangskanal | 手段=shou duan 平台=ping tai 端口=duan kou 来路 来电渠道=lai dian qu dao 方式途径 介质
source: leadsource herkunftskanal | 出处=chu chu 由来 获知
severity: schwere dringlichkeit grave seriousness criticity | 严重=yan zhong 严重程度分级 危害程度 影响级别=ying xiang ji bie 影响等级=ying xiang deng ji
priority: priorität dringend | 紧急度=jin ji du 优先=you xian 紧急=jin ji 加急=jia ji
agent: admin tech techs mechanic mechanics specialist specialists advisor adviser consultant consultants responder handledby attendant caseworker fixer kundendienst betreuerin servicetechniker technicienne conseillère operatore worked dealt taken solver helpdeskagent | 维修工=wei xiu gong 处置人=chu zhi ren 办理人=ban li ren 值班人=zhi ban ren 值班员=zhi ban yuan 解决人=jie jue ren 主办人=zhu ban ren 主责人=zhu ze ren 当班人=dang ban ren 接听人=jie ting ren 接听坐席=jie ting zuo xi 接诊人 顾问=gu wen 派修人 上门师傅=shang men shi fu 师傅=shi fu 服务专员=fu wu zhuan yuan 服务员=fu wu yuan 技术员=ji shu yuan 技术支持=ji shu zhi chi 处理客服=chu li ke fu 受理坐席=shou li zuo xi 接单工程师=jie dan gong cheng shi 跟单人=gen dan ren 客服代表=ke fu dai biao 受理专员=shou li zhuan yuan 话务=hua wu 客服人=ke fu ren 服务人=fu wu ren 售后工程师=shou hou gong cheng shi 现场工程师=xian chang gong cheng shi 售后人员=shou hou ren yuan 处理专员=chu li zhuan yuan 回访专员=hui fang zhuan yuan 责任工程师=ze ren gong cheng shi
owner: executive accountmanager accountowner accountexec acctmgr vertriebler gebietsleiter chargé chargée commerciale verkoper assignedrep relationshipmanager keeper steward | 商务=shang wu 商务人员=shang wu ren yuan 商务经理=shang wu jing li 大客户经理=da ke hu jing li 客户代表=ke hu dai biao 区域经理=qu yu jing li 管家=guan jia 导购=dao gou 导购员=dao gou yuan 营业员=ying ye yuan 推销员 维护人=wei hu ren 维护人员=wei hu ren yuan 对口人 跟单=gen dan 开发人=kai fa ren 业务人员=ye wu ren yuan 业务=ye wu 业务主办 销售=xiao shou 销售专员=xiao shou zhuan yuan 销售主管 客户专员=ke hu zhuan yuan 归属员工=gui shu yuan gong 所属员工=suo shu yuan gong 负责员工=fu ze yuan gong 跟进员工=gen jin yuan gong 跟进业务员=gen jin ye wu yuan 责任业务员=ze ren ye wu yuan 客户顾问=ke hu gu wen 客服经理=ke fu jing li 项目经理=xiang mu jing li 专属客服=zhuan shu ke fu 对接客服=dui jie ke fu 对接人员=dui jie ren yuan 对接销售=dui jie xiao shou
employee: hr worker workers learner learners trainee trainees attendee pupil kollegin belegschaft arbeitnehmer salariés apprenant stagiaire crew teammember teammembers workforce headcountlist dipendente colleagueid | 职员=zhi yuan 学员=xue yuan 受训人=shou xun ren 参训人=can xun ren 参训人员=can xun ren yuan 培训对象=pei xun dui xiang 受训员工=shou xun yuan gong 参训员工=can xun yuan gong 人事=ren shi 人=ren 店员=dian yuan 在职人员 成员=cheng yuan
manager: boss lead teamlead teamleader chef leiter vorgesetzte directreport supervisorid responsablehiérarchique n+1 | 直接领导=zhi jie ling dao 主管领导=zhu guan ling dao 上司=shang si 组长=zu zhang 汇报人=hui bao ren 汇报上级=hui bao shang ji 班组长=ban zu zhang 部门负责人=bu men fu ze ren
department: orgunit org_unit businessunit bu unitname costcenter costcentre kostenstelle section dienst direction organisationseinheit | 部=bu 组织=zu zhi 所属组织=suo shu zu zhi 科=ke 处=chu 课=ke 事业群=shi ye qun 部室=bu shi 所属机构=suo shu ji gou 部门名称=bu men ming cheng 中心=zhong xin 归属部门=gui shu bu men 所属单位
team: pod skillgroup skill crewname tribe workgroup gruppen mannschaft queue | 技能组=ji neng zu 工作组=gong zuo zu 战队=zhan dui 小队=xiao dui 服务组=fu wu zu 受理组=shou li zu 班次组 科组=ke zu 坐席组=zuo xi zu 处理组=chu li zu
role: occupation beruf profession designation berufsbezeichnung duty titre | 岗=gang 工作岗位=gong zuo gang wei 岗位名称=gang wei ming cheng 职位名称=zhi wei ming cheng 职责 身份=shen fen 职能
hired: employed engagement engaged boarded startet | 加入=jia ru 就职=jiu zhi 入职日=ru zhi ri 到岗日 受雇 上任
left: resigned resignation separation separated departed departure offboarded offboarding leaver quit ausgetreten | 退休=tui xiu 离任=li ren 离开=li kai 辞退=ci tui 离岗日
start: valid inception onset anfang startet vertragsbeginn début since | 开始日=kai shi ri 起始日=qi shi ri 生效日=sheng xiao ri 起效=qi xiao 开始服务 始=shi 起日=qi ri 开服 起保=qi bao 起点
end: lapse lapsed discontinued resign | 退会=tui hui 退费=tui fei 续签失败 停保=ting bao 销户=xiao hu 关户=guan hu
end: until through expiring finish stopped expired ends vertragsende laufzeit valid_to ended ceased | 截止日=jie zhi ri 到期日期 失效日=shi xiao ri 终期 终=zhong 末 结束日=jie shu ri 终止日=zhong zhi ri 期满=qi man 终保=zhong bao 合同到期=he tong dao qi
signed: executed conclusion | 订立=ding li 签定=qian ding 签=qian
due: deadlines needby fristen frist échue dueby scheduled targetdate slatarget | 期望完成=qi wang wan cheng 限期=xian qi 时限=shi xian 要求完成=yao qiu wan cheng 应结=ying jie 应办结=ying ban jie 截至=jie zhi 应完=ying wan 应处理=ying chu li
region: zone zones districts district secteurgéo salesregion gebiete zona geo | 地带=di dai 片=pian 区=qu 销区=xiao qu 归属区域=gui shu qu yu 所属区域=suo shu qu yu 地理区域 省域 销售大区=xiao shou da qu
province: bundesländer kantone provinz | 省市=sheng shi 所在省份=suo zai sheng fen 省级=sheng ji
city: municipal lieu | 城=cheng 地级市=di ji shi 所在城市=suo zai cheng shi
industry: secteur trade verticals sic naics wirtschaftszweig wz branchenzugehörigkeit sectors lineofbusiness | 产业=chan ye 业态=ye tai 行当 所属行业=suo shu hang ye 领域=ling yu 细分行业=xi fen hang ye 行业别
segment: class tiering klassifikation kundenklasse custclass segm clienttype kundentyp | 客户类型=ke hu lei xing 客户类别=ke hu lei bie 客户分类=ke hu fen lei 会员等级=hui yuan deng ji 会员级别=hui yuan ji bie 分层=fen ceng 客户分层=ke hu fen ceng 客户性质=ke hu xing zhi 企业类型=qi ye lei xing
level: tierlevel lvl grading schwere importance | 层级=ceng ji 程度=cheng du 星=xing
count: times occurrences frequency heads number_of anzahlen fois | 笔数=bi shu 趟数 回数=hui shu 遍数
employee count: employeecount staffcount noofemployees fte ftes workforce mitarbeiterzahl employeesnum effectifs | 人数规模=ren shu gui mo 员工人数=yuan gong ren shu 员工数=yuan gong shu 从业人数=cong ye ren shu 企业人数=qi ye ren shu 人员规模=ren yuan gui mo 职工人数=zhi gong ren shu 员工规模=yuan gong gui mo 公司人数=gong si ren shu
handling count: visitcount numvisits | 上门次数=shang men ci shu 处理次数=chu li ci shu 跟进次数=gen jin ci shu 维修次数=wei xiu ci shu 派工次数=pai gong ci shu
quantity: qnty qte count_units stücke menge ordered_qty volumeqty pcs einheiten | 个数=ge shu 台数=tai shu 套数=tao shu 购买数量=gou mai shu liang 销售数量=xiao shou shu liang 件数=jian shu 出货量 订货量=ding huo liang
amount: amounts sum sums totals gesamtbetrag gesamtsumme montants worth figure value | 款项=kuan xiang 额=e 总计金额=zong ji jin e 款额=kuan e 货款=huo kuan 结算金额=jie suan jin e 交易金额=jiao yi jin e 交易额=jiao yi e
revenue: salesvalue salesamount bookings billings income earnings proceeds verkaufserlös einnahmen | 实收=shi shou 实收金额=shi shou jin e 销货金额=xiao huo jin e 销售净额=xiao shou jing e 成交价=cheng jiao jia 成交总额=cheng jiao zong e 商品实际成交金额=shang pin shi ji cheng jiao jin e
net: exclvat excltax extax extvat beforetax pretax nettobetrag ohnemwst nettowert netvalue netamount | 税前=shui qian 除税=chu shui 免税 不含税额=bu han shui e 未含税=wei han shui
gross: incltax inclvat incl inkl bruttobetrag aftertax | 税后=shui hou 价税=jia shui 连税
cost: costprice purchasecost einkaufspreis ek ekpreis standardcost landed wareneinsätze prixachat gestehungskosten | 进货价=jin huo jia 采购成本=cai gou cheng ben 成本金额=cheng ben jin e 销售成本=xiao shou cheng ben 结转成本 成本总额=cheng ben zong e 进货成本=jin huo cheng ben
foreign: foreign fremdwährung | 原币=yuan bi 外币=wai bi
currency: curcode currencycode währungscode | 币=bi 结算币种=jie suan bi zhong
order: docket dockets sale transaction transactions txn txns booking bookings bestellvorgang ventes vente verkäufe pedidos ordini salesdoc cart checkout | 交易=jiao yi 购货=gou huo 销货=xiao huo 订货单=ding huo dan 销货单=xiao huo dan 出货单=chu huo dan 成交单=cheng jiao dan 下订=xia ding 购销 订购单=ding gou dan
line: lineno linenumber sequence seq subline positionsnr ln_no | 行项目=hang xiang mu 子单=zi dan 行次=hang ci 明细序号=ming xi xu hao 序列行 行序=hang xu 明细号=ming xi hao
product: part parts partno component components wares ware sortiment sku prods artikelnr prodotto | 品项=pin xiang 货=huo 品号=pin hao 料件=liao jian 款号 单品=dan pin 药品=yao pin 菜品=cai pin 服务项目=fu wu xiang mu 货物=huo wu 存货名 器材=qi cai 耗材=hao cai 存货=cun huo
promised: requestdate requireddate needed etd eta shipby deliverby zusage zusagetermin termin_zugesagt liefertermine confirmeddate | 交货期=jiao huo qi 应到货=ying dao huo 承诺到货=cheng nuo dao huo 要求交期=yao qiu jiao qi 要求交货=yao qiu jiao huo 预交=yu jiao 预交货=yu jiao huo 预发货=yu fa huo 预计到货=yu ji dao huo 预计交货=yu ji jiao huo 计划发货=ji hua fa huo 约定交货=yue ding jiao huo 合同交期=he tong jiao qi 应交货=ying jiao huo 交货期限=jiao huo qi xian 承诺交期=cheng nuo jiao qi 预定交货 预计送达=yu ji song da
delivery: arrival arrived pod deliveredon zustellung ausgeliefert réceptionné ablieferung auslieferung | 实际交货=shi ji jiao huo 实际交期=shi ji jiao qi 实际交货期=shi ji jiao huo qi 实际到货=shi ji dao huo 收货=shou huo 到达客户 交货完成=jiao huo wan cheng 验收=yan shou 送货=song huo
shipped: dispatch dispatched despatched outbound expédié expédition goodsissue warenausgang versandt shipout | 出库=chu ku 出货=chu huo 发运=fa yun 寄出=ji chu 配送=pei song 运输=yun shu
opportunity: pursuit pursuits opps bid bids tender tenders salesproject projekte ausschreibung | 商机单=shang ji dan 意向=yi xiang 意向单=yi xiang dan 项目机会 投标=tou biao 销售线索机会
lead: enquirer suspect suspects inbounds interessenten leadliste kontaktanfrage | 潜在=qian zai 准客户=zhun ke hu 资源=zi yuan 线索单=xian suo dan 客源=ke yuan 留资=liu zi
stage: step_name milestone stufe verkaufsphasen fortschritt salesstage etappe | 进展=jin zhan 推进阶段=tui jin jie duan 销售阶段=xiao shou jie duan 商机阶段=shang ji jie duan 所处阶段=suo chu jie duan
won: iswon closedwon erfolg erfolgreich auftragserteilt remporté | 成功=cheng gong 签下 拿下 赢得=ying de
lost: churned attrition inactive abgewandert abgang perte verlorene | 流失客户=liu shi ke hu 停止合作=ting zhi he zuo 输=shu 丢=diu
reason: why because raison begründung ursachengrund rationale explanation | 因素=yin su 缘故=yuan gu 为何=wei he
contract: subscriptions membership memberships lease leases retainer retainers servicecontract wartungsvertrag policy policies abos abonnement abonnements deed plan_id maintenance mandat | 订阅=ding yue 维保=wei bao 维护合同=wei hu he tong 租约=zu yue 保单=bao dan 会籍=hui ji 套餐=tao can 契约=qi yue 服务协议=fu wu xie yi 年框
month fee: mrr monthlyfee monthlyrate monatsbeitrag monatsgebühr monatsrate monatspauschale mensualité mensuel loyer | 月费=yue fei 月租=yue zu 月租费=yue zu fei 月服务费=yue fu wu fei 月金额=yue jin e 每月费用=mei yue fei yong 月度费用=yue du fei yong 月度服务费=yue du fu wu fei 月结金额=yue jie jin e 月额=yue e 月均费用=yue jun fei yong
contact: visited activities touch touches engagement engagements meeting meetings calling outbound telefonat telefonate kundenbesuch kundenbesuche termine entretien rdv rendezvous conversationlog communication communications outreachlog | 走访=zou fang 家访 面谈=mian tan 洽谈=qia tan 电联=dian lian 触客 上门=shang men 外出拜访=wai chu bai fang 客户走访=ke hu zou fang 沟通记录=gou tong ji lu 联系记录=lian xi ji lu 跟踪拜访 约访=yue fang 客情=ke qing
purpose: intent goal ziel besuchsgrund motifvisite topic_purpose aim | 事项=shi xiang 缘由=yuan you 来意=lai yi 用途=yong tu 任务类型=ren wu lei xing 拜访事由=bai fang shi you 主旨
reached: successful picked pickedup spoke spoken met getroffen gesprochen contactmade success_flag | 见到=jian dao 接听=jie ting 有效接通=you xiao jie tong 联络上=lian luo shang 打通=da tong 找到=zhao dao 见面=jian mian
event: seminar seminars conference conferences fair fairs exhibition exhibitions messe messen roadshow roadshows webinars session sessions gathering fête congrès | 展览=zhan lan 论坛=lun tan 讲座=jiang zuo 发布会=fa bu hui 年会=nian hui 交流会=jiao liu hui 推介会=tui jie hui 直播=zhi bo 招待会 答谢会=da xie hui 客户会=ke hu hui 峰会=feng hui 场次=chang ci 路演=lu yan
held: heldon stattgefunden takesplace happening happened tenu organisé eventdate | 召开=zhao kai 开展=kai zhan 开会=kai hui 开办=kai ban 举办=ju ban 活动=huo dong
attended: showedup showup shown joinedevent turnout turned checkedin gekommen attend attendances | 已到=yi dao 到了 来了 到席=dao xi 实到=shi dao 到场情况=dao chang qing kuang 参会情况=can hui qing kuang 参加情况=can jia qing kuang 签到状态=qian dao zhuang tai 是否到会=shi fou dao hui 出席状态=chu xi zhuang tai
invitation: guestlist invitee invitees registrations registration rsvp anmeldung anmeldungen einladung einladungen gäste inscriptions inscription registrants registrant | 受邀=shou yao 邀约=yao yue 报名=bao ming 嘉宾=jia bin 来宾=lai bin 参会名单=can hui ming dan 邀请名单=yao qing ming dan 参与名单=can yu ming dan
survey: pulse surveyresult inquirysheet satisfactionsurvey zufriedenheitsumfrage satisfactions voc | 满意度调查=man yi du diao cha 问卷结果=wen juan jie guo 调查表=diao cha biao 调研问卷=diao yan wen juan 意见征集=yi jian zheng ji 满意度问卷
respondent: submission submissions teilnehmer befragter participantid formid | 答卷人=da juan ren 受访者=shou fang zhe 填写人=tian xie ren 问卷份 份=fen 样本=yang ben
answered: filled submittedat abgegeben ausgefüllte rempli | 答=da 填表时间=tian biao shi jian 答卷时间=da juan shi jian 交卷=jiao juan
dimension: item_topic subject_area facet attribute indicator domain skill_area fragen themenbereich rubrik aspekte competence competences competencies | 题=ti 评价维度=ping jia wei du 考核维度=kao he wei du 考评项=kao ping xiang 项=xiang 方面=fang mian 评价内容=ping jia nei rong 测评项=ce ping xiang 能力=neng li 素质项 指标名称=zhi biao ming cheng
score: mark marks stars star grade_points note noten wert_punkte bewertungspunkte result_score | 分=fen 得星=de xing 星数=xing shu 几分 评价星级=ping jia xing ji 给分=ji fen 量分
satisfaction: contentment zufrieden | 满意程度=man yi cheng du 满意情况=man yi qing kuang
min: from_scale floor untere minwert minimal | 起分=qi fen 低分=di fen
max: ceiling obere maxwert outof top maximal | 高分=gao fen
asset: unit_serial apparatus machinery device_no equip appliance installation anlage geräteid instrumentid vehicle vehicles fahrzeug | 机组=ji zu 装置=zhuang zhi 设备机身 整机=zheng ji 车辆=che liang 仪表=yi biao 机台=ji tai
serial: seriennummer serialno serialnumber | 机身号=ji shen hao 出厂编号=chu chang bian hao SN码
fault: malfunction failurecode errorcode störcode fehlercode damage damagecode symptom symptoms trouble_code | 毛病=mao bing 报错=bao cuo 异常=yi chang 缺陷=que xian 症状=zheng zhuang 现象=xian xiang
root cause: rca rootcauses grundursache ursachencode | 真因=zhen yin 根源=gen yuan 真正原因=zhen zheng yuan yin 主因=zhu yin 主要原因=zhu yao yuan yin 根本性原因=gen ben xing yuan yin 问题原因=wen ti yuan yin 发生原因=fa sheng yuan yin
qa: inspection audit_qa qcheck qualityassurance | 抽检=chou jian 质检=zhi jian 抽查=chou cha 质量检查=zhi liang jian cha 质检结论=zhi jian jie lun 品检=pin jian
repair: reparaturen fixwork réparation | 修理=xiu li 检修=jian xiu 返修=fan xiu
once: firsttime | 一次=yi ci 首次即=shou ci ji
first contact resolved: ftr firsttimefix fixedfirsttime fcrflag firstcallfix | 一次解决=yi ci jie jue 首次解决=shou ci jie jue 一次办结=yi ci ban jie 一次修复=yi ci xiu fu 一次性解决=yi ci xing jie jue 首解=shou jie 一解
previous: vorher antecedent original linked link followupof repeatof | 前一单=qian yi dan 原单=yuan dan 前单=qian dan 重复=chong fu 上一次=shang yi ci 关联原单
acquired: onboarding became becoming gained newcustomer kundegeworden gewonnenam kundeseit enrolled | 开发=kai fa 发展=fa zhan 成为客户=cheng wei ke hu 首购=shou gou 首次购买=shou ci gou mai 首次下单=shou ci xia dan 首次成交=shou ci cheng jiao 首次交易=shou ci jiao yi 初次合作=chu ci he zuo 建交 入网=ru wang 入驻=ru zhu 开卡=kai ka 加盟=jia meng 首笔交易=shou bi jiao yi 开始合作=kai shi he zuo 合作起始=he zuo qi shi 合作开始=he zuo kai shi 合作时间=he zuo shi jian 往来起始=wang lai qi shi 初次成交=chu ci cheng jiao 成为会员=cheng wei hui yuan
acquired when: customersince clientsince kundeseit | 建档日=jian dang ri 发展日期=fa zhan ri qi
handoff: escalation escalations escalated reassign reassignment reassigned crossteam weiterleitung weiterleitungen transferts collaboration collaborations | 协作=xie zuo 协作单=xie zuo dan 转单=zhuan dan 升级=sheng ji 会办=hui ban 协办=xie ban 协同=xie tong 转接=zhuan jie 派转=pai zhuan 流转单=liu zhuan dan 交接单=jiao jie dan 移交单=yi jiao dan 内部流转=nei bu liu zhuan 协办单=xie ban dan 转派单=zhuan pai dan
from: fromdept sender originating origin_team abgebend sourcedept | 移交=yi jiao 转派方 提出方 派出=pai chu 发出=fa chu
to: todept recipient receiver destination receiving aufnehmend target_team übernehmend | 接收方=jie shou fang 接手=jie shou 承办=cheng ban 协作方 目标=mu biao 流入=liu ru 接办=jie ban 受理方
step: action_step subprocess schritte arbeitsschritt prozessschritt | 工步=gong bu 阶段节点=jie duan jie dian 状态节点 流程环节=liu cheng huan jie
training: trainings transcript learning lms elearning weiterbildung fortbildung schulungen ausbildung coursework enrol assignment assignments qualification_course | 学习=xue xi 课训 进修=jin xiu 培训记录=pei xun ji lu 培训计划=pei xun ji hua 内训=nei xun 学习任务=xue xi ren wu 培训任务=pei xun ren wu
course: curriculum coursename lesson unterricht kursus kursname programme topic_course | 课=ke 课目=ke mu 课名=ke ming 培训课程=pei xun ke cheng 学习内容=xue xi nei rong
period: cycle quarter_cycle zyklus runde round turnus | 周期开始 轮次=lun ci 期次=qi ci 评价周期=ping jia zhou qi 考评期=kao ping qi 期=qi
colleague: peerreview mitarbeiterfeedback threesixty multirater | 互评表 同事评价=tong shi ping jia 三百六十度
reviewee: subject ratee evaluatee bewerteter fürwen feedbackfor appraisee evaluated reviewed | 被测评人=bei ce ping ren 被评员工=bei ping yuan gong 被考评人=bei kao ping ren 评价对象=ping jia dui xiang 受评人=shou ping ren 被评者=bei ping zhe 被评对象 考核对象=kao he dui xiang
reviewer: author evaluator assessor bewerter feedbackgeber appraiser evaluatedby | 评价员工=ping jia yuan gong 考评人=kao ping ren 测评人=ce ping ren 打分人=da fen ren 评议者=ping yi zhe 评分者=ping fen zhe 评委
rater: perspective raterrole feedbacksource vantage | 评价角色=ping jia jue se 评价来源=ping jia lai yuan 与被评人关系=yu bei ping ren guan xi 评价人身份=ping jia ren shen fen 评价人角色=ping jia ren jue se 评价人类型=ping jia ren lei xing 评分人关系 打分关系
market: industrysales marktdaten competitormarket branchenabsatz | 行业=hang ye 竞品=jing pin 友商=you shang 同业=tong ye 行情
maker: producers oem anbietername konkurrent konkurrenten rival brandname marques fabricant fabricants | 车企=che qi 生产企业=sheng chan qi ye 竞争者=jing zheng zhe 企业品牌 制造商=zhi zao shang 厂牌=chang pai
own: ownbrand isours oureigen inhouse selfbrand unser unsere | 自家=zi jia 己方=ji fang 本方=ben fang 自有品牌=zi you pin pai 我们=wo men 是否本公司=shi fou ben gong si 是否我司=shi fou wo si 是否本品=shi fou ben pin
revenue quantity: salesvolume unitsales unitssold absatz absatzmenge absatzzahlen registrations_units | 销售台数=xiao shou tai shu 销售辆数 出货量=chu huo liang 零售量=ling shou liang 批发量 上险量 销售件数
people: people
short name: | 简称=jian cheng
share: share | 份额=fen e 占有率=zhan you lü
birth: birth birthday birthdate dob geburtstag geburtsdatum naissance born | 生日=sheng ri 出生=chu sheng 出生日期=chu sheng ri qi 年龄=nian ling
balance: balance saldo solde outstanding receivable | 余额=yu e 结余=jie yu 欠款=qian kuan 应收=ying shou 变动后余额
limit: limit creditlimit kreditlimit plafond | 额度=e du 授信=shou xin 信用额=xin yong e 信用=xin yong
approved: approved approval freigegeben freigabe validated validation genehmigt booked_on | 审核=shen he 审批=shen pi 核准=he zhun 签核=qian he 复核=fu he 过账=guo zhang 审定=shen ding
recorder: bookkeeper typist clerk erfasser | 记录人=ji lu ren 制单员=zhi dan yuan 填单人=tian dan ren 填报人=tian bao ren 录单人=lu dan ren 审核人=shen he ren 审批人=shen pi ren 复核人=fu he ren 开票人=kai piao ren 派单人=pai dan ren 派单员=pai dan yuan
freight: freight shippingfee shippingcost fracht versandkosten frais_port | 运费=yun fei 邮费=you fei 快递费=kuai di fei
login: login signin lastlogin loggedin connexion anmeldezeit | 登陆=deng lu 上线=shang xian
refund: refund refunds return returned retoure erstattung rückgabe | 退款=tui kuan 退货=tui huo 退换=tui huan 退=tui
cumulative: cumulative ytd todate lifetime ltv kumuliert accumulated prior | 累计=lei ji 累积=lei ji 历年=li nian 累=lei
next: next upcoming following nächster nächste prochain renewal renew | 下次=xia ci 下一次=xia yi ci 下回=xia hui 续约=xu yue 续费=xu fei 续签=xu qian
estimated: budget budgeted forecast forecasted prognose planned projected target_value soll tentative | 预算=yu suan 预定=yu ding 预测=yu ce 拟=ni 应=ying 目标值=mu biao zhi 规划=gui hua 预=yu
remark: comment_text verbatims narrative details detail memo freetext text_body feedbacktext tags tag keywords summary abstract betreffzeile | 标签=biao qian 留言=liu yan 摘要=zhai yao 详情=xiang qing 概述=gai shu 附言=fu yan 具体内容=ju ti nei rong 问题描述=wen ti miao shu 处理结果=chu li jie guo 处理意见=chu li yi jian 解决方案=jie jue fang an 措施=cuo shi 建议=jian yi
phone: tel_no telefonnr mobil mobilnr phonenumber faxnr fax | 电话号码=dian hua hao ma 手机号码=shou ji hao ma 联系电话=lian xi dian hua 手机号=shou ji hao 座机=zuo ji 传真=chuan zhen 微信号=wei xin hao
email: mailadresse emailaddress courriels | 邮件=you jian 邮件地址=you jian di zhi
payment: settled_payment installment ratenzahlung zahlziel payterms paymentterm | 收款=shou kuan 结算=jie suan 回款=hui kuan 结账=jie zhang 扣款=kou kuan 缴费=jiao fei
tax: vatno vatid taxid ustid siret siren ein gst | 税号=shui hao 统一编号=tong yi bian hao 统编=tong bian 统一社会信用代码=tong yi she hui xin yong dai ma 信用代码=xin yong dai ma 纳税人=na shui ren
minutes: elapsed waittime waiting handletime aht holdtime ttr wartezeit bearbeitungszeit bearbeitungsdauer lead_time sla | 用时=yong shi 历时=li shi 时效=shi xiao 等待=deng dai 排队=pai dui 响应时长=xiang ying shi chang 解决时长=jie jue shi chang 处理时长=chu li shi chang 时长=shi chang
warehouse: warehouse depot lagerort store storecode shop | 仓库=cang ku 仓=cang 门店=men dian 店铺=dian pu 店=dian 库位=ku wei
model: model spec specification modell typenbezeichnung | 型号=xing hao 规格=gui ge 机型=ji xing
dispatch: dispatched dispatching assigned_time | 派工时间=pai gong shi jian 派单时间=pai dan shi jian 派单=pai dan 分派=fen pai 指派=zhi pai 分配=fen pei 接单=jie dan
supplier: supplier suppliers vendor_no lieferant lieferanten kreditor kreditoren fournisseur fournisseurs | 供应商=gong ying shang 供货商=gong huo shang 供方=gong fang 供货单位=gong huo dan wei
rate: exchange exchangerate kurs wechselkurs taux | 汇率=hui lü 折率
created: started initiated commenced startet raisedon lodging | 开始受理 来函=lai han 反馈登记 诉=su 建立日=jian li ri
agent: processor handlers rep_name solvedby technik | 处理工程 服务技师=fu wu ji shi 承办=cheng ban 承办人员=cheng ban ren yuan 经办人员=jing ban ren yuan 接待员=jie dai yuan 维护员=wei hu yuan 当事客服
owner: responsible soldby fieldrep closer | 责任销售=ze ren xiao shou 签单人=qian dan ren 成交人=cheng jiao ren 顾问=gu wen
channel: media medium | 管道=guan dao 平台来源 联络方式=lian luo fang shi 反映管道=fan ying guan dao 来访方式=lai fang fang shi
delivery: deliv arrives | 交件=jiao jian 确认收货=que ren shou huo 取件=qu jian 交貨=jiao huo 提货=ti huo 提车=ti che 安装完成=an zhuang wan cheng
requested: req rqst
order: tran trans purchased bought docketno | 拼单=pin dan 成团=cheng tuan 开单=kai dan 出货=chu huo 接单=jie dan 訂單=ding dan 主订单=zhu ding dan
line: | 子订单=zi ding dan 子=zi
quantity: pieces | 总数量=zong shu liang 颗数=ke shu 台=tai 支数=zhi shu 瓶数=ping shu 箱数=xiang shu 包数=bao shu 份数=fen shu 张数=zhang shu 袋数=dai shu 吨数=dun shu 重量=zhong liang 方量=fang liang 只数=zhi shu 双数=shuang shu 出库数量=chu ku shu liang 订购数量=ding gou shu liang 销量=xiao liang
revenue: | 用户实付金额 买家实付金额 商家实收金额 实际支付金额 买家实际支付金额 订单实付金额 实收款=shi shou kuan 实付款=shi fu kuan 实际收款=shi ji shou kuan 消费金额=xiao fei jin e 成交总价=cheng jiao zong jia 收款额=shou kuan e
product id: stylecode stockcode | 商家编码=shang jia bian ma 货品编号=huo pin bian hao
currency: | 结算币别=jie suan bi bie 币=bi
cost: | 总成本=zong cheng ben
working: | 工作=gong zuo
department: | 任职机构 任职部门=ren zhi bu men 组织单元=zu zhi dan yuan 主部门=zhu bu men
rating: | 考评=kao ping 评=ping 点评=dian ping
role: tätigkeit taetigkeit tätigkeitsbezeichnung
previous: recall recalled callback_of repeats | 返工=fan gong 二次=er ci
quote: estimate estimates | 估价=gu jia 估价单=gu jia dan
milestone: milestone milestones meilenstein meilensteine jalon | 里程碑=li cheng bei
asset: unit_no lift boiler meter elevator | 注册代码=zhu ce dai ma 表号=biao hao 电梯=dian ti 锅炉=guo lu 车架号=che jia hao 机身编码=ji shen bian ma
serial id: vin | 车架号=che jia hao
ticket: | 对话=dui hua 询盘=xun pan
id: eeid | 账号=zhang hao 帐号=zhang hao 账户=zhang hu
customer id: | 下单帐号 下单账号
segment: abc
when: zeitstempel zeitmarke | 时间戳记=shi jian chuo ji
lead: | 销售线索=xiao shou xian suo
posted: posting posted published publish veröffentlicht gebucht buchungsdatum | 发布=fa bu 发表=fa biao
promised: commitment commit
name: username | 网名=wang ming 用户名=yong hu ming
amount: | 合计=he ji
cumulative score: | 总分=zong fen 总得分=zong de fen
branch: office offices branch branches filiale filialen niederlassung niederlassungen standort | 分公司=fen gong si 分店=fen dian 网点=wang dian
visitor: visitor ip session cookie
`;

/** What names of files have around what their rows are: of no meaning there. */
export const aroundNames =
  "卡 卡片 通讯录 联系簿 簿 本 库 主档 主檔 主数据 基础数据 基本信息 基本资料 基础信息 账号 帐号 账户 中心 管理 跟踪 目录 名录 概览 总览 总览表 台账表 档 檔 单 单据 列 记录簿 流水 流水账 存档 结果 结果表 情况 情况表 原始 源数据 全部 全量 在用 现有 正式 最新 汇编 系统 飞书 钉钉 企微 多维表格 收集表 登记 记录 报表 月报 日报 周报 分析 查询 新版 管理导出 列表导出 一级 master base basis register directory book roster overview catalog catalogue list listing log feed raw final current active full center centre dim fct fact stg ods dwd dwh tbl tab view vw db prod src snapshot export dump weekly monthly daily zentrale verzeichnis kartei kartothek register fichier liste annuaire tableau all my our lines line result results records card cards sheet sheets form forms slip slips book books bogen bögen karten zettel";

/** What words of names of files mean that of headings mean something else. */
export const inNames: Readonly<Record<string, string>> = {
  报修: "ticket",
  报障: "ticket",
  来电: "call",
  出货: "order",
  销货: "order",
  邀约: "invitation",
  订货: "order",
  返修: "ticket",
  客诉: "complaint",
  答卷: "answer",
};
