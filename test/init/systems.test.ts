import { describe, expect, it } from "vitest";
import type { TableName } from "../../src/contract/index.js";
import { readHeading } from "../../src/init/lexicon/heading.js";
import { namedBy } from "../../src/init/lexicon/named.js";

/**
 * Columns of exports as their systems head them, with what they mean (`-`: nothing of the table), by what the systems say of
 * them: helpdesks, CRMs, shops and ledgers of three languages.
 */
const systems: readonly (readonly [system: string, table: TableName, columns: string])[] = [
  [
    "Freshdesk",
    "tickets",
    "Ticket ID=ticket_id; Subject=-; Status=-; Priority=-; Source=channel; Type=type; Agent=agent_id; Group=-; Created time=created_at; Due by Time=-; Resolved time=resolved_at; Last update time=updated_at; Initial response time=first_response_at; Time tracked=-; Agent interactions=-; Customer interactions=-; Resolution status=-; First response status=-; Tags=-; Email=-; Work phone=-",
  ],
  [
    "a British firm's own book",
    "tickets",
    "Date raised=created_at; First touch=first_response_at; Fixed on=resolved_at; Nature of call=type; Received via=channel; Handler=agent_id; Equipment S/N=asset_id; Underlying cause=root_cause; No. of contacts=handling_count; Resolved first time=first_contact_resolved; Target date=-; Logged by=-",
  ],
  [
    "公司自己的表",
    "tickets",
    "接报时间=created_at; 首次回应时间=first_response_at; 修复时间=resolved_at; 诉求类型=type; 投诉大类=complaint_class; 处理工程师工号=agent_id; 沟通次数=handling_count; 关联工单=previous_ticket_id; 派工时间=-; 要求完成时间=-; 审核时间=-; 录单员=-; 预约上门时间=-",
  ],
  [
    "公司自己的表",
    "customers",
    "单位全称=name; 所处行业=industry; 归属大区=region; 建立合作日期=acquired_on; 员工规模=employees; 跟单员编号=owner_id; 注册资本=-; 信用额度=-; 上次下单日期=-; 开票抬头=-; 客户昵称=name",
  ],
  [
    "公司自己的表",
    "orders",
    "购货单位编码=customer_id; 成交日期=ordered_at; 物料编码=product_id; 出货数量=quantity; 未税总额=revenue; 承诺交期=promised_on; 签收日期=delivered_on; 销售代表工号=owner_id; 含税金额=-; 单价=-; 开票日期=-; 收款金额=-; 本币无税金额=revenue; 原币无税金额=-",
  ],
  [
    "Jira",
    "tickets",
    "Issue key=ticket_id; Issue Type=type; Summary=-; Assignee=agent_id; Reporter=-; Created=created_at; Updated=updated_at; Last Viewed=-; Resolved=resolved_at; Due Date=-; Root cause=root_cause; Severity=severity; Parent id=-; Creator=-",
  ],
  [
    "ServiceNow",
    "tickets",
    "number=ticket_id; short_description=-; caller_id=-; priority=-; state=-; assigned_to=agent_id; opened_at=created_at; opened_by=-; sys_updated_on=updated_at; resolved_at=resolved_at; contact_type=channel; sla_due=-; due_date=-; assignment_group=-; close_code=-; u_severity=severity; sys_updated_by=-; reassignment_count=-",
  ],
  [
    "Zoho Desk",
    "tickets",
    "Ticket Id=ticket_id; Account Id=customer_id; Created Time=created_at; Modified Time=updated_at; Ticket Closed Time=resolved_at; Due Date=-; Channel=channel; Ticket Owner Id=agent_id; Resolution Time in Business Hours=-; Number of Threads=-; Ticket Owner=agent_id; First Response Time=first_response_at",
  ],
  [
    "Dynamics",
    "tickets",
    "Case Number=ticket_id; Origin=channel; Customer=customer_id; Owner=agent_id; Status Reason=-; Created On=created_at; Modified On=updated_at; ticketnumber=ticket_id; createdon=created_at; caseorigincode=channel; casetypecode=type; prioritycode=-; customerid=customer_id; ownerid=agent_id; modifiedon=updated_at; followupby=-; severitycode=severity; Resolved On=resolved_at; First Response Sent On=first_response_at; parentcaseid=-; Case Title=-",
  ],
  [
    "SugarCRM",
    "tickets",
    "case_number=ticket_id; date_entered=created_at; date_modified=updated_at; assigned_user_id=agent_id; account_id=customer_id; type=type; resolved_datetime=resolved_at; first_response_actual_datetime=first_response_at; created_by=-; modified_user_id=-",
  ],
  [
    "Intercom",
    "tickets",
    "Conversation ID=ticket_id; Started at=created_at; First replied at=first_response_at; Teammate assigned=agent_id; Company ID=customer_id; Channel=channel; Updated at=updated_at; Time to first response (seconds)=-",
  ],
  [
    "OTRS",
    "tickets",
    "Ticketnummer=ticket_id; Alter=-; Erstellt=created_at; Erstellt am=created_at; Geschlossen=resolved_at; Bearbeiter=agent_id; Besitzer=agent_id; Kundennummer=customer_id; Typ=type; Queue=-; Priorität=-; Erste Antwort=first_response_at; Erste Reaktion am=first_response_at; Eskalationszeit=-; Geändert=updated_at; Betreff=-",
  ],
  [
    "GLPI",
    "tickets",
    "ID=ticket_id; Opening date=created_at; Last update=updated_at; Resolution date=resolved_at; Assigned to - Technician=agent_id; Requester=-; Request source=channel; Time to resolve=-; Time to own=-; Resolution duration=-; Einreichungsdatum=created_at; Eröffnungsdatum=created_at; Lösungsdatum=resolved_at; Zugewiesener Techniker=agent_id",
  ],
  [
    "a German service desk",
    "tickets",
    "Vorgangsnr.=ticket_id; Meldungsnr.=ticket_id; Meldungsnummer=ticket_id; Reklamationsnr=ticket_id; Meldedatum=created_at; Meldungsdatum=created_at; Eingangsdatum=created_at; Eingang am=created_at; Eingegangen am=created_at; Erfassungsdatum=created_at; Erledigt am=resolved_at; Erledigungsdatum=resolved_at; Abgeschlossen am=resolved_at; Abschlussdatum=resolved_at; Behoben am=resolved_at; Gelöst am=resolved_at; Sachbearbeiter=agent_id; Kd.-Nr.=customer_id; Art der Meldung=type; Meldungsart=type; Vorgangsart=type; Kontaktkanal=channel; Eingangskanal=channel; Meldeweg=channel; Schweregrad=severity; Gerätenummer=asset_id; Geräte-Nr.=asset_id; Seriennummer=asset_id; Fehlercode=fault_code; Fehlerursache=root_cause; Ursache=root_cause; Wunschtermin=-; Fällig am=-; Frist=-; Telefon=-; Erstreaktion=first_response_at; Erste Rückmeldung=first_response_at; Erstlösung=first_contact_resolved; Techniker-Nr.=agent_id; Anzahl Bearbeitungen=handling_count; Vorgängerticket=previous_ticket_id; Letzte Änderung=updated_at",
  ],
  [
    "SAP notifications",
    "tickets",
    "QMNUM=ticket_id; QMART=type; QMDAT=created_at; KUNUM=customer_id; EQUNR=asset_id; QMDAB=resolved_at; AEDAT=updated_at; PRIOK=-",
  ],
  [
    "七鱼, Udesk",
    "tickets",
    "工单ID=ticket_id; 工单编号=ticket_id; 工单标题=-; 工单状态=-; 优先级=-; 受理客服=agent_id; 受理组=-; 创建时间=created_at; 首次响应时间=first_response_at; 首次回复时间=first_response_at; 解决时间=resolved_at; 完结时间=resolved_at; 更新时间=updated_at; 客户ID=customer_id; 渠道来源=channel; 工单渠道=channel; 工单来源=channel; 工单类型=type; 创建人=-; 创建客服=-; 截止时间=-; 受理人=agent_id; 处理客服=agent_id; 会话ID=ticket_id; 会话开始时间=created_at; 接入渠道=channel; 催单次数=-; 处理时长=-; 关联工单号=previous_ticket_id; 首次处理时间=first_response_at; 应答时间=first_response_at",
  ],
  [
    "钉钉, 飞书",
    "tickets",
    "审批编号=ticket_id; 提交时间=created_at; 发起时间=created_at; 发起人=-; 提交人=-; 完成时间=resolved_at; 报修日期=created_at; 报修人=-; 报修部门=-; 设备编号=asset_id; 故障描述=-; 维修人员=agent_id; 维修完成时间=resolved_at; 记录ID=ticket_id; 数据ID=ticket_id; 当前节点=-; 报修类型=type; 服务类型=type; 问题类型=type; 故障类型=-; 故障代码=fault_code; 故障原因=root_cause; 紧急程度=-; 期望完成时间=-; 要求完成时间=-",
  ],
  [
    "a Chinese 台账",
    "tickets",
    "投诉编号=ticket_id; 投诉单号=ticket_id; 受理单号=ticket_id; 服务单号=ticket_id; 报修单号=ticket_id; 流水号=ticket_id; 登记日期=created_at; 投诉日期=created_at; 投诉时间=created_at; 受理日期=created_at; 来电时间=created_at; 接单时间=-; 结案日期=resolved_at; 办结日期=resolved_at; 处理完成日期=resolved_at; 完成日期=resolved_at; 解决日期=resolved_at; 关闭日期=resolved_at; 客户编码=customer_id; 客户代码=customer_id; 单位编号=customer_id; 投诉类别=complaint_class; 投诉分类=complaint_class; 投诉类型=complaint_class; 严重程度=severity; 投诉等级=severity; 投诉渠道=channel; 受理渠道=channel; 受理方式=channel; 反映渠道=channel; 经办人=agent_id; 处理人=agent_id; 责任人=agent_id; 处理人工号=agent_id; 客服工号=agent_id; 坐席工号=agent_id; 是否一次解决=first_contact_resolved; 首次解决=first_contact_resolved; 是否首次解决=first_contact_resolved; 处理次数=handling_count; 转派次数=-; 根本原因=root_cause; 原因分析=root_cause; 质检是否合格=qa_correct; 质检结果=qa_correct; 机身号=asset_id; 序列号=asset_id; 产品序列号=asset_id; 维修质量=repair_quality; 维修质量评分=repair_quality; 联系电话=-; 备注=-; 上次工单号=previous_ticket_id; 原工单号=previous_ticket_id; 首次响应=first_response_at; 响应时间=first_response_at",
  ],
  [
    "pinyin",
    "tickets",
    "gongdan_bianhao=ticket_id; gdbh=ticket_id; kehu_bianhao=customer_id; khbh=customer_id; chuangjian_shijian=created_at; cjsj=created_at; bxsj=created_at; slsj=created_at; jjsj=resolved_at; xysj=first_response_at; chulirenyuan=agent_id; clr=agent_id; qudao=channel; gongdan_leixing=type; gdlx=type; yanzhong_chengdu=severity; wcsj=resolved_at; gxsj=updated_at",
  ],
  [
    "capitals",
    "tickets",
    "CASE_NO=ticket_id; CASE_NUM=ticket_id; TKT_NO=ticket_id; SR_NBR=ticket_id; CUST_NO=customer_id; CUST_NBR=customer_id; CLNT_ID=customer_id; OPEN_DT=created_at; OPN_TS=created_at; CRE_DT=created_at; CREATE_TM=created_at; LOG_DT=created_at; FRST_RESP_DT=first_response_at; FIRST_RSP_TS=first_response_at; RESLV_DT=resolved_at; RSLVD_TS=resolved_at; CLS_DT=resolved_at; CHNL_CD=channel; TYP_CD=type; SEV_CD=severity; AGT_ID=agent_id; UPD_TS=updated_at; LAST_UPD_DT=updated_at; DUE_DT=-; STAT_CD=-; PRTY_CD=-",
  ],
  [
    "other helpdesks",
    "tickets",
    "Reference=ticket_id; Ref. No.=ticket_id; Case #=ticket_id; Request ID=ticket_id; Complaint No=ticket_id; RMA number=ticket_id; Date received=created_at; Date logged=created_at; Date raised=created_at; Reported on=created_at; Submitted at=created_at; Submission date=created_at; Request date=created_at; Intake date=created_at; Date of complaint=created_at; Logged at=created_at; First reply at=first_response_at; First contact at=first_response_at; Responded at=first_response_at; Solved at=resolved_at; Date resolved=resolved_at; Completed on=resolved_at; Date fixed=resolved_at; Closure date=resolved_at; Date closed=resolved_at; Handled by=agent_id; Assigned agent=agent_id; Assigned technician=agent_id; Handler=agent_id; Case owner=agent_id; Support rep=agent_id; Engineer ID=agent_id; Request type=type; Enquiry type=type; Case type=type; Contact method=channel; Contact channel=channel; Via=channel; Mode of contact=channel; Intake channel=channel; Severity level=severity; Impact=-; Serial number=asset_id; Machine ID=asset_id; Device ID=asset_id; Equipment no=asset_id; Error code=fault_code; Fault code=fault_code; Failure code=fault_code; FCR=first_contact_resolved; Resolved on first contact=first_contact_resolved; First call resolution=first_contact_resolved; Reopened from=previous_ticket_id; Number of touches=handling_count; Client code=customer_id; Acct No=customer_id; Organisation ID=customer_id; Organization=customer_id; requesterId=-; SLA due=-; Target date=-; Escalated at=-; Reopened at=-; Ticket URL=-",
  ],
  [
    "CRMs",
    "customers",
    "Account ID=customer_id; Account Number=customer_id; Account Name=name; accountid=customer_id; Company name=name; Record ID=customer_id; Industry=industry; industrycode=industry; Employees=employees; No. of employees=employees; numberofemployees=employees; Number of Employees=employees; Headcount=employees; Company size=employees; Billing City=city; billing_address_city=city; Billing State=province; Billing State/Province=province; address1_city=city; address1_stateorprovince=province; Territory=region; Sales region=region; Account Owner=owner_id; Account Owner.id=owner_id; ownerId=owner_id; Owner ID=owner_id; Account manager=owner_id; Customer since=acquired_on; Created On=acquired_on; Onboarded on=acquired_on; Sign-up date=acquired_on; First purchase date=acquired_on; Lead source=acquisition_channel; Acquisition channel=acquisition_channel; Customer type=segment; Account Type=segment; Customer segment=segment; Tier=segment; Phone=-; Website=-; Tax ID=-; VAT no.=-; Parent account=-; Annual Revenue=-; Email=-; Postal code=-; Shipping City=-; Credit limit=-; Modified Time=updated_at; Date entered=acquired_on",
  ],
  [
    "German ERP",
    "customers",
    "Kundennr.=customer_id; Kd-Nr=customer_id; KdNr=customer_id; Debitorennummer=customer_id; Firmenname=name; Firma=name; Name 1=name; Kundenname=name; Branche=industry; Ort=city; Stadt=city; Bundesland=province; Vertriebsgebiet=region; Gebiet=region; Region=region; Mitarbeiterzahl=employees; Anzahl Mitarbeiter=employees; Kunde seit=acquired_on; Erstkontakt=-; Kundengruppe=segment; Kundensegment=segment; Kundentyp=segment; Betreuer=owner_id; Vertreter-Nr.=owner_id; Außendienstmitarbeiter=owner_id; PLZ=-; Straße=-; USt-IdNr.=-; Anlagedatum=acquired_on; Anlage am=acquired_on; Kundenquelle=acquisition_channel; Akquisekanal=acquisition_channel; Zahlungsziel=-",
  ],
  [
    "SAP",
    "customers",
    "KUNNR=customer_id; NAME1=name; ORT01=city; REGIO=province; BRSCH=industry; ERDAT=acquired_on; BZIRK=region; KDGRP=segment; PSTLZ=-; TELF1=-; LAND1=-; STRAS=-; NAME2=-",
  ],
  [
    "中国CRM",
    "customers",
    "客户编号=customer_id; 客户编码=customer_id; 客户名称=name; 企业名称=name; 公司名称=name; 单位名称=name; 客户全称=name; 客户简称=-; 客户类型=segment; 客户分类=segment; 客户级别=-; 所属行业=industry; 行业=industry; 所在地区=region; 区域=region; 所属区域=region; 销售区域=region; 省份=province; 省=province; 所在省份=province; 城市=city; 所在城市=city; 市=city; 员工人数=employees; 企业规模=employees; 人员规模=employees; 客户来源=acquisition_channel; 获客渠道=acquisition_channel; 负责人=owner_id; 客户负责人=owner_id; 负责人工号=owner_id; 业务员编码=owner_id; 归属销售=owner_id; 成交时间=acquired_on; 首次成交日期=acquired_on; 首次下单日期=acquired_on; 建档日期=acquired_on; 建档时间=acquired_on; 开户日期=acquired_on; 合作开始日期=acquired_on; 签约日期=acquired_on; 创建时间=acquired_on; 创建日期=acquired_on; 最后修改时间=updated_at; 最近跟进时间=-; 联系人=-; 联系电话=-; 统一社会信用代码=-; 税号=-; 上级客户=-; 地址=-; 归属部门=-",
  ],
  [
    "shops",
    "orders",
    "Order ID=order_id; Order Number=order_id; Order #=order_id; order_no=order_id; Order Date=ordered_at; Created at=ordered_at; Date created=ordered_at; Placed at=ordered_at; Purchase date=ordered_at; Customer ID=customer_id; Lineitem quantity=quantity; Lineitem sku=product_id; SKU=product_id; Quantity=quantity; Qty=quantity; Qty ordered=quantity; Subtotal=revenue; Order Total=revenue; Order amount=revenue; Net sales=revenue; Net amount=revenue; Line total=revenue; Currency=currency; Order Currency=currency; Paid at=-; Fulfilled at=-; Cancelled at=-; Shipping=-; Taxes=-; Unit price=-; Lineitem price=-; Discount Amount=-; Line no=line_no; Line number=line_no; Order line=line_no; Item number=product_id; Cost of goods=cost; COGS=cost; Cost price=-; Salesperson=owner_id; Sales rep=owner_id; Promised date=promised_on; Promised delivery date=promised_on; Requested ship date=-; Delivery date=delivered_on; Delivered on=delivered_on; Delivered at=delivered_on; Shipped date=-; Ship-to ID=-; Bill-to customer no=customer_id; Sell-to Customer No.=customer_id; Invoice no=-; Product code=product_id; Last modified=updated_at",
  ],
  [
    "German ERP",
    "orders",
    "Auftragsnummer=order_id; Auftragsnr.=order_id; Auftrags-Nr.=order_id; Auftr.-Nr.=order_id; Bestellnummer=order_id; Belegnummer=order_id; Belegnr=order_id; Auftragsdatum=ordered_at; Bestelldatum=ordered_at; Belegdatum=ordered_at; Pos.=line_no; Position=line_no; Pos-Nr.=line_no; Positionsnummer=line_no; Kundennr.=customer_id; Artikelnummer=product_id; Art.-Nr.=product_id; Artikel-Nr.=product_id; Menge=quantity; Auftragsmenge=quantity; Anzahl=quantity; Einzelpreis=-; EP=-; Nettobetrag=revenue; Betrag netto=revenue; Umsatz netto=revenue; Nettoumsatz=revenue; Gesamtpreis netto=revenue; Gesamtbetrag=revenue; Positionswert=revenue; Nettowert=revenue; Bruttobetrag=-; MwSt=-; Wareneinsatz=cost; Einstandswert=cost; Selbstkosten=cost; Währung=currency; Belegwährung=currency; Zugesagter Liefertermin=promised_on; Liefertermin=promised_on; Bestätigter Liefertermin=promised_on; Wunschtermin=-; Lieferdatum=delivered_on; Geliefert am=delivered_on; Verkäufer=owner_id; Vertreternr.=owner_id; Rechnungsnr.=-",
  ],
  [
    "SAP",
    "orders",
    "VBELN=order_id; POSNR=line_no; KUNNR=customer_id; AUDAT=ordered_at; MATNR=product_id; KWMENG=quantity; NETWR=revenue; WAERK=currency; WAVWR=cost; VDATU=promised_on; PERNR=owner_id; NETPR=-; MWSBP=-",
  ],
  [
    "用友, 金蝶",
    "orders",
    "单据编号=order_id; 单据日期=ordered_at; 订单编号=order_id; 订单号=order_id; 销售订单编号=order_id; 销售单号=order_id; 下单日期=ordered_at; 下单时间=ordered_at; 订单日期=ordered_at; 开单日期=ordered_at; 制单日期=-; 审核日期=-; 客户编码=customer_id; 客户编号=customer_id; 存货编码=product_id; 物料编码=product_id; 产品编号=product_id; 商品编码=product_id; 商品编号=product_id; 数量=quantity; 销售数量=quantity; 订货数量=quantity; 单价=-; 含税单价=-; 无税单价=-; 无税金额=revenue; 不含税金额=revenue; 未税金额=revenue; 价税合计=revenue; 含税金额=-; 税额=-; 金额=revenue; 订单金额=revenue; 销售金额=revenue; 销售额=revenue; 销售收入=revenue; 成本=cost; 成本金额=cost; 销售成本=cost; 币种=currency; 币别=currency; 行号=line_no; 分录号=line_no; 订单行号=line_no; 项次=line_no; 业务员=owner_id; 业务员编码=owner_id; 销售员工号=owner_id; 销售负责人=owner_id; 承诺交期=promised_on; 承诺交货日期=promised_on; 约定交货日期=promised_on; 预计交货日期=promised_on; 计划交货日期=promised_on; 交期=promised_on; 要求交期=promised_on; 要货日期=promised_on; 实际交货日期=delivered_on; 交货日期=delivered_on; 到货日期=delivered_on; 签收日期=delivered_on; 签收时间=delivered_on; 发货日期=-; 发票号=-; 汇率=-; 折扣=-; 备注=-; 单据类型=-; 制单人=-",
  ],
  [
    "金蝶 fields",
    "orders",
    "FBillNo=order_id; FDate=ordered_at; FCustId=customer_id; FQty=quantity; FAmount=revenue; FEntryID=line_no; FMaterialId=product_id",
  ],
  [
    "any",
    "contacts",
    "Activity ID=contact_id; Call ID=contact_id; Contact ID=contact_id; Visit No=contact_id; 回访编号=contact_id; 拜访编号=contact_id; 跟进记录编号=contact_id; 联系编号=contact_id; 客户编号=customer_id; 回访时间=contacted_at; 回访日期=contacted_at; 拜访日期=contacted_at; 跟进时间=contacted_at; 联系时间=contacted_at; 联系日期=contacted_at; 回访方式=channel; 跟进方式=channel; 联系方式=channel; 拜访方式=channel; 联系目的=purpose; 拜访目的=purpose; 回访目的=purpose; 回访类型=purpose; 是否接通=reached; 是否联系上=reached; 是否触达=reached; 接通状态=reached; 回访人=employee_id; 跟进人=employee_id; 拜访人=employee_id; Call date=contacted_at; Contact date=contacted_at; Activity date=contacted_at; Visit date=contacted_at; Contacted at=contacted_at; Contacted on=contacted_at; Channel=channel; Purpose=purpose; Reached=reached; Connected=reached; Employee ID=employee_id; Staff ID=employee_id; Kontaktdatum=contacted_at; Kontakt-Nr.=contact_id; Kontaktart=channel; Anlass=purpose; Zweck=purpose; Erreicht=reached; Besuchsdatum=contacted_at; Next contact date=-; 下次跟进时间=-; 下次联系时间=-",
  ],
  [
    "CRMs",
    "leads",
    "Lead ID=lead_id; Lead Source=source; Lead Owner=owner_id; Lead Owner.id=owner_id; Created On=created_at; Created Time=created_at; Date entered=created_at; date_entered=created_at; leadid=lead_id; leadsourcecode=source; Qualified On=qualified_at; qualifiedon=qualified_at; MQL date=qualified_at; Converted date=converted_at; Converted at=converted_at; Conversion date=converted_at; Converted Account=customer_id; Lost date=lost_at; Disqualified at=lost_at; Lost reason=lost_reason; Loss reason=lost_reason; Disqualification reason=lost_reason; Industry=-; Region=region; 线索编号=lead_id; 线索ID=lead_id; 线索来源=source; 来源渠道=source; 线索渠道=channel; 获取时间=created_at; 创建时间=created_at; 转换时间=converted_at; 转化日期=converted_at; 转客户时间=converted_at; 确认时间=qualified_at; 流失原因=lost_reason; 无效原因=lost_reason; 转化客户编号=customer_id; 无效时间=lost_at; 作废时间=lost_at; 负责人=owner_id; 跟进人工号=owner_id; Qualifiziert am=qualified_at; Konvertiert am=converted_at; Verloren am=lost_at; Verlustgrund=lost_reason; Interessenten-Nr.=lead_id; Herkunft=source; Leadquelle=source",
  ],
  [
    "CRMs",
    "opportunities",
    "Opportunity ID=opportunity_id; Deal ID=opportunity_id; opportunityid=opportunity_id; Stage=stage; Deal Stage=stage; Sales Stage=stage; sales_stage=stage; stepname=stage; Amount=amount; Deal value=amount; actualvalue=amount; Estimated value=-; Expected Revenue=-; Closing Date=closed_at; Close Date=closed_at; actualclosedate=closed_at; Actual Close Date=closed_at; Expected close date=-; estimatedclosedate=-; Deal Owner=owner_id; Opportunity owner=owner_id; Account ID=customer_id; Created On=created_at; createdate=created_at; Won=won; Is won=won; Probability=-; 商机编号=opportunity_id; 销售机会编号=opportunity_id; 项目编号=opportunity_id; 商机金额=amount; 预计成交日期=-; 预计签单日期=-; 实际成交日期=closed_at; 结单日期=closed_at; 实际结单日期=closed_at; 关闭日期=closed_at; 赢单时间=closed_at; 销售阶段=stage; 商机阶段=stage; 当前阶段=stage; 是否赢单=won; 赢率=-; 线索编号=lead_id; 客户编号=customer_id; Angebotsnr.=opportunity_id; Chancen-Nr.=opportunity_id; Verkaufsphase=stage; Phase=stage; Abschlussdatum=closed_at; Gewonnen=won; Angebotswert=amount; Auftragswert=amount; Volumen=amount",
  ],
  [
    "service companies",
    "customers",
    "用户编号=customer_id; 用户姓名=name; 医院名称=name; 学校名称=name; 购车日期=acquired_on; 首次装机日期=acquired_on; Become a customer date=acquired_on; Activation date=acquired_on; plan_type=segment; 會員級別=segment",
  ],
  [
    "service companies",
    "tickets",
    "来电流水号=ticket_id; 来电编号=ticket_id; 工程师响应时间=first_response_at; 接车时间=first_response_at; 进厂时间=created_at; 交车时间=resolved_at; 车架号=asset_id; VIN=asset_id; 返修原工单=previous_ticket_id; 预约方式=channel; Logged via=channel; Cause code=root_cause; 跟进职员=agent_id",
  ],
  ["service companies", "leads", "分配销售=owner_id; 关闭时间=lost_at; 关闭原因=lost_reason"],
  ["service companies", "opportunities", "预计金额=amount; Outcome=won"],
  [
    "service companies",
    "orders",
    "PO number=order_id; 发货单号=order_id; 发货日期=-; 预计金额=-; Date livraison réelle=delivered_on",
  ],
  [
    "any",
    "contracts",
    "Contract ID=contract_id; Contract No.=contract_id; Agreement ID=contract_id; Subscription ID=contract_id; Start date=starts_on; Effective date=starts_on; Commencement date=starts_on; End date=ends_on; Expiry date=ends_on; Expiration date=ends_on; Terminated on=ends_on; Termination date=ends_on; Cancelled at=ends_on; MRR=monthly_value; Monthly fee=monthly_value; Monthly amount=monthly_value; Monthly value=monthly_value; Monthly price=monthly_value; Annual value=monthly_value; ARR=monthly_value; 年费=monthly_value; Jahresbeitrag=monthly_value; 月均金额=monthly_value; Year=-; 年度=-; Total value=-; 合同编号=contract_id; 合同号=contract_id; 生效日期=starts_on; 开始日期=starts_on; 起始日期=starts_on; 起租日期=starts_on; 到期日期=ends_on; 终止日期=ends_on; 结束日期=ends_on; 截止日期=ends_on; 月费=monthly_value; 月服务费=monthly_value; 月金额=monthly_value; 每月金额=monthly_value; 月租金=monthly_value; 终止原因=reason_category; 解约原因=reason_category; 合同总额=-; Vertragsnr.=contract_id; Vertragsbeginn=starts_on; Vertragsende=ends_on; Laufzeitende=ends_on; Beginn=starts_on; Ende=ends_on; Kündigungsdatum=-; Monatsbetrag=monthly_value; Monatsrate=monthly_value; Monatspreis=monthly_value; Kündigungsgrund=reason_category; Cancellation reason=reason_category; Churn reason=reason_category; 签订日期=-; Signed on=-; Unterschrieben am=-",
  ],
  [
    "any",
    "employees",
    "Employee ID=employee_id; Emp No=employee_id; Staff no.=employee_id; Personnel number=employee_id; PERNR=employee_id; Agent ID=employee_id; User ID=employee_id; Full name=name; Name=name; Employee name=name; Display name=name; Department=department; Dept=department; Team=team; Group=team; Job title=role; Position=role; Role=role; Manager ID=manager_id; Supervisor ID=manager_id; Reports to=manager_id; Line manager=manager_id; Hire date=hired_on; Date hired=hired_on; Date joined=hired_on; Joining date=hired_on; Start date=hired_on; Entry date=hired_on; Leave date=left_on; Date left=left_on; Termination date=left_on; Last working day=left_on; Exit date=left_on; 工号=employee_id; 员工编号=employee_id; 员工工号=employee_id; 人员编码=employee_id; 姓名=name; 员工姓名=name; 部门=department; 所属部门=department; 所在部门=department; 班组=team; 小组=team; 岗位=role; 职位=role; 职务=role; 上级工号=manager_id; 直属上级工号=manager_id; 主管工号=manager_id; 直接上级=manager_id; 入职日期=hired_on; 入职时间=hired_on; 离职日期=left_on; 离职时间=left_on; Personalnr.=employee_id; Pers.-Nr.=employee_id; Personalnummer=employee_id; Mitarbeiternr.=employee_id; Abteilung=department; Eintritt=hired_on; Eintrittsdatum=hired_on; Eintritt am=hired_on; Austritt=left_on; Austrittsdatum=left_on; Vorgesetzter=manager_id; Vorgesetzten-Nr.=manager_id; Funktion=role; Stelle=role; Gruppe=team; Geburtsdatum=-; 性别=-; 出生日期=-; 手机=-; Date of birth=-; Salary=-; 转正日期=-",
  ],
  [
    "any",
    "survey_answers",
    "Response ID=respondent_id; Answer ID=answer_id; Submission ID=respondent_id; Ticket ID=ticket_id; Customer ID=customer_id; Submitted at=answered_at; Submit Date (UTC)=answered_at; Date submitted=answered_at; Response date=answered_at; Completed at=answered_at; Answered at=answered_at; Timestamp=answered_at; Question=dimension; Dimension=dimension; Aspect=dimension; Category=dimension; Rating=score; Score=score; CSAT=score; CSAT score=score; NPS=score; NPS score=score; Survey=survey; Survey type=survey; Scale min=scale_min; Scale max=scale_max; Max score=scale_max; 答卷编号=respondent_id; 问卷编号=respondent_id; 答案编号=answer_id; 评价编号=answer_id; 提交时间=answered_at; 答题时间=answered_at; 评价时间=answered_at; 填写时间=answered_at; 调查日期=answered_at; 评价日期=answered_at; 回收日期=answered_at; 调查类型=survey; 问卷类型=survey; 评价维度=dimension; 维度=dimension; 题目=dimension; 评价项目=dimension; 指标=dimension; 评分=score; 得分=score; 分值=score; 满意度=score; 满意度评分=score; 满意度得分=score; 满分=scale_max; 最低分=scale_min; 最高分=scale_max; 工单编号=ticket_id; Bewertung=score; Punkte=score; Zufriedenheit=score; Frage=dimension; Kriterium=dimension; Beantwortet am=answered_at; Umfrage=survey; Befragung=survey; Comment=-; Kommentar=-; 意见建议=-",
  ],
  [
    "any",
    "customer_status",
    "Customer ID=customer_id; Status=status; New status=status; Account status=status; Customer status=status; Status date=changed_on; Changed on=changed_on; Change date=changed_on; Effective date=changed_on; Churn date=changed_on; Reason=reason_category; Churn reason=reason_category; Reason category=reason_category; 客户状态=status; 状态=status; 变更日期=changed_on; 状态变更日期=changed_on; 流失日期=changed_on; 变更时间=changed_on; 流失原因=reason_category; 原因分类=reason_category; 原因类别=reason_category; 流失原因分类=reason_category; Geändert am=changed_on; Kundenstatus=status; Statusdatum=changed_on; Grund=reason_category; Old status=-; 原状态=-; 变更前状态=-",
  ],
  [
    "any",
    "events",
    "Event ID=event_id; Campaign ID=event_id; Event name=name; Title=name; Event type=type; Event date=held_on; Date=held_on; Start date=held_on; Held on=held_on; 活动编号=event_id; 活动名称=name; 活动主题=name; 活动类型=type; 活动日期=held_on; 举办日期=held_on; 活动时间=held_on; 会议名称=name; Veranstaltungsnr.=event_id; Veranstaltung=name; Veranstaltungsdatum=held_on; Bezeichnung=name; Datum=held_on; Budget=-",
  ],
  [
    "any",
    "event_invitations",
    "Event ID=event_id; Customer ID=customer_id; Attended=attended; Attended?=attended; Attendance=attended; Showed up=attended; Checked in=attended; 活动编号=event_id; 客户编号=customer_id; 是否到场=attended; 是否出席=attended; 是否参加=attended; 是否签到=attended; 签到=attended; 参会=attended; 是否参会=attended; 到会=attended; Teilgenommen=attended; Teilnahme=attended; Anwesend=attended; Erschienen=attended; Invited on=-; 邀请日期=-",
  ],
  [
    "any",
    "handoffs",
    "Handoff ID=handoff_id; Transfer ID=handoff_id; Ticket ID=ticket_id; From department=from_department; From dept=from_department; Source department=from_department; Sending department=from_department; To department=to_department; Target department=to_department; Receiving department=to_department; Handed at=handed_at; Handed over at=handed_at; Transferred at=handed_at; Transfer date=handed_at; Due at=due_at; Deadline=due_at; Due date=due_at; Completed at=completed_at; 交接编号=handoff_id; 流转编号=handoff_id; 流转单号=handoff_id; 移交单号=handoff_id; 工单编号=ticket_id; 转出部门=from_department; 移交部门=from_department; 发起部门=from_department; 交出部门=from_department; 来源部门=from_department; 转入部门=to_department; 接收部门=to_department; 承接部门=to_department; 目标部门=to_department; 流转时间=handed_at; 移交时间=handed_at; 交接时间=handed_at; 转派时间=handed_at; 截止时间=due_at; 要求完成时间=due_at; 完成时间=completed_at; 实际完成时间=completed_at; Von Abteilung=from_department; An Abteilung=to_department; Abgebende Abteilung=from_department; Übernehmende Abteilung=to_department; Übergeben am=handed_at; Übergabedatum=handed_at; Übergabe-Nr.=handoff_id; Fällig am=due_at; Erledigt am=completed_at; Abgeschlossen am=completed_at",
  ],
  [
    "any",
    "trainings",
    "Training ID=training_id; Enrollment ID=training_id; Employee ID=employee_id; Course=course; Course name=course; Training=course; Course title=course; Due date=due_on; Due on=due_on; Deadline=due_on; Completed on=completed_on; Completion date=completed_on; Date completed=completed_on; 培训编号=training_id; 培训记录编号=training_id; 工号=employee_id; 员工编号=employee_id; 课程=course; 课程名称=course; 培训课程=course; 培训名称=course; 培训内容=course; 应完成日期=due_on; 计划完成日期=due_on; 截止日期=due_on; 完成日期=completed_on; 实际完成日期=completed_on; 完成时间=completed_on; Schulungsnr.=training_id; Kurs=course; Schulung=course; Fällig am=due_on; Abgeschlossen am=completed_on; Absolviert am=completed_on; Personalnr.=employee_id",
  ],
  [
    "any",
    "market_sales",
    "Month=month; Period=month; Market=market; Company=company; Competitor=company; Vendor=company; Own=is_own; Is own=is_own; Own company=is_own; Sales=sales; Revenue=sales; Sales value=sales; 月份=month; 统计月份=month; 市场=market; 细分市场=market; 区域市场=market; 企业=company; 公司=company; 厂商=company; 厂家=company; 品牌=company; 是否本公司=is_own; 是否我司=is_own; 是否本企业=is_own; 销售额=sales; 销量=sales; 销量（台）=sales; 市场份额=-; Monat=month; Markt=market; Anbieter=company; Wettbewerber=company; Hersteller=company; Eigene=is_own; Umsatz=sales",
  ],
  [
    "any",
    "products",
    "Product ID=product_id; SKU=product_id; Item No=product_id; Product code=product_id; Product name=name; Item name=name; Description=name; Category=category; Product group=category; Product family=category; 产品编号=product_id; 物料编码=product_id; 存货编码=product_id; 商品编码=product_id; 产品名称=name; 物料名称=name; 存货名称=name; 品名=name; 产品类别=category; 产品分类=category; 品类=category; 存货分类=category; 产品线=category; 产品系列=category; 规格型号=-; 单价=-; 计量单位=-; Artikelnummer=product_id; Artikelbezeichnung=name; Bezeichnung=name; Warengruppe=category; Artikelgruppe=category; Produktgruppe=category; MATNR=product_id; MAKTX=name; MATKL=category; Price=-; Unit=-",
  ],
  [
    "any",
    "ticket_steps",
    "Ticket ID=ticket_id; Step=step; Stage=step; Phase=step; Entered at=entered_at; Timestamp=entered_at; Started at=entered_at; 工单编号=ticket_id; 步骤=step; 环节=step; 节点=step; 流程节点=step; 处理环节=step; 进入时间=entered_at; 开始时间=entered_at; 到达时间=entered_at; 时间=entered_at; Schritt=step; Zeitpunkt=entered_at; Vorgangsnummer=ticket_id; Bearbeitungsschritt=step; Operator=-; 操作人=-",
  ],
  [
    "any",
    "reviews_360",
    "Review ID=review_id; Period start=period_start; Review period=period_start; Reviewee ID=reviewee_id; Reviewee=reviewee_id; Employee ID=reviewee_id; Reviewer ID=reviewer_id; Relationship=rater; Rater=rater; Rater type=rater; Reviewer role=rater; Dimension=dimension; Competency=dimension; Score=score; Rating=score; 评价编号=review_id; 考核编号=review_id; 被评人工号=reviewee_id; 被考核人工号=reviewee_id; 被评价人工号=reviewee_id; 评价人工号=reviewer_id; 评分人工号=reviewer_id; 考核周期=period_start; 考核期=period_start; 评价关系=rater; 评价人关系=rater; 评价者类型=rater; 评价维度=dimension; 考核维度=dimension; 能力项=dimension; 得分=score; 评分=score; 满分=scale_max; Max score=scale_max",
  ],
];

const cases = systems.flatMap(([system, table, columns]) =>
  columns.split("; ").map((each) => {
    const at = each.lastIndexOf("=");
    return { system, table, title: each.slice(0, at), means: each.slice(at + 1) };
  }),
);

/** What a heading names more or less surely. */
const namedAs = (title: string, table: TableName) =>
  namedBy(readHeading(title), table).flatMap(({ column, certainty }) => (certainty > 0 ? [column] : []));

describe("headings of systems", () => {
  it("nearly all columns are told by the headings that systems give them", () => {
    const meant = cases.filter(({ means }) => means !== "-");
    const missed = meant.filter(({ title, table, means }) => !namedAs(title, table).includes(means));
    expect(
      missed.map(({ system, table, title, means }) => `${system}, ${table}: ${title} = ${means}`),
    ).toEqual([]);
    expect(meant.length).toBeGreaterThan(900);
  });

  it("none is told by a heading that means something else", () => {
    const wrong = cases.filter(
      ({ title, table, means }) => means === "-" && namedAs(title, table).length > 0,
    );
    expect(wrong.map(({ table, title }) => `${table}: ${title} = ${namedAs(title, table)}`)).toEqual([]);
  });
});
