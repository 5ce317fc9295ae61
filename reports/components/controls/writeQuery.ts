/** Puts choices into the address in the place of the `owned` ones there; those of other controls stay. */
export function writeQuery(owned: readonly string[], chosen: Readonly<Record<string, string>>): void {
  const query = new URLSearchParams(location.search);
  for (const name of owned) query.delete(name);
  for (const [name, value] of Object.entries(chosen)) query.set(name, value);
  const search = query.size > 0 ? `?${query}` : "";
  if (search !== location.search)
    history.replaceState(null, "", `${location.pathname}${search}${location.hash}`);
}
