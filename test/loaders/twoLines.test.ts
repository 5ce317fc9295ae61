import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { stageFolder } from "../load/stageFolder.js";
import { expectEquations } from "./faultyFile.js";
import { scanText } from "./scan.js";

const head = "ticket_id,created_at,type,channel";

/** What the scanner makes of lines: ids of the accepted records, numbers of the refused lines. */
function read(lines: readonly string[], delimiter = ",", newline = "\n") {
  const written = (line: string) => line.replaceAll(",", delimiter) + newline;
  const { records, scanner } = scanText(lines.map(written).join(""));
  return { records, accepted: scanner.accepted, refused: scanner.rejected.map(({ line }) => line) };
}

const endings = [",", ";", "\t", "|"].flatMap((delimiter) =>
  ["\n", "\r\n"].map((newline) => [delimiter, newline] as const),
);

describe.each(endings)(
  "a stray pair of quotes over two records, between %j, lines ending with %j",
  (...how) => {
    it.each([
      ['1,2026-01-01,complaint,"a', '2,2026-01-02,complaint,b"'],
      ['1,2026-01-01,"complaint,a', '2,2026-01-02,complaint",b'],
      ['1,"2026-01-01,complaint,a', '2,2026-01-02",complaint,b'],
      ['"1,2026-01-01,complaint,a', '2,2026-01-02,complaint,b"'],
    ])("%s", (first, second) => {
      const { accepted, refused } = read(
        [head, "0,2026-01-01,praise,x", first, second, "3,,praise,x"],
        ...how,
      );
      expect(refused).toEqual([3]);
      expect(accepted).toBe(3);
    });
  },
);

it("ids of different kinds of characters are told by the number of cells, in tables of five columns and more", () => {
  const wide = ["id,a,b,c,d", 'A-1,2,3,4,"x', '17,2,3,4,y"'];
  expect(read(wide)).toMatchObject({ accepted: 1, refused: [2] });
});

describe("what a cell says over two lines is read whole", () => {
  it.each([
    [head, '1,2026-01-01,complaint,"Main Street 5, third floor\nBerlin, Germany"'],
    [head, '1,2026-01-01,complaint,"first, of all\n2 apples, 3 pears, 4 plums, 5 figs"'],
    [head, '1,2026-01-01,"to be said,\nthat is",phone'],
    [head, '1,2026-01-01,complaint,"您好,\n我想问,价格,谢谢"'],
    ["id,name,note", '1,x,"a,b\nc,d,e"'],
    ["id,a,b,c,d", '1,2,3,4,"so\nthis, that, those, these, and all"'],
    ["id,note", '1,"a\n2,b"'],
    ["id,note", '1,"Rates\n3,4"'],
  ])("%s: %s", (header, record) => {
    for (const newline of ["\n", "\r\n"]) {
      const { records, accepted, refused } = read([header, ...record.split("\n")], ",", newline);
      expect({ accepted, refused }).toEqual({ accepted: 1, refused: [] });
      expect(records).toBe(record.replaceAll("\n", newline) + newline);
    }
  });
});

describe.each([".csv", ".csv.gz"])(
  "both tickets are there, or one is in the quarantine: tickets%s",
  (kind) => {
    it("and both equations hold", () => {
      const text = `${head}\n1,2026-01-01 10:00:00,complaint,"a\n2,2026-01-01 10:00:00,complaint,b"\n`;
      const file = `tickets${kind}`;
      return stageFolder({ [file]: kind.endsWith("gz") ? gzipSync(text) : text }, async (staged) => {
        await expectEquations(staged);
        expect(await staged.rows("select ticket_id from staging.tickets")).toEqual([{ ticket_id: "2" }]);
        expect((await staged.quarantine()).map(({ place }) => place)).toEqual([`${file}:2`]);
      });
    });
  },
);
