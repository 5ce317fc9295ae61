import { type Machine, thisMachine } from "../../src/export/machine.js";
import { refuseOthersFile } from "../../src/export/pdfTarget.js";
import { type Batch, type BatchPrint, type PdfResult, printBatch } from "../../src/export/printBatch.js";

/**
 * Prints a page of the built site into a PDF file, which appears whole or not at all. The same site gives the same bytes.
 *
 * @throws CliError 2 when the file would take the place of one that is not this program's, 1 when the site lacks the page, the page fails, or there is no browser
 */
export async function exportPdf(
  { dist, timeout, ...print }: BatchPrint & Pick<Batch<BatchPrint>, "dist" | "timeout">,
  machine: Machine = thisMachine,
): Promise<PdfResult> {
  refuseOthersFile(print.out);
  let made: PdfResult | undefined;
  await printBatch(
    {
      dist,
      prints: [print],
      concurrency: 1,
      ...(timeout === undefined ? {} : { timeout }),
      done: (_, result) => {
        made = result;
      },
    },
    machine,
  );
  return made as PdfResult;
}
