/** Names for columns of those titles, each once whatever its case. */
export function columnNames(titles: readonly string[]): string[] {
  const seen = new Set<string>();
  return titles.map((title, index) => {
    const wanted = title === "" ? `column${index + 1}` : title;
    let name = wanted;
    for (let again = 1; seen.has(name.toLowerCase()); again++) name = `${wanted}_${again}`;
    seen.add(name.toLowerCase());
    return name;
  });
}
