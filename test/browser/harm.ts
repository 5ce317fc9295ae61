/**
 * What names have done to a page, and all that it says; to be run in it. Nothing of it may be a call of what is not in the page.
 */
export function harmOf(): { harm: string[]; texts: string[] } {
  const harm: string[] = [];
  const hostile = (globalThis as { hostile?: unknown }).hostile;
  if (hostile !== undefined) harm.push(`a script was run: ${String(hostile)}`);
  for (const element of document.querySelectorAll("*")) {
    const { localName } = element;
    if (/^(foreignobject|iframe|object|embed)$/i.test(localName) || element.classList.contains("hostile"))
      harm.push(`an element: ${localName}`);
    for (const { name, value } of element.attributes) {
      // The page's own: a style sheet that waits until the page stands.
      const isOwn = localName === "link" && name === "onload" && value === "this.media='all'";
      if (name.startsWith("on") && !isOwn) harm.push(`a handler: ${localName} ${name}`);
      if (
        /^(href|src|action|xlink:href)$/.test(name) &&
        new URL(value, location.href).origin !== location.origin
      )
        harm.push(`an address: ${localName} ${value}`);
    }
  }
  const told = [...document.querySelectorAll("[aria-label], [title], option")].flatMap((element) => [
    element.getAttribute("aria-label") ?? "",
    element.getAttribute("title") ?? "",
  ]);
  return { harm, texts: [document.title, document.body.textContent ?? "", ...told] };
}
