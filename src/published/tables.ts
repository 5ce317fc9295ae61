/** A table of the site's data: how large it is, and what had to stay behind for it to fit its budget. */
export interface PublishedTable {
  path: string;
  rows: number;
  bytes: number;
  compressedBytes: number;
  dimensions: string[];
  leftOut: string[];
}
