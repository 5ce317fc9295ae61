/** Names for columns of those titles, each once whatever its case. */
export function columnNames(titles: readonly string[]): string[] {
  const seen = new Set<string>();
  /** Of a title that came before, the first number that may still be free. */
  const next = new Map<string, number>();
  return titles.map((title, index) => {
    const wanted = title === "" ? `column${index + 1}` : title;
    const key = wanted.toLowerCase();
    let name = wanted;
    let again = next.get(key) ?? 1;
    while (seen.has(name.toLowerCase())) name = `${wanted}_${again++}`;
    next.set(key, again);
    seen.add(name.toLowerCase());
    return name;
  });
}
