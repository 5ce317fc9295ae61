/**
 * Makes the bones of a tree one tab stop that the arrow keys walk: up and down in order, left and right to the
 * same place in the neighbouring branch, Home and End to the ends. Enter follows the link; Escape leaves the
 * tree. A bone named in the address (`#churn_rate`, `#slow_complaints.no_reminder`) is where the walk begins.
 */
export function walkTree(container: HTMLElement): void {
  const branches = [...container.querySelectorAll('[role="group"]')].map((group) => bonesOf(group));
  const bones = branches.flat();
  const named = bones.find(
    (bone) => `#${bone.dataset.cause ?? bone.dataset.kpi}` === globalThis.location?.hash,
  );
  const start = named ?? bones[0];
  start?.setAttribute("tabindex", "0");
  if (named) requestAnimationFrame(() => named.isConnected && named.focus());

  container.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const current = bones.find((bone) => bone === document.activeElement);
    if (!current) return;
    if (event.key === "Escape") {
      current.blur();
      return;
    }
    const next = neighbour(current, event.key, branches);
    if (!next) return;
    event.preventDefault();
    for (const bone of bones) bone.setAttribute("tabindex", bone === next ? "0" : "-1");
    next.focus();
  });
}

type Bone = HTMLElement | (SVGElement & { dataset: DOMStringMap });

function bonesOf(group: Element): Bone[] {
  return [...group.querySelectorAll<HTMLElement>('[role="treeitem"]')];
}

function neighbour(current: Bone, key: string, branches: Bone[][]): Bone | undefined {
  const bones = branches.flat();
  const index = bones.indexOf(current);
  const column = branches.findIndex((branch) => branch.includes(current));
  const row = branches[column]?.indexOf(current) ?? 0;
  const beside = (step: number) => {
    const branch = branches[column + step];
    return branch?.[Math.min(row, branch.length - 1)];
  };
  switch (key) {
    case "ArrowDown":
      return bones[index + 1];
    case "ArrowUp":
      return bones[index - 1];
    case "ArrowRight":
      return beside(1);
    case "ArrowLeft":
      return beside(-1);
    case "Home":
      return bones[0];
    case "End":
      return bones.at(-1);
    default:
      return undefined;
  }
}
