/** So many pages are read at most. */
const most = 2000;

/** The text that the pages of a PDF draw, as whoever copies it out gets it: a line for each run of letters. */
export async function printedText(pdf: Uint8Array): Promise<string> {
  const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const loading = getDocument({ data: new Uint8Array(pdf), verbosity: VerbosityLevel.ERRORS });
  try {
    const document = await loading.promise;
    const runs: string[] = [];
    for (let number = 1; number <= Math.min(document.numPages, most); number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      for (const item of items) if ("str" in item) runs.push(item.str);
      page.cleanup();
    }
    return runs.join("\n").normalize("NFKC");
  } finally {
    await loading.destroy();
  }
}
