import { readFileSync } from "node:fs";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Test files that take longest, the longest first: were one of them to begin last, the run would wait for it alone. The
 * first builds the sample's site, which others then find; few of the next ones need it.
 */
const slowest = [
  "browser/pages",
  "readme/addKpi.long",
  "export/packs.long",
  "export/handout/handout.long",
  "cli/close",
  "cli/verify",
  "publish/minCell",
  "publish/initiativeLeaks",
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
  "export/pdf",
  "publish/build",
  "bench/figures",
  "engine/translate",
  "sample/generator",
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
  "browser/values",
  "export/reproducible",
  "faults/machine",
  "load/currencies",
  "cli/program",
  "catalogue/initiativeFaults",
];

/** Those of pages without a browser come last: a process takes them up or the others, and ends where they change. */
const isOfPages = ({ moduleId }: TestSpecification) =>
  readFileSync(moduleId, "utf8").startsWith("// @vitest-environment jsdom");

export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = (file: TestSpecification) => {
      const at = slowest.findIndex((name) => file.moduleId.endsWith(`/test/${name}.test.ts`));
      return at >= 0 ? at : slowest.length + Number(isOfPages(file));
    };
    return [...files].sort((one, other) => place(one) - place(other));
  }

  /** Deals the files out from the slowest, so that the parts of a run (`--shard=1/4`) take about the same time. */
  override async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { index = 1, count = 1 } = this.ctx.config.shard ?? {};
    return (await this.sort(files)).filter((_, at) => at % count === index - 1);
  }
}
