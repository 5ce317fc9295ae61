import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Test files that take longest, the longest first: were one of them to begin last, the run would wait for it alone. The
 * first builds the sample's site, which others then find; no other of the first few needs it.
 */
const slowest = [
  "browser/pages",
  "readme/addKpi.long",
  "publish/minCell",
  "cases/cases",
  "models/golden",
  "readme/readme",
  "export/report",
  "browser/accessible",
  "warehouse/shownReviews",
  "faults/kill",
  "publish/coverage",
  "models/properties",
  "faults/interrupt",
  "browser/values",
  "load/loadStaging",
  "cli/escapes",
  "browser/narrow",
  "browser/fishbone",
  "browser/loads",
  "loaders/spoiltLines",
  "models/changes",
  "warehouse/target",
  "sample/generator",
  "faults/machine",
  "export/pdf",
  "sample/dirt",
  "load/currencies",
  "cli/program",
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
