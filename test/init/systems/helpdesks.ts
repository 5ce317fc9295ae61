import type { Export } from "./exports.js";

/** What helpdesks and telephone systems head their exports with. */
export const helpdesks: readonly Export[] = [
  [
    "Zendesk",
    "tickets",
    "Id=ticket_id; Ticket ID=ticket_id; Requester=-; Assignee=agent_id; Assignee id=agent_id; Organization ID=customer_id; Ticket organization ID=customer_id; Ticket organization name=customer_id; Via=channel; Ticket channel=channel; Created at=created_at; Ticket created - Timestamp=created_at; Ticket created - Date=created_at; Ticket solved - Timestamp=resolved_at; Solved at=resolved_at; Updated at=updated_at; Ticket type=type; Due at=-; Ticket priority=-; First reply time in minutes=-; Full resolution time in minutes=-; Reopens=-; Assignee stations=-; Satisfaction Score=-; Submitter=-",
  ],
  [
    "Freshdesk",
    "tickets",
    "Ticket ID=ticket_id; Company ID=customer_id; Company Name=customer_id; Responder ID=agent_id; Created time=created_at; Closed time=resolved_at; Initial response time=first_response_at; Resolved time=resolved_at; Source=channel; Type=type; First response time (in hrs)=-; Resolution time (in hrs)=-; Every response status=-; Survey results=-; Association type=-",
  ],
  [
    "Jira Service Management",
    "tickets",
    "Issue key=ticket_id; Request Type=type; Custom field (Request Type)=type; Custom field (Organizations)=customer_id; Custom field (Request channel type)=channel; Assignee Id=agent_id; Created=created_at; Resolved=resolved_at; Resolution=-; Custom field (Time to resolution)=-; Custom field (Time to first response)=-; Custom field (Satisfaction rating)=-; Custom field (Severity)=severity; Custom field (Root cause)=root_cause; Inward issue link (Duplicate)=-; Project key=-; Project name=-; Status Category=-",
  ],
  [
    "ServiceNow",
    "tickets",
    "Number=ticket_id; number=ticket_id; Opened=created_at; opened_at=created_at; sys_created_on=created_at; Resolved=resolved_at; resolved_at=resolved_at; closed_at=resolved_at; Contact type=channel; contact_type=channel; assigned_to=agent_id; Assigned to=agent_id; Company=customer_id; account=customer_id; cmdb_ci=asset_id; Configuration item=asset_id; Severity=severity; sys_updated_on=updated_at; Reassignment count=-; Reopen count=-; Caller=-; caller_id=-; Opened by=-; Resolved by=agent_id; Business duration=-; Made SLA=-; SLA due=-; Cause code=root_cause; Assignment group=-",
  ],
  [
    "Intercom",
    "tickets",
    "Conversation ID=ticket_id; conversation_id=ticket_id; Conversation started at=created_at; Conversation first started at (America/New_York)=created_at; First teammate reply at=first_response_at; First admin reply at=first_response_at; Last closed at=resolved_at; First closed at=resolved_at; Teammate assigned=agent_id; Assigned teammate=agent_id; Channel=channel; Company ID=customer_id; Ticket type=type; Time to close (seconds)=-; Conversation rating=-; Conversation tags=-; Snoozed until=-",
  ],
  [
    "Gorgias",
    "tickets",
    "Ticket id=ticket_id; Initial channel=channel; Channel=channel; Creation date=created_at; Created date=created_at; Closed date=resolved_at; First response date=first_response_at; First agent response date=first_response_at; Assignee email=-; Assignee user=agent_id; Customer ID=customer_id; Survey score=-; First response time (s)=-; Resolution time (s)=-; Number of agent messages=-",
  ],
  [
    "Kayako",
    "tickets",
    "Conversation ID=ticket_id; Ticket Mask ID=ticket_id; Date Created=created_at; Resolved At=resolved_at; Assigned Agent=agent_id; Owner Staff=agent_id; Organization=customer_id; Source Channel=channel; Creation Mode=channel; Type=type; Last Activity=-; First Response Time=first_response_at; Resolution Due=-; Reply Due=-",
  ],
  [
    "osTicket",
    "tickets",
    "Ticket Number=ticket_id; Date Created=created_at; Create Date=created_at; Closed Date=resolved_at; Close Date=resolved_at; Source=channel; Ticket Source=channel; Agent Assigned=agent_id; Assigned To=agent_id; Last Updated=updated_at; Due Date=-; Overdue=-; Answered=-; Thread Count=-; Attachment Count=-; From=-; From Email=-; Merged=-",
  ],
  [
    "Zammad",
    "tickets",
    "#=ticket_id; Ticket#=ticket_id; Number=ticket_id; Organization=customer_id; Owner=agent_id; Created at=created_at; Erstellt am=created_at; first_response_at=first_response_at; First response=first_response_at; Erste Antwort=first_response_at; close_at=resolved_at; Closing time=resolved_at; Geschlossen am=resolved_at; escalation_at=-; pending_time=-; last_contact_at=-; last_contact_agent_at=-; first_response_escalation_at=-; close_in_min=-; Pending till=-",
  ],
  [
    "HappyFox",
    "tickets",
    "Ticket ID=ticket_id; Created On=created_at; Created Time=created_at; Assigned To=agent_id; Assignee=agent_id; Source=channel; First Responded Time=first_response_at; First Staff Response At=first_response_at; Closed At=resolved_at; Completed At=resolved_at; Last Modified On=updated_at; Contact Groups=-; SLA Breaches=-; Time Spent=-; Due Date=-",
  ],
  [
    "Zoho Desk",
    "tickets",
    "Ticket Id=ticket_id; Request Id=ticket_id; Account Name.id=customer_id; Created Time (Ticket)=created_at; Ticket Closed Time=resolved_at; Closed Time=resolved_at; Mode=channel; Channel=channel; Classification=type; Classifications=type; Assignee.id=agent_id; Agent Responded Time=-; Number of Responses=handling_count; First Response Time (HH:MM)=-; Escalated=-; SLA Violation Type=-; Happiness Rating=-; Sub Category=-",
  ],
  [
    "Dynamics 365 Customer Service",
    "tickets",
    "Case Number=ticket_id; (Do Not Modify) Case=ticket_id; (Do Not Modify) Modified On=updated_at; Origin=channel; Case Type=type; Created On=created_at; Resolved On=resolved_at; First Response Sent On=first_response_at; Customer=customer_id; Owner=agent_id; Parent Case=-; Product=-; Serial Number=asset_id; Resolve By=-; First Response By=-; First Response SLA Status=-; Severity=severity; Entitlement=-; Escalated On=-",
  ],
  [
    "SAP C4C",
    "tickets",
    "Ticket ID=ticket_id; Created On=created_at; Created At=created_at; Completed On=resolved_at; Resolved On=resolved_at; Completion Date=resolved_at; Reported On=created_at; Initial Review Completed On=-; Channel=channel; Account ID=customer_id; Account=customer_id; Processor=agent_id; Processor ID=agent_id; Agent=agent_id; Agent ID=agent_id; Ticket Type=type; Service Category=-; Incident Category=-; Cause Category=root_cause; Cause=root_cause; Registered Product=asset_id; Serial ID=asset_id; Changed On=updated_at; Due Date=-; Escalation Status=-; Initial Response Due=-; Requested Start=-",
  ],
  [
    "Siebel",
    "tickets",
    "SR #=ticket_id; SR Number=ticket_id; SR_NUM=ticket_id; Opened=created_at; Date Opened=created_at; Date Closed=resolved_at; Closed Date=resolved_at; Account=customer_id; Owner=agent_id; Source=channel; Severity=severity; SR Type=type; Asset #=asset_id; Serial #=asset_id; Area=-; Sub-Area=-; Substatus=-; Date Committed=-; Resolution Code=-; Contact Last Name=-",
  ],
  [
    "Odoo Helpdesk",
    "tickets",
    "Sequence=-; Ticket IDs Sequence=ticket_id; Ticket Ref=ticket_id; Assigned to=agent_id; Assigned To=agent_id; Create date=created_at; Created on=created_at; create_date=created_at; close_date=resolved_at; Close date=resolved_at; partner_id=customer_id; Customer=customer_id; user_id=agent_id; ticket_type_id=type; Type=type; First assignment date=-; assign_date=-; SLA Deadline=-; Last Updated on=updated_at; write_date=updated_at",
  ],
  [
    "Salesforce Service Cloud",
    "tickets",
    "Case Number=ticket_id; CaseNumber=ticket_id; Case Origin=channel; Date/Time Opened=created_at; Date/Time Closed=resolved_at; Opened Date=created_at; Closed Date=resolved_at; Case Owner=agent_id; Case Owner ID=agent_id; Account ID=customer_id; Asset ID=asset_id; AssetId=asset_id; Case Reason=-; Parent Case ID=-; Case Type=type; IsEscalated=-; Age (Hours)=-; SlaExitDate=-; LastModifiedDate=updated_at",
  ],
  [
    "Help Scout",
    "tickets",
    "Conversation Number=ticket_id; Number=ticket_id; Created At=created_at; Closed At=resolved_at; First Response=first_response_at; Assigned User=agent_id; Assignee=agent_id; Source Type=channel; Handle Time=-; Waiting Since=-; Modified At=updated_at; Company=customer_id",
  ],
  [
    "LiveAgent",
    "tickets",
    "Ticket code=ticket_id; Date created=created_at; Date resolved=resolved_at; Date changed=updated_at; Owner=agent_id; Channel type=channel; Date due=-; First answer=first_response_at; Date first answered=first_response_at",
  ],
  [
    "智齿",
    "tickets",
    "工单编号=ticket_id; 工单标题=-; 工单分类=type; 工单来源=channel; 受理客服=agent_id; 受理技能组=-; 创建客服=-; 创建时间=created_at; 首次响应时间=first_response_at; 解决时间=resolved_at; 关闭时间=resolved_at; 最后更新时间=updated_at; 客户ID=customer_id; 企业名称=customer_id; 优先级=-; 催单次数=-; 截止时间=-",
  ],
  [
    "网易七鱼",
    "tickets",
    "工单ID=ticket_id; 会话ID=ticket_id; 工单分类=type; 发起客服=-; 处理客服=agent_id; 受理人=agent_id; 创建时间=created_at; 首次响应时间=first_response_at; 首次受理时间=-; 完结时间=resolved_at; 渠道=channel; 来源=channel; 访客来源=channel; 接待客服=agent_id; 客户编号=customer_id; 会话时长=-; 首次响应时长=-; 平均响应时长=-; 满意度评价=-; 一次性解决=first_contact_resolved",
  ],
  [
    "Udesk",
    "tickets",
    "工单编号=ticket_id; 工单号=ticket_id; 渠道=channel; 工单渠道=channel; 受理客服=agent_id; 受理人=agent_id; 受理组=-; 创建时间=created_at; 首次响应时间=first_response_at; 首次回复时间=first_response_at; 解决时间=resolved_at; 关闭时间=resolved_at; 更新时间=updated_at; 客户ID=customer_id; 所属公司=customer_id; 模板=-; 标签=-; 关注者=-; SLA=-",
  ],
  [
    "美洽",
    "tickets",
    "对话ID=ticket_id; 对话编号=ticket_id; 对话开始时间=created_at; 对话结束时间=resolved_at; 首次响应时间=first_response_at; 首次响应时长=-; 客服工号=agent_id; 接待客服=agent_id; 来源渠道=channel; 渠道=channel; 顾客编号=customer_id; 对话评价=-; 消息数=-; 对话时长=-",
  ],
  [
    "纷享销客服务",
    "tickets",
    "工单编号=ticket_id; 工单类型=type; 服务类型=type; 客户名称=customer_id; 客户编号=customer_id; 报修时间=created_at; 创建时间=created_at; 接单时间=-; 派工时间=-; 到达时间=-; 完工时间=resolved_at; 完成时间=resolved_at; 服务工程师=agent_id; 受理渠道=channel; 设备编号=asset_id; 故障现象=-; 故障代码=fault_code; 故障原因=root_cause; 预约时间=-; 计划完成时间=-; 最后修改时间=updated_at",
  ],
  [
    "12345热线",
    "tickets",
    "诉求编号=ticket_id; 受理编号=ticket_id; 来电时间=created_at; 受理时间=created_at; 诉求时间=created_at; 诉求类型=type; 诉求来源=channel; 来电渠道=channel; 办结时间=resolved_at; 办理时限=-; 首次联系时间=first_response_at; 承办人=agent_id; 话务员工号=agent_id; 承办单位=-; 诉求内容=-; 是否满意=-",
  ],
  [
    "Genesys",
    "contacts",
    "Conversation ID=contact_id; Interaction ID=contact_id; Interaction Id=contact_id; Media Type=channel; Agent ID=employee_id; Agent Name=employee_id; User ID=employee_id; Start Time=contacted_at; Conversation Start=contacted_at; Date=contacted_at; Handle Time=-; Talk=-; Hold=-; ACW=-; Disconnect Type=-; Wrap-up=-; Queue=-; ANI=-; DNIS=-",
  ],
  [
    "Five9",
    "contacts",
    "CALL ID=contact_id; TIMESTAMP=contacted_at; DATE=contacted_at; AGENT=employee_id; AGENT ID=employee_id; CALL TYPE=purpose; DISPOSITION=-; CONTACTED=reached; ANI=-; DNIS=-; CALL TIME=contacted_at; TALK TIME=-; CAMPAIGN=-; CUSTOMER NAME=customer_id",
  ],
  [
    "Talkdesk",
    "contacts",
    "Call Id=contact_id; Interaction ID=contact_id; Start Time=contacted_at; Start At=contacted_at; End At=-; Agent Name=employee_id; Agent Id=employee_id; Call Type=purpose; Talk Time=-; Wait Time=-; Phone Display Name=-; Ring Groups=-; Recording Url=-",
  ],
  [
    "Avaya CMS",
    "contacts",
    "Call ID=contact_id; CALLID=contact_id; Start Date=contacted_at; Start Time=contacted_at; SEGSTART=contacted_at; Answering Login ID=employee_id; Agent Login ID=employee_id; Split/Skill=-; VDN=-; Calling Party=-; Talk Time=-; Hold Time=-; Disposition=-",
  ],
];
