/** The documents with the rows of a list that its own document has only the first of. */
export interface ListPages {
  /** Lists of rows. */
  pages: string[];
  /** How many stand in each of them. */
  pageLength: number;
  /** Whose rows they are, all of the list in its order. */
  names: string;
}
