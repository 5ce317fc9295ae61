import { Image } from "wasm-xlsxwriter";
import { addSheet, type Book, put } from "./book.js";
import type { Sheet } from "./table.js";
import { type Trend, trendChart } from "./trends.js";

/** A chart as a picture. */
export interface Picture {
  title: string;
  png: Uint8Array;
}

/** A sheet of charts: two trends a row, then the pictures, each in a row of its own below its title. No page breaks a row. */
export function addCharts(
  book: Book,
  { name, title, holds }: { name: string; title: string; holds: string },
  trends: readonly Trend[],
  pictures: readonly Picture[],
): Sheet {
  const sheet = addSheet(book, name, title).setColumnWidthPixels(0, half).setColumnWidthPixels(1, half);
  put(book, sheet, 0, 0, name, { isHead: true });
  put(book, sheet, 0, 1, null, { isHead: true });
  for (const [index, trend] of trends.entries()) {
    const row = 1 + Math.floor(index / 2);
    const chart = trendChart(trend)
      .setWidth(half - 2 * left)
      .setHeight(trendHeight);
    sheet.setRowHeightPixels(row, trendHeight + 2 * left);
    sheet.insertChartWithOffset(row, index % 2, chart, left, left);
  }
  const first = 1 + Math.ceil(trends.length / 2);
  for (const [index, picture] of pictures.entries()) {
    const row = first + index;
    const { width, height } = sizeOf(picture.png);
    const scale = Math.min(1, (2 * half - 2 * left) / width, highest / height);
    const image = new Image(picture.png).setScaleWidth(scale).setScaleHeight(scale).setAltText(picture.title);
    put(book, sheet, row, 0, picture.title, { isBold: true, isAbove: true });
    sheet
      .setRowHeightPixels(row, Math.ceil(height * scale) + 2 * top)
      .insertImageWithOffset(row, 0, image, left, top);
  }
  return { name, holds };
}

/** Pixels of 1/96 inch; a row is at most 545 high. */
const [half, trendHeight, highest] = [460, 250, 480];
const [left, top] = [10, 30];

/** A PNG's size as its header has it (PNG specification, 11.2.2). */
function sizeOf(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
