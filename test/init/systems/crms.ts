import type { Export } from "./exports.js";

/** What CRMs and personnel systems head their exports with. */
export const crms: readonly Export[] = [
  [
    "Pipedrive",
    "opportunities",
    "ID=opportunity_id; Deal - ID=opportunity_id; Deal - Title=-; Deal - Owner=owner_id; Deal - Organization=customer_id; Deal - Organization ID=customer_id; Deal - Deal created=created_at; Deal - Value=amount; Deal - Currency of Value=currency; Deal - Stage=stage; Deal - Won time=closed_at; Deal - Deal closed on=closed_at; Deal - Update time=updated_at; Deal - Lost time=-; Deal - Expected close date=-; Deal - Probability=-; Deal - Weighted value=-; Deal - Next activity date=-; Deal - Contact person=-; Deal - Lost reason=-",
  ],
  [
    "Pipedrive",
    "leads",
    "Lead - ID=lead_id; Lead - Source=source; Lead - Owner=owner_id; Lead - Created=created_at; Lead - Lead created=created_at; Lead - Source channel=channel; Lead - Title=-",
  ],
  [
    "Zoho CRM",
    "opportunities",
    "Record Id=opportunity_id; Deal Owner.id=owner_id; Deal Owner=owner_id; Deal Name=-; Account Name.id=customer_id; Amount=amount; Closing Date=closed_at; Stage=stage; Created Time=created_at; Lead Source=-; Currency=currency; Expected Revenue=-; Probability (%)=-; Lead Conversion Time=-; Sales Cycle Duration=-; Modified Time=updated_at; Campaign Source=-",
  ],
  [
    "Zoho CRM",
    "leads",
    "Record Id=lead_id; Lead Owner.id=owner_id; Lead Source=source; Created Time=created_at; Converted Date Time=converted_at; Converted Account.id=customer_id; Lead Status=-; Rating=-; Annual Revenue=-; Industry=-; Is Converted=-; Unsubscribed Mode=-",
  ],
  [
    "Dynamics 365 Sales",
    "opportunities",
    "(Do Not Modify) Opportunity=opportunity_id; Account=customer_id; Potential Customer=customer_id; Owner=owner_id; Created On=created_at; Actual Close Date=closed_at; Est. Close Date=-; Est. Revenue=-; Actual Revenue=amount; Pipeline Phase=stage; Sales Stage=stage; Currency=currency; Originating Lead=lead_id; Probability=-; (Do Not Modify) Modified On=updated_at",
  ],
  [
    "HubSpot",
    "opportunities",
    "Record ID=opportunity_id; Deal ID=opportunity_id; Deal Name=-; Deal Stage=stage; Close Date=closed_at; Deal owner=owner_id; Amount=amount; Amount in company currency=amount; Create Date=created_at; Is Closed Won=won; Associated Company IDs=customer_id; Pipeline=-; Forecast amount=-; Closed Lost Reason=-; Last Modified Date=updated_at; Annual recurring revenue=-",
  ],
  [
    "Salesforce",
    "leads",
    "Lead ID=lead_id; Lead Source=source; Lead Owner=owner_id; Create Date=created_at; CreatedDate=created_at; Converted Date=converted_at; ConvertedDate=converted_at; Converted Account ID=customer_id; ConvertedAccountId=customer_id; Lead Status=-; Unread By Owner=-; Rating=-; Last Activity=-; Do Not Call=-",
  ],
  [
    "SAP C4C",
    "opportunities",
    "Opportunity ID=opportunity_id; Account ID=customer_id; Account=customer_id; Owner=owner_id; Employee Responsible ID=owner_id; Sales Phase=stage; Expected Value=-; Start Date=created_at; Created On=created_at; Close Date=closed_at; Chance of Success=-; Weighted Value=-; Currency=currency; Lead ID=lead_id; Closed On=closed_at",
  ],
  [
    "Odoo CRM",
    "opportunities",
    "Opportunity=-; Salesperson=owner_id; Customer=customer_id; Stage=stage; Expected Revenue=-; Expected Closing=-; Closed Date=closed_at; Created on=created_at; date_closed=closed_at; create_date=created_at; partner_id=customer_id; stage_id=stage; user_id=owner_id; Won/Lost=won; Is Won=won; Probability=-; Days to Close=-; Conversion Date=-",
  ],
  [
    "Bitrix24",
    "opportunities",
    "ID=opportunity_id; Deal name=-; Stage=stage; Deal stage=stage; Amount=amount; Income=amount; Currency=currency; Responsible=owner_id; Responsible person=owner_id; Company=customer_id; Created on=created_at; Start date=created_at; Close date=closed_at; Closed=closed_at; Lead ID=lead_id; Probability=-; Modified on=updated_at; Available to everyone=-",
  ],
  [
    "Bitrix24",
    "leads",
    "ID=lead_id; Lead name=-; Source=source; Created on=created_at; Responsible=owner_id; Responsible person=owner_id; Date completed=converted_at; Status=-; Work phone=-",
  ],
  [
    "SugarCRM",
    "customers",
    "ID=customer_id; Name=name; Type=segment; Industry=industry; Billing City=city; Billing State=province; Employees=employees; Date Created=acquired_on; Assigned User ID=owner_id; Assigned to=owner_id; assigned_user_id=owner_id; Annual Revenue=-; SIC Code=-; Member of=-; Ownership=-; Teams=-; Billing Postal Code=-; Date Modified=updated_at",
  ],
  [
    "Siebel",
    "customers",
    "Account #=customer_id; Account=name; Account Name=name; Account Type=segment; Industry=industry; Industries=industry; Territory=region; Territories=region; City=city; State=province; Account Team=-; Primary Owner=owner_id; Customer Since=acquired_on; Site=-; Main Phone #=-; Main Fax #=-; Parent=-; Synonyms=-",
  ],
  [
    "SAP C4C",
    "customers",
    "Account ID=customer_id; Name=name; Account Name=name; ABC Classification=segment; Industry=industry; City=city; State=province; Owner ID=owner_id; Owner=owner_id; Employee Responsible=owner_id; Created On=acquired_on; Role=-; Number of Employees=employees; DUNS=-; Changed On=updated_at; External ID=-; Sales Territory=region",
  ],
  [
    "HubSpot",
    "customers",
    "Record ID=customer_id; Company name=name; Company owner=owner_id; Company Owner=owner_id; Industry=industry; Number of Employees=employees; City=city; State/Region=province; Create Date=acquired_on; Original Source Type=acquisition_channel; Original Traffic Source=acquisition_channel; Became a Customer Date=acquired_on; Lifecycle Stage=-; Annual Revenue=-; Last Activity Date=-; Phone Number=-; Country/Region=-; Type=segment",
  ],
  [
    "Odoo",
    "customers",
    "ID=customer_id; External ID=customer_id; Reference=customer_id; Display Name=name; Name=name; City=city; State=province; Country=-; Salesperson=owner_id; Tags=-; Industry=industry; Created on=acquired_on; Is a Company=-; Tax ID=-; Phone=-",
  ],
  [
    "Xero",
    "customers",
    "*ContactName=name; ContactName=name; AccountNumber=customer_id; EmailAddress=-; POCity=city; PORegion=province; SACity=-; TaxNumber=-; BankAccountName=-; DueDateBillDay=-; Discount=-; POPostalCode=-; LegalName=name",
  ],
  [
    "QuickBooks",
    "customers",
    "Customer=name; Customer full name=name; Company=name; Customer type=segment; Customer Type=segment; Billing city=city; Billing state=province; Bill city=city; Bill state=province; Created on=acquired_on; Open balance=-; Phone numbers=-; Terms=-; Tax resale no.=-; Account #=customer_id; Rep=owner_id; Sales Rep=owner_id",
  ],
  [
    "Workday",
    "employees",
    "Worker ID=employee_id; Employee ID=employee_id; Worker=name; Legal Name=name; Preferred Name=name; Business Title=role; Job Profile=role; Position=role; Supervisory Organization=department; Cost Center=department; Manager ID=manager_id; Hire Date=hired_on; Original Hire Date=hired_on; Termination Date=left_on; Location=-; Worker Type=-; Date of Birth=-; FTE=-",
  ],
  [
    "BambooHR",
    "employees",
    "Employee #=employee_id; EEID=employee_id; Display Name=name; Job Title=role; Department=department; Division=-; Reporting To=manager_id; Supervisor=manager_id; Hire Date=hired_on; Termination Date=left_on; Last Day=left_on; Location=-; Employment Status=-; Gender=-",
  ],
  [
    "DATEV",
    "employees",
    "Personalnummer=employee_id; PersNr=employee_id; Name=name; Eintrittsdatum=hired_on; Austrittsdatum=left_on; Abteilung=department; Kostenstelle=department; Tätigkeit=role; Tätigkeitsbezeichnung=role; Berufsbezeichnung=role; Geburtsdatum=-; Steuerklasse=-; Vorgesetzter=manager_id",
  ],
  [
    "企业微信",
    "employees",
    "账号=employee_id; 帐号=employee_id; 姓名=name; 职务=role; 部门=department; 主部门=department; 工号=employee_id; 直属上级=manager_id; 入职时间=hired_on; 性别=-; 手机=-; 激活状态=-; 座机=-; 对外职务=-",
  ],
  [
    "钉钉",
    "employees",
    "员工UserID=employee_id; 工号=employee_id; 姓名=name; 职位=role; 部门=department; 直属主管=manager_id; 直属主管UserID=manager_id; 入职时间=hired_on; 最后工作日=left_on; 离职日期=left_on; 实际转正日期=-; 分机号=-; 员工状态=-; 司龄=-; 办公地点=-",
  ],
  [
    "北森",
    "employees",
    "工号=employee_id; 姓名=name; 任职机构=department; 所属组织=department; 任职职位=role; 职务序列=-; 直线经理=manager_id; 直线经理工号=manager_id; 入职日期=hired_on; 最近入职日期=hired_on; 离职生效日期=left_on; 最后工作日=left_on; 员工类型=-",
  ],
  [
    "纷享销客",
    "customers",
    "客户编号=customer_id; 客户名称=name; 客户级别=-; 1级行业=industry; 行业=industry; 省=province; 市=city; 区域=region; 负责人=owner_id; 负责人主属部门=-; 创建时间=acquired_on; 成交时间=acquired_on; 首次成交时间=acquired_on; 来源=acquisition_channel; 客户来源=acquisition_channel; 成交状态=-; 最后跟进时间=-; 转手次数=-; 领取时间=-; 到期时间=-; 详细地址=-; 最后修改时间=updated_at",
  ],
  [
    "纷享销客",
    "opportunities",
    "商机编号=opportunity_id; 商机名称=-; 客户名称=customer_id; 商机2.0编号=opportunity_id; 预计商机金额=-; 商机金额=amount; 销售阶段=stage; 阶段=stage; 负责人=owner_id; 创建时间=created_at; 实际成交日期=closed_at; 预计成交日期=-; 输单原因=-; 赢率=-; 线索编号=lead_id; 结单日期=closed_at; 币种=currency",
  ],
  [
    "销售易",
    "opportunities",
    "销售机会编号=opportunity_id; 销售机会名称=-; 客户名称=customer_id; 销售机会所有人=owner_id; 销售机会金额=amount; 销售阶段=stage; 结单日期=closed_at; 实际结单日期=closed_at; 预计结单日期=-; 创建日期=created_at; 赢单率=-; 丢单原因=-; 最新修改日=updated_at; 市场活动=-",
  ],
  [
    "销售易",
    "leads",
    "线索编号=lead_id; 销售线索编号=lead_id; 线索来源=source; 线索所有人=owner_id; 创建日期=created_at; 转换日期=converted_at; 转换时间=converted_at; 跟进状态=-; 市场活动=-; 无效原因=lost_reason; 退回原因=-",
  ],
  [
    "企业微信",
    "contacts",
    "客户名称=customer_id; 跟进人=employee_id; 跟进时间=contacted_at; 跟进方式=channel; 添加人=-; 添加时间=-; 添加渠道=-; 标签组=-; 备注=-; 沟通时间=contacted_at; 沟通方式=channel",
  ],
  [
    "钉钉",
    "contacts",
    "审批编号=contact_id; 拜访时间=contacted_at; 签到时间=contacted_at; 拜访客户=customer_id; 拜访对象=-; 拜访人=employee_id; 拜访目的=purpose; 拜访方式=channel; 签到地点=-; 审批状态=-; 审批结果=-; 当前处理人=-; 发起人姓名=-",
  ],
  [
    "Chargebee",
    "contracts",
    "Subscription Id=contract_id; subscriptions.id=contract_id; Customer Id=customer_id; customers.id=customer_id; Started At=starts_on; Activated At=-; Cancelled At=ends_on; MRR=monthly_value; Monthly Recurring Revenue=monthly_value; Currency=currency; Cancel Reason=reason_category; Cancel Reason Code=reason_category; Next Billing At=-; Plan Quantity=-; Trial End=-; Remaining Billing Cycles=-",
  ],
  [
    "Stripe",
    "contracts",
    "id=contract_id; Customer ID=customer_id; Start Date (UTC)=starts_on; Start (UTC)=starts_on; Ended At (UTC)=ends_on; Canceled At (UTC)=ends_on; Cancellation Reason=reason_category; Currency=currency; Trial End (UTC)=-; Current Period End (UTC)=-; Tax Percent=-; Quantity=-",
  ],
  [
    "Recurly",
    "contracts",
    "subscription_id=contract_id; account_code=customer_id; activated_at=starts_on; expires_at=ends_on; canceled_at=ends_on; currency=currency; expiration_reason=reason_category; trial_started_at=-; current_period_ends_at=-",
  ],
];
