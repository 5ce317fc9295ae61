/** What Excel itself can hold. */
export const mostRows = 1_048_576;
export const mostColumns = 16_384;

/** A part of a workbook that unpacks to more is no table; one that packs better than so many times is made to fill memory. */
export const mostBytes = 2 ** 31;
export const mostTimes = 250;
/** Little enough to be unpacked however tightly it is packed. */
export const alwaysBytes = 2 ** 26;

/** Elements within each other; Excel's own parts have ten. */
export const mostDepth = 100;

/** Parts of a package; a workbook of hundreds of sheets with pictures has some thousand. */
export const mostParts = 20_000;

/** One text as XML, and all texts of one row; Excel's cells take 32,767 characters. */
export const mostText = 1 << 20;
export const mostRowText = 1 << 24;

/** Strings that cells share. */
export const mostStrings = 20_000_000;

/** So many filled rows are looked at for headings. */
export const headingRows = 50;
