/** Word lists for invented companies; every combination is meant to sound plausible and name nobody. */

export interface Place {
  region: string;
  province: string;
  city: string;
  weight: number;
}

const place = (region: string, province: string, city: string, weight: number): Place => ({
  region,
  province,
  city,
  weight,
});

export const places: readonly Place[] = [
  place("华东", "上海市", "上海", 9),
  place("华东", "江苏省", "苏州", 8),
  place("华东", "江苏省", "南京", 5),
  place("华东", "浙江省", "杭州", 6),
  place("华东", "浙江省", "宁波", 4),
  place("华南", "广东省", "深圳", 9),
  place("华南", "广东省", "广州", 7),
  place("华南", "广东省", "佛山", 6),
  place("华南", "福建省", "厦门", 4),
  place("华北", "北京市", "北京", 8),
  place("华北", "天津市", "天津", 5),
  place("华北", "河北省", "石家庄", 4),
  place("华中", "湖北省", "武汉", 6),
  place("华中", "湖南省", "长沙", 4),
  place("西南", "四川省", "成都", 6),
  place("西南", "重庆市", "重庆", 5),
];

export const firstSyllables = [
  "东",
  "华",
  "恒",
  "瑞",
  "鼎",
  "宏",
  "嘉",
  "盛",
  "新",
  "远",
  "博",
  "泰",
  "中",
  "金",
];
export const secondSyllables = [
  "方",
  "源",
  "通",
  "达",
  "丰",
  "信",
  "成",
  "安",
  "润",
  "科",
  "泽",
  "宇",
  "联",
  "创",
];

/** Industry → the words a company of it carries in its name. */
export const industries: Readonly<Record<string, string>> = {
  机械制造: "精密机械",
  汽车零部件: "汽车部件",
  电子电器: "电子",
  化工材料: "新材料",
  食品饮料: "食品",
  医疗器械: "医疗器械",
  能源电力: "电力设备",
  物流仓储: "物流装备",
};

/** Segment → the endings of its companies' names. */
export const nameEndings: Readonly<Record<string, readonly string[]>> = {
  large_manufacturer: ["股份有限公司", "集团有限公司"],
  sme_manufacturer: ["有限公司", "制造有限公司"],
  trader: ["贸易有限公司", "商贸有限公司"],
  research_institute: ["研究院", "研究所"],
  other: ["有限公司", "服务有限公司"],
};

export const segments: Readonly<Record<string, number>> = {
  large_manufacturer: 14,
  sme_manufacturer: 36,
  trader: 32,
  research_institute: 8,
  other: 10,
};

/** Department → its ordinary role and its share of the staff. */
export const departments: readonly { name: string; role: string; share: number }[] = [
  { name: "客户关系部", role: "客户经理", share: 0.2 },
  { name: "售后服务部", role: "服务专员", share: 0.35 },
  { name: "销售部", role: "销售代表", share: 0.25 },
  { name: "技术支持部", role: "技术工程师", share: 0.12 },
  { name: "物流部", role: "物流专员", share: 0.08 },
];

export const products: readonly { name: string; category: string; price: number }[] = [
  ...["A", "B", "C", "D"].map((letter, i) => ({
    name: `数控机床 ${letter} 型`,
    category: "机床",
    price: 42000 + 9000 * i,
  })),
  ...["A", "B", "C", "D"].map((letter, i) => ({
    name: `工业泵 ${letter} 型`,
    category: "泵阀",
    price: 3800 + 700 * i,
  })),
  ...["A", "B", "C", "D"].map((letter, i) => ({
    name: `传感器 ${letter} 型`,
    category: "传感",
    price: 560 + 140 * i,
  })),
  ...["A", "B", "C", "D"].map((letter, i) => ({
    name: `控制柜 ${letter} 型`,
    category: "电控",
    price: 12500 + 2100 * i,
  })),
  ...["A", "B", "C", "D"].map((letter, i) => ({
    name: `备件包 ${letter} 型`,
    category: "备件",
    price: 980 + 260 * i,
  })),
];

/** Market → own share at the start, its change a month, and the whole market's monthly sales. */
export const markets: readonly { name: string; share: number; drift: number; size: number }[] = [
  { name: "机床", share: 0.215, drift: 0.0006, size: 48_000_000 },
  { name: "泵阀", share: 0.168, drift: -0.0003, size: 21_000_000 },
  { name: "传感", share: 0.124, drift: 0.0009, size: 9_500_000 },
  { name: "电控", share: 0.187, drift: 0.0001, size: 27_000_000 },
];
