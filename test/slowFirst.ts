import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Test files that take longest, the longest first: were one of them to begin last, the run would wait for it alone. The
 * first builds the sample's site, which others then find; no other of the first few needs it.
 */
const slowest = [
  "browser/pages",
  "faults/kill",
  "models/properties",
  "cases/cases",
  "readme/readme",
  "browser/values",
  "faults/interrupt",
  "export/report",
  "models/changes",
  "browser/accessible",
  "browser/narrow",
  "warehouse/shownReviews",
  "browser/fishbone",
  "warehouse/target",
  "publish/coverage",
  "models/golden",
  "loaders/spoiltLines",
  "load/currencies",
  "export/pdf",
  "faults/machine",
  "sample/dirt",
  "loaders/equations",
  "browser/change",
  "faults/crashes",
];

export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = slowest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at < 0 ? slowest.length : at;
    };
    return [...files].sort((one, other) => place(one) - place(other));
  }
}
