import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Test files that take longest, the longest first: were one of them to begin last, the run would wait for it alone. The
 * first builds the sample's site, which others then find; few of the next ones need it.
 */
const slowest = [
  "browser/pages",
  "readme/addKpi.long",
  "export/packs.long",
  "cli/close",
  "publish/minCell",
  "faults/browserKilled",
  "cases/cases",
  "models/golden",
  "readme/readme",
  "models/properties",
  "models/changes",
  "faults/kill",
  "answers/benefit/register",
  "warehouse/shownReviews",
  "cli/escapes",
  "export/batch",
  "export/pdfUa",
  "export/report",
  "loaders/spoiltLines",
  "browser/fishbone",
  "browser/narrow",
  "browser/accessible",
  "load/loadStaging",
  "export/packs",
  "publish/coverage",
  "warehouse/target",
  "publish/benefits",
  "export/installBrowser",
  "faults/interrupt",
  "faults/crashes",
  "cli/verify",
  "sample/dirt",
  "browser/loads",
  "load/currencies",
  "cli/program",
  "catalogue/initiativeFaults",
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
