import { Image } from "wasm-xlsxwriter";
import { addSheet, type Book, put } from "./book.js";
import type { Sheet } from "./table.js";

/** A chart as a picture. */
export interface Picture {
  title: string;
  png: Uint8Array;
}

/** A sheet of pictures, each in a row of its own below its title, so that no page breaks it. */
export function addPictures(
  book: Book,
  { name, title }: { name: string; title: string },
  pictures: readonly Picture[],
): Sheet {
  const sheet = addSheet(book, name, title).setColumnWidthPixels(0, widest + 2 * left);
  put(book, sheet, 0, 0, name, { isHead: true });
  for (const [index, picture] of pictures.entries()) {
    const { width, height } = sizeOf(picture.png);
    const scale = Math.min(1, widest / width, highest / height);
    const image = new Image(picture.png).setScaleWidth(scale).setScaleHeight(scale).setAltText(picture.title);
    put(book, sheet, index + 1, 0, picture.title, { isBold: true, isAbove: true });
    sheet
      .setRowHeightPixels(index + 1, Math.ceil(height * scale) + 2 * top)
      .insertImageWithOffset(index + 1, 0, image, left, top);
  }
  return { name, rows: pictures.length };
}

/** Pixels of 1/96 inch; a row is at most 545 high. */
const [widest, highest] = [900, 480];
const [left, top] = [10, 30];

/** A PNG's size as its header has it (PNG specification, 11.2.2). */
function sizeOf(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
