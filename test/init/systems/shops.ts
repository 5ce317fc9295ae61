import type { Export } from "./exports.js";

/** What shops, ledgers and forms head their exports with. */
export const shops: readonly Export[] = [
  [
    "Shopify",
    "orders",
    "Name=order_id; Id=order_id; Order ID=order_id; Created at=ordered_at; Subtotal=revenue; Currency=currency; Lineitem quantity=quantity; Lineitem sku=product_id; Customer: ID=customer_id; Paid at=-; Fulfilled at=-; Fulfillment Status=-; Financial Status=-; Lineitem price=-; Lineitem compare at price=-; Shipping Method=-; Taxes=-; Refunded Amount=-; Discount Code=-; Accepts Marketing=-; Billing City=-; Outstanding Balance=-; Lineitem fulfillment status=-",
  ],
  [
    "WooCommerce",
    "orders",
    "Order ID=order_id; order_id=order_id; order_number=order_id; Order Number=order_id; order_date=ordered_at; Order Date=ordered_at; date_created=ordered_at; customer_id=customer_id; Customer User ID=customer_id; customer_user=customer_id; Order Total Amount=revenue; Order Subtotal Amount=revenue; Item Cost=-; Quantity=quantity; SKU=product_id; Product Id=product_id; Order Currency=currency; order_currency=currency; paid_date=-; shipping_total=-; Coupon Code=-; Order Refund Amount=-; Item #=-; Discount Amount=-; item_total=revenue",
  ],
  [
    "Magento",
    "orders",
    "increment_id=order_id; Order #=order_id; Purchase Date=ordered_at; created_at=ordered_at; customer_id=customer_id; base_subtotal=revenue; subtotal=revenue; base_cost=cost; qty_ordered=quantity; Qty Ordered=quantity; sku=product_id; order_currency_code=currency; Grand Total (Base)=-; Grand Total (Purchased)=-; base_grand_total=-; tax_amount=-; shipping_amount=-; discount_amount=-; total_refunded=-; Bill-to Name=-; Ship-to Name=-",
  ],
  [
    "Stripe",
    "orders",
    "id=order_id; Invoice ID=-; Created date (UTC)=ordered_at; Created (UTC)=ordered_at; Amount=revenue; Currency=currency; Customer ID=customer_id; Amount Refunded=-; Fee=-; Captured=-; Card Last4=-; Converted Amount=-; Converted Currency=-; Customer Email=-; Mode=-",
  ],
  [
    "QuickBooks",
    "orders",
    "Num=order_id; No.=order_id; Transaction date=ordered_at; Date=ordered_at; Customer=customer_id; Customer full name=customer_id; Product/Service=product_id; Quantity=quantity; Qty=quantity; Sales price=-; Amount=revenue; Balance=-; Memo/Description=-; Transaction type=-; Rep=owner_id; Open balance=-",
  ],
  [
    "Xero",
    "orders",
    "InvoiceNumber=-; InvoiceDate=ordered_at; *InvoiceDate=ordered_at; DueDate=-; InventoryItemCode=product_id; *Quantity=quantity; Quantity=quantity; *UnitAmount=-; UnitAmount=-; LineAmount=revenue; TaxAmount=-; Currency=currency; TotalTax=-; InvoiceAmountPaid=-; InvoiceAmountDue=-; Discount=-; TaxType=-; ContactName=customer_id; POCity=-",
  ],
  [
    "Odoo Sale",
    "orders",
    "Order Reference=order_id; Order Date=ordered_at; date_order=ordered_at; Customer=customer_id; Salesperson=owner_id; Untaxed Amount=revenue; amount_untaxed=revenue; Total=-; amount_total=-; Order Lines/Product=product_id; Order Lines/Quantity=quantity; Order Lines/Subtotal=revenue; Order Lines/Unit Price=-; Commitment Date=promised_on; commitment_date=promised_on; Currency=currency; Invoice Status=-; Expected Date=promised_on; validity_date=-",
  ],
  [
    "Zoho Books",
    "orders",
    "SalesOrder Number=order_id; SalesOrder ID=order_id; Order Date=ordered_at; Customer ID=customer_id; Item Name=product_id; SKU=product_id; QuantityOrdered=quantity; Item Total=revenue; SubTotal=revenue; Sub Total=revenue; Total=-; Item Price=-; Currency Code=currency; Sales Person=owner_id; Exchange Rate=-; Discount=-; Shipping Charge=-; QuantityInvoiced=-; QuantityCancelled=-",
  ],
  [
    "Amazon Seller Central",
    "orders",
    "amazon-order-id=order_id; order-id=order_id; order-item-id=line_no; purchase-date=ordered_at; sku=product_id; asin=product_id; quantity=quantity; quantity-purchased=quantity; item-price=revenue; currency=currency; item-tax=-; shipping-price=-; ship-city=-; promise-date=promised_on; last-updated-date=updated_at; payments-date=-; buyer-email=-; sales-channel=-",
  ],
  [
    "eBay",
    "orders",
    "Order Number=order_id; Sales Record Number=order_id; Item Number=product_id; Item ID=product_id; Custom Label=-; Quantity=quantity; Sold For=-; Total Price=-; Sale Date=ordered_at; Paid On Date=-; Shipped On Date=-; Ship By Date=promised_on; Buyer Username=customer_id; Feedback Left=-; Tracking Number=-",
  ],
  [
    "SAP S/4HANA",
    "orders",
    "Sales Document=order_id; Sales Order=order_id; Sales Document Item=line_no; Sales Order Item=line_no; Sold-to Party=customer_id; Sold-To Party=customer_id; Material=product_id; Order Quantity=quantity; Net Value=revenue; Net Amount=revenue; Document Currency=currency; Document Date=ordered_at; Requested Delivery Date=promised_on; Req. Deliv. Date=promised_on; Ship-to Party=-; Sales Organization=-; Delivery Block=-; Cost=cost; Plant=-; Purchase Order Number=-",
  ],
  [
    "Dynamics 365 Business Central",
    "orders",
    "Document No.=order_id; Line No.=line_no; Sell-to Customer No.=customer_id; Order Date=ordered_at; Posting Date=ordered_at; No.=product_id; Quantity=quantity; Line Amount Excl. VAT=revenue; Amount=revenue; Unit Price Excl. VAT=-; Unit Cost (LCY)=-; Promised Delivery Date=promised_on; Salesperson Code=owner_id; Currency Code=currency; Shipment Date=-; Outstanding Quantity=-; Qty. to Ship=-; Amount Including VAT=-",
  ],
  [
    "NetSuite",
    "orders",
    "Document Number=order_id; Date=ordered_at; Tran Date=ordered_at; Customer/Project: Internal ID=customer_id; Item: Internal ID=product_id; Item=product_id; Quantity=quantity; Amount=revenue; Amount (Net)=revenue; Est. Extended Cost=cost; Sales Rep=owner_id; Currency=currency; Line ID=line_no; Line Sequence Number=line_no; Ship Date=-; Amount (Tax Total)=-; Memo=-; Status=-; Expected Ship Date=-; Subsidiary=-",
  ],
  [
    "sage / Lexware",
    "orders",
    "Auftragsnummer=order_id; Beleg-Nr.=order_id; Belegnummer=order_id; Belegdatum=ordered_at; Auftragsdatum=ordered_at; Kundennummer=customer_id; Kd-Nr.=customer_id; Artikel-Nr.=product_id; Menge=quantity; Gesamtpreis=revenue; Gesamt netto=revenue; Summe netto=revenue; Positionspreis netto=revenue; Rohertrag=-; EK-Preis=-; Einkaufspreis=-; Rabatt %=-; USt.=-; Liefertermin=promised_on; Lieferdatum=delivered_on; Vertreter=owner_id; Zahlungsbedingung=-; Bearbeiter=-; Kostenträger=-; Gesamt brutto=-",
  ],
  [
    "Shopware",
    "orders",
    "orderNumber=order_id; Bestellnummer=order_id; orderTime=ordered_at; orderDateTime=ordered_at; Bestelldatum=ordered_at; customerNumber=customer_id; amountNet=revenue; invoiceAmountNet=revenue; invoiceAmount=-; currency=currency; articleNumber=product_id; quantity=quantity; paymentId=-; Bestellstatus=-; Zahlungsstatus=-; Versandkosten=-; cleareddate=-; trackingCode=-",
  ],
  [
    "有赞",
    "orders",
    "订单号=order_id; 订单编号=order_id; 订单创建时间=ordered_at; 下单时间=ordered_at; 买家付款时间=-; 商品编码=product_id; 规格编码=-; 商品数量=quantity; 商品金额合计=revenue; 商品实际成交金额=revenue; 订单实付金额=revenue; 运费=-; 店铺优惠合计=-; 买家昵称=-; 收货人=-; 收货人手机号=-; 交易成功时间=-; 商品已退款金额=-; 归属店铺=-; 导购员=owner_id; 订单状态=-; 客户ID=customer_id",
  ],
  [
    "淘宝",
    "orders",
    "订单编号=order_id; 主订单编号=order_id; 子订单编号=line_no; 买家会员名=customer_id; 买家应付货款=-; 买家实际支付金额=revenue; 订单创建时间=ordered_at; 订单付款时间=-; 宝贝总数量=quantity; 宝贝数量=quantity; 购买数量=quantity; 商家编码=product_id; 外部系统编号=-; 商品标题=-; 订单状态=-; 运送方式=-; 确认收货时间=delivered_on; 卖家服务费=-; 返点积分=-; 退款金额=-; 发货时间=-",
  ],
  [
    "京东",
    "orders",
    "订单号=order_id; 商品ID=product_id; 商品编号=product_id; 商品名称=-; 订购数量=quantity; 下单时间=ordered_at; 京东价=-; 订单金额=revenue; 结算金额=revenue; 应付金额=-; 余额支付=-; 下单帐号=customer_id; 客户账号=customer_id; 付款确认时间=-; 订单完成时间=-; 运费金额=-; 货号=product_id",
  ],
  [
    "拼多多",
    "orders",
    "订单号=order_id; 商品id=product_id; 商品数量(件)=quantity; 用户实付金额(元)=revenue; 商家实收金额(元)=revenue; 商品总价(元)=-; 店铺优惠折扣(元)=-; 拼单成功时间=ordered_at; 订单成交时间=ordered_at; 承诺发货时间=-; 发货时间=-; 确认收货时间=delivered_on; 售后状态=-; 商家编码-规格维度=-; 快递单号=-",
  ],
  [
    "用友",
    "orders",
    "单据号=order_id; 订单号=order_id; 单据日期=ordered_at; 订单日期=ordered_at; 客户编码=customer_id; 存货编码=product_id; 数量=quantity; 无税金额=revenue; 本币无税金额=revenue; 原币无税金额=-; 本币价税合计=-; 含税单价=-; 币种=currency; 业务员编码=owner_id; 预发货日期=promised_on; 预完工日期=-; 行号=line_no; 制单人=-; 审核人=-; 累计发货数量=-; 成本金额=cost; 销售部门=-; 税率=-",
  ],
  [
    "金蝶",
    "orders",
    "单据编号=order_id; 日期=ordered_at; 客户.编码=customer_id; 客户编码=customer_id; 物料编码=product_id; 销售数量=quantity; 金额(本位币)=revenue; 金额=revenue; 价税合计=-; 价税合计(本位币)=-; 税额(本位币)=-; 结算币别=currency; 销售员=owner_id; 销售员.编码=owner_id; 要货日期=promised_on; 分录行号=line_no; 累计出库数量=-; 单据状态=-; 关闭状态=-; 总成本=cost; 成本额=cost; 销售组织=-; 创建人=-; 审核日期=-",
  ],
  [
    "旺店通",
    "orders",
    "订单编号=order_id; 原始单号=order_id; 下单时间=ordered_at; 付款时间=-; 客户网名=customer_id; 客户编号=customer_id; 商家编码=product_id; 货品编号=product_id; 下单数量=quantity; 货品数量=quantity; 应收金额=-; 已付=-; 邮费=-; 货品成本=cost; 业务员=owner_id; 预估重量=-; 审核人=-; 发货时间=-; 仓库=-",
  ],
  [
    "Qualtrics",
    "survey_answers",
    "ResponseId=respondent_id; Response ID=respondent_id; StartDate=-; EndDate=answered_at; RecordedDate=answered_at; Recorded Date=answered_at; ExternalReference=customer_id; ExternalDataReference=customer_id; Q1_NPS=score; NPS=score; Progress=-; Duration (in seconds)=-; Finished=-; IPAddress=-; RecipientEmail=-; LocationLatitude=-; DistributionChannel=-; UserLanguage=-; Q1_NPS_GROUP=-",
  ],
  [
    "SurveyMonkey",
    "survey_answers",
    "Respondent ID=respondent_id; respondent_id=respondent_id; Collector ID=-; Start Date=-; End Date=answered_at; IP Address=-; Email Address=-; First Name=-; Custom Data 1=-; How likely is it that you would recommend us to a friend or colleague?=score; Overall, how satisfied are you with our service?=score",
  ],
  [
    "Typeform",
    "survey_answers",
    "Response ID=respondent_id; Response Type=-; Submit Date (UTC)=answered_at; Start Date (UTC)=-; Stage Date (UTC)=-; Network ID=-; Tags=-; How likely are you to recommend us?=score; Ending=-",
  ],
  [
    "Google Forms",
    "survey_answers",
    "Timestamp=answered_at; Zeitstempel=answered_at; 时间戳记=answered_at; Email Address=-; Username=-; Score=score; How satisfied were you with the visit?=score; Wie zufrieden sind Sie mit unserem Service?=score; Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?=score; Kundennummer=customer_id; Any other comments?=-",
  ],
  [
    "Delighted",
    "survey_answers",
    "ID=answer_id; Response ID=respondent_id; Responded at=answered_at; Response received at=answered_at; Score=score; Survey type=survey; Person ID=-; Sent at=-; Survey scheduled at=-; Comment=-; Properties=-; Tags=-",
  ],
  [
    "问卷星",
    "survey_answers",
    "答题提交答卷时间=answered_at; 所用时间=-; 来源=-; 来源详情=-; 来自IP=-; 总分=-; 1、您的客户编号=customer_id; 2、您对本次服务的总体满意度=score; 3、您对服务态度是否满意=score; 4、您向朋友推荐我们的可能性有多大=score; 5、其他意见=-",
  ],
  [
    "金数据",
    "survey_answers",
    "提交时间=answered_at; 提交人=-; 填写设备=-; 操作系统=-; 浏览器=-; 填写时长=-; IP=-; 修改时间=updated_at; 整体满意度=score; 您对我们的服务满意吗=score; 总体评价=score; 会员编号=customer_id; 微信昵称=-; 扩展属性=-",
  ],
  [
    "腾讯问卷",
    "survey_answers",
    "编号=answer_id; 开始答题时间=-; 结束答题时间=answered_at; 答题时长=-; 语言=-; 清洗数据结果=-; 智能清洗数据无效概率=-; 地理位置国家和地区=-; 用户类型=-; 1.您对产品质量满意吗=score; 自定义字段=-",
  ],
  [
    "Zendesk",
    "survey_answers",
    "Ticket ID=ticket_id; Satisfaction score=score; Satisfaction rating=score; Rating=score; Survey sent at=-; Rated at=answered_at; Satisfaction comment=-; Organization ID=customer_id; Satisfaction reason=-; Responded at=answered_at; Created at=answered_at",
  ],
  [
    "Trustpilot / Google",
    "survey_answers",
    "Review ID=answer_id; Review Id=answer_id; Review created=answered_at; Review Created (UTC)=answered_at; Posted On=answered_at; Published at=answered_at; Star rating=score; Stars=score; Review Stars=score; Reference Id=-; Review Title=-; Reply=-; Reviewer=-; Published At=answered_at",
  ],
];
