import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Canvas, createCanvas, loadImage } from "@napi-rs/canvas";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { greatest } from "../../src/statistics/extremes.js";

const folder = join(import.meta.dirname, "pictures");
/** Px across of a picture that is kept: letters are grey lines there, which no version of a browser draws much differently. */
const across = 240;

/** A page as a small picture. */
async function pictureOf(file: string, number: number): Promise<Canvas> {
  const document = await getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 }).promise;
  try {
    const page = await document.getPage(number);
    const viewport = page.getViewport({ scale: (4 * across) / page.getViewport({ scale: 1 }).width });
    const large = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
    await page.render({ canvas: large as unknown as HTMLCanvasElement, viewport, background: "#fff" })
      .promise;
    const small = createCanvas(across, Math.round(large.height / 4));
    const context = small.getContext("2d");
    context.filter = "blur(1px)";
    context.imageSmoothingQuality = "high";
    context.drawImage(large, 0, 0, small.width, small.height);
    return small;
  } finally {
    await document.destroy();
  }
}

/** Of 0 (the same) to 1, how much a page differs from its picture on the whole, and where it does most, in squares of 12 px. */
export async function difference(
  name: string,
  file: string,
  number: number,
): Promise<{ whole: number; most: number }> {
  const path = join(folder, `${name}.png`);
  const now = await pictureOf(file, number);
  if (process.env.RENEW_PICTURES || !existsSync(path)) writeFileSync(path, await now.encode("png"));
  const kept = await loadImage(path);
  const then = createCanvas(kept.width, kept.height);
  then.getContext("2d").drawImage(kept, 0, 0);
  if (kept.width !== now.width || kept.height !== now.height) return { whole: 1, most: 1 };
  const [one, other] = [now, then].map(
    (canvas) => canvas.getContext("2d").getImageData(0, 0, kept.width, kept.height).data,
  );
  const squares = new Map<number, number>();
  let sum = 0;
  for (let at = 0; at < kept.width * kept.height; at++) {
    const apart =
      [0, 1, 2].reduce(
        (most, band) => Math.max(most, Math.abs((one?.[4 * at + band] ?? 0) - (other?.[4 * at + band] ?? 0))),
        0,
      ) / 255;
    sum += apart;
    const square = Math.floor(Math.floor(at / kept.width) / 12) * 100 + Math.floor((at % kept.width) / 12);
    squares.set(square, (squares.get(square) ?? 0) + apart / 144);
  }
  return { whole: sum / (kept.width * kept.height), most: greatest([...squares.values()], 0) };
}
