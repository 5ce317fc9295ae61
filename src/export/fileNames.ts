/** What a name of a file may take in bytes, everywhere. */
const most = 255;
/** What stands beside the value: dots, “=”, numbers, `.locked.xlsx`, and `.1234567.tmp` while it is written. */
const besides = 40;

/** What file systems refuse, ends a line, or is not seen and so hides what a name is: controls, marks of direction, joiners. */
const refused = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Cf}<>:"/\\|?*]/gu;

/**
 * What may follow a value in a file's name, after a dot: a period, a language, the word for a locked file, a number. In a value it
 * could make its file that of another value and a period: of `East.2026-06`, and of `East` in June.
 */
const suffix = /\.(?=(?:\d[^.]*|en|zh|locked)(?:\.|$))/gi;

/**
 * The values of a dimension as parts of files' names: as they are as far as every file system takes them and nothing else of the name
 * looks like them, and no two the same, nor the same but for case. Those that stand as they are come first, so that `a_b` is `a_b` and `a/b` is `a_b_2`, whichever are printed.
 * @param others what else the name has
 */
export function fileNames(values: readonly string[], others: string): Map<string, string> {
  const room = most - besides - Buffer.byteLength(others);
  const bases = values.map((value) => [value, baseOf(value, room)] as const);
  const used = new Set<string>();
  const names = new Map<string, string>();
  const take = (value: string, name: string): boolean => {
    const isFree = !used.has(name.toLowerCase());
    if (isFree) names.set(value, name);
    used.add(name.toLowerCase());
    return isFree;
  };
  const rest = bases.filter(([value, base]) => value !== base || !take(value, base));
  for (const [value, base] of rest)
    for (let at = 1; !take(value, at === 1 ? base : `${base}_${at}`); ) at += 1;
  return names;
}

function baseOf(value: string, room: number): string {
  const plain = value
    .normalize("NFC")
    .replace(refused, "_")
    .replace(/^[. ]+|[. ]+$/g, "_");
  const short = [...plain];
  let size = Buffer.byteLength(plain);
  while (size > room) size -= Buffer.byteLength(short.pop() ?? "");
  return (
    short
      .join("")
      .replace(/[. ]+$/, "_")
      .replace(suffix, "_") || "_"
  );
}
