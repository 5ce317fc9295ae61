/** What schemas of configuration files say in words of their own → the same in Chinese. */
export const chineseOf: Readonly<Record<string, string>> = {
  "not a snake_case id": "不是 snake_case 形式的标识",
  "not a contract table": "不是数据约定中的表",
  "only of a growth of dated cases": "只用于按日期计的增长率",
  "expected a fraction or a percentage like 5% (the kpi is one of %)":
    "应为小数或 5% 这样的百分数（该 KPI 以 % 计）",
  "not a number or a percentage": "不是数字或百分数",
  "not above 0": "应大于 0",
  "expected a text in words": "应为有内容的文字",
  "not a time zone of the IANA database": "不是 IANA 数据库中的时区",
  "expected weights that sum to 100": "权重之和应为 100",
  "not a day like 2026-10-01": "不是 2026-10-01 这样存在的日期",
  "not hours like 09:00-12:30": "不是 09:00-12:30 这样的时段",
  "closes before it opens (a night shift is two: 22:00-24:00, 00:00-06:00)":
    "结束早于开始（夜班写成两段：22:00-24:00、00:00-06:00）",
  "shifts overlap": "时段重叠",
  "neither a day nor the first and last of some": "既不是一天，也不是首日/末日",
  "ends before it begins": "结束早于开始",
  "neither a day nor { date: 2026-10-10, like: friday }":
    "既不是日期，也不是 { date: 2026-10-10, like: friday }",
  "no day has hours": "没有一天有工作时段",
  "select stands alone, without columns, where and from": "select 要单独写，不能与 columns、where、from 并用",
  "a raw table's name": "应为原始表的名称",
  "one ASCII character": "应为一个 ASCII 字符",
  'expected like "1 day"': "应为 1 day 这样的写法",
  "a source's name": "应为来源的名称",
  "expected a day (2026-06-30) or an instant (2026-06-30T18:00:00+08:00)":
    "应为日期（2026-06-30）或时刻（2026-06-30T18:00:00+08:00）",
  "expected one file pattern or a list of them, or a map of raw table → patterns":
    "应为文件模式、其列表，或原始表 → 模式的对应",
  "expected SQL": "应为 SQL",
  "unknown encoding": "未知的编码",
  "a dimension is listed twice": "有维度重复列出",
  "expected the lower end first": "应先写下限",
};
