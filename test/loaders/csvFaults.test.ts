import { describe, it } from "vitest";
import { type Expected, expectProducts } from "./faultyFile.js";

const header = "product_id,name,category";
const text = (...lines: string[]) => [header, ...lines].map((line) => `${line}\n`).join("");
/** A row without the name it has to have: read, and refused by the contract, so that its line number shows. */
const nameless = (id: string, category: string | null = "x") => ({ product_id: id, name: null, category });

const cases: Record<string, [content: string, expected: Expected]> = {
  "a row too short": [
    text("P1,a,x", "P2,b", "P3,,x", "P4,d,x"),
    {
      loaded: [
        ["P1", "a", "x"],
        ["P4", "d", "x"],
      ],
      refused: [
        [3, "ragged", "P2,b"],
        [4, "required", nameless("P3")],
      ],
    },
  ],
  "a row too long": [
    text("P1,a,x,y", "P2,b,x", "P3,,x"),
    {
      loaded: [["P2", "b", "x"]],
      refused: [
        [2, "ragged", "P1,a,x,y"],
        [4, "required", nameless("P3")],
      ],
    },
  ],
  "a row too long by an empty cell": [
    text("P1,a,x", "P2,b,x,", "P3,c,x", "P4,,x"),
    {
      loaded: [
        ["P1", "a", "x"],
        ["P3", "c", "x"],
      ],
      refused: [
        [3, "ragged", "P2,b,x,"],
        [5, "required", nameless("P4")],
      ],
    },
  ],
  "a short row and a long one that make up for each other": [
    text("P1,a,x,", "P2,b", "P3,c,x", "P4,d", "P5,e,x,y", "P6,f,x"),
    {
      loaded: [
        ["P3", "c", "x"],
        ["P6", "f", "x"],
      ],
      refused: [
        [2, "ragged", "P1,a,x,"],
        [3, "ragged", "P2,b"],
        [5, "ragged", "P4,d"],
        [6, "ragged", "P5,e,x,y"],
      ],
    },
  ],
  "ragged rows with sound quotes": [
    text('"P1","a, b"', '"P2","a, b",x', '"P3","a","b","c"'),
    {
      loaded: [["P2", "a, b", "x"]],
      refused: [
        [2, "ragged", '"P1","a, b"'],
        [4, "ragged", '"P3","a","b","c"'],
      ],
    },
  ],
  "ragged rows with properly quoted cells over several lines": [
    text("P1,a,x", 'P2,"two\nlines"', "P3,,x", 'P4,"b\n\nb","y, ""z""\n",x,y', "P5,,x"),
    {
      loaded: [["P1", "a", "x"]],
      refused: [
        [3, "ragged", 'P2,"two\nlines"'],
        [5, "required", nameless("P3")],
        [6, "ragged", 'P4,"b\n\nb","y, ""z""\n",x,y'],
        [10, "required", nameless("P5")],
      ],
    },
  ],
  "a ragged row over several lines at the end, with CRLF and without a line end": [
    text("P1,a,x", 'P2,b,"two\nlines",').replaceAll("\n", "\r\n").trimEnd(),
    {
      loaded: [["P1", "a", "x"]],
      refused: [[3, "ragged", 'P2,b,"two\r\nlines",']],
    },
  ],
  "stray quotes that would make a ragged row of a sound one": [
    text("P1,a,x", 'P2,y,z,"b', "P3,c,x", 'P4,d"', "P5,,x", 'P6,"b', 'P7,"c",x', '"P8",d,x', "P9,,x"),
    {
      loaded: [
        ["P1", "a", "x"],
        ["P3", "c", "x"],
        ["P7", "c", "x"],
        ["P8", "d", "x"],
      ],
      refused: [
        [3, "broken_quoting", 'P2,y,z,"b'],
        [5, "ragged", 'P4,d"'],
        [6, "required", nameless("P5")],
        [7, "broken_quoting", 'P6,"b'],
        [10, "required", nameless("P9")],
      ],
    },
  ],
  "stray quotes far apart among rows that are all ragged": [
    text("P1,a,x", 'P2,"b', "P3,c", "P4,d", "P5,e", 'P6,f"', "P7,g,x"),
    {
      loaded: [
        ["P1", "a", "x"],
        ["P7", "g", "x"],
      ],
      refused: [
        [3, "broken_quoting", 'P2,"b'],
        [4, "ragged", "P3,c"],
        [5, "ragged", "P4,d"],
        [6, "ragged", "P5,e"],
        [7, "ragged", 'P6,f"'],
      ],
    },
  ],
  "a row of nothing but delimiters": [
    text("P1,a,x", ",,", "P2,b,x"),
    {
      loaded: [
        ["P1", "a", "x"],
        ["P2", "b", "x"],
      ],
      refused: [[3, "required,required", { product_id: null, name: null, category: null }]],
    },
  ],
  "text behind a closing quote": [
    text("P1,a,x", 'P2,"b"c,x', "P3,,x", "P4,d,x"),
    {
      loaded: [
        ["P1", "a", "x"],
        ["P4", "d", "x"],
      ],
      refused: [
        [3, "broken_quoting", 'P2,"b"c,x'],
        [4, "required", nameless("P3")],
      ],
    },
  ],
  "quotes inside a field that has none around it": [
    text('P1,5" pipe,x', 'P2,a "b" c,x', "P3,,x"),
    {
      loaded: [
        ["P1", '5" pipe', "x"],
        ["P2", 'a "b" c', "x"],
      ],
      refused: [[4, "required", nameless("P3")]],
    },
  ],
  "a stray quote that opens the first row's field": [
    text('"P1,a,x', "P2,b,x", "P3,,x"),
    {
      loaded: [["P2", "b", "x"]],
      refused: [
        [2, "broken_quoting", '"P1,a,x'],
        [4, "required", nameless("P3")],
      ],
    },
  ],
  "a stray quote in the last row, without a line end": [
    text("P1,a,x", "P2,,x").concat('P3,"c,x'),
    {
      loaded: [["P1", "a", "x"]],
      refused: [
        [3, "required", nameless("P2")],
        [4, "broken_quoting", 'P3,"c,x'],
      ],
    },
  ],
  "a lone quote as a line": [
    text("P1,a,x", '"', "P2,b,x"),
    {
      loaded: [
        ["P1", "a", "x"],
        ["P2", "b", "x"],
      ],
      refused: [[3, "broken_quoting", '"']],
    },
  ],
  "quoted cells over several lines": [
    text('P1,"two\nlines",x', "P2,,x", 'P3,"a ""quoted"" word, and\n\na blank line",x', "P4,,x"),
    {
      loaded: [
        ["P1", "two\nlines", "x"],
        ["P3", 'a "quoted" word, and\n\na blank line', "x"],
      ],
      refused: [
        [4, "required", nameless("P2")],
        [8, "required", nameless("P4")],
      ],
    },
  ],
  "a refused row over several lines, kept whole": [
    text("P1,a,x", 'P2,,"two\nlines"', "P3,,x"),
    {
      loaded: [["P1", "a", "x"]],
      refused: [
        [3, "required", nameless("P2", "two\nlines")],
        [5, "required", nameless("P3")],
      ],
    },
  ],
  CRLF: [
    text("P1,a,x", 'P2,"b\r\nb",y', "P3,,z", "P4,d").replaceAll(/\r?\n/g, "\r\n"),
    {
      loaded: [
        ["P1", "a", "x"],
        ["P2", "b\r\nb", "y"],
      ],
      refused: [
        [5, "required", nameless("P3", "z")],
        [6, "ragged", "P4,d"],
      ],
    },
  ],
  "line ends of every kind mixed": [
    `${header}\nP1,a,x\r\nP2,b,y\nP3,,z\rP4,d,w\r\nP5,,v\nP6,f`,
    {
      loaded: [
        ["P1", "a", "x"],
        ["P2", "b", "y"],
        ["P4", "d", "w"],
      ],
      refused: [
        [4, "required", nameless("P3", "z")],
        [6, "required", nameless("P5", "v")],
        [7, "ragged", "P6,f"],
      ],
    },
  ],
  "CR alone": [
    text("P1,a,x", "P2,,y", 'P3,"c', "P4,d,z").replaceAll("\n", "\r"),
    {
      loaded: [
        ["P1", "a", "x"],
        ["P4", "d", "z"],
      ],
      refused: [
        [3, "required", nameless("P2", "y")],
        [4, "broken_quoting", 'P3,"c'],
      ],
    },
  ],
  "no line end after the last row": [
    text("P1,a,x", "P2,b,y").trimEnd(),
    {
      loaded: [
        ["P1", "a", "x"],
        ["P2", "b", "y"],
      ],
    },
  ],
  "blank lines, and lines of blanks": [
    `\n\n${header}\n\nP1,a,x\n   \nP2,,x\n\t\n\nP3,c,x\n\n\n`,
    {
      loaded: [
        ["P1", "a", "x"],
        ["P3", "c", "x"],
      ],
      refused: [[7, "required", nameless("P2")]],
    },
  ],
  "a NUL byte": [
    text("P1,a,x", "P2,b\0b,x", "P3,,x"),
    {
      loaded: [["P1", "a", "x"]],
      refused: [
        [3, "nul_byte", "P2,b\0b,x"],
        [4, "required", nameless("P3")],
      ],
    },
  ],
  "a NUL byte further down in a quoted cell": [
    text("P1,a,x", 'P2,"two\nl\0nes",x', "P3,,x"),
    {
      loaded: [["P1", "a", "x"]],
      refused: [
        [3, "nul_byte", 'P2,"two\nl\0nes",x'],
        [5, "required", nameless("P3")],
      ],
    },
  ],
};

describe("a structural fault costs its own lines, each in the quarantine with its number and text", () => {
  for (const [name, [content, expected]] of Object.entries(cases))
    it(name, () => expectProducts("products.csv", content, expected));
});
