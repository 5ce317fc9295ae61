// @vitest-environment jsdom
import { expect, test } from "vitest";
import { picture } from "../../reports/components/charts/picture.js";
import { measureText, shorten, wrapText } from "../../reports/components/data/text.js";
import { h, s, say } from "../../reports/components/element.js";
import { quoted } from "../../reports/components/print/pageStyle.js";

const names = [
  `<img class=hostile src=x onerror="hostile=1">`,
  "</script><script class=hostile>hostile=1</script>",
  `" onmouseover="hostile=1" class="hostile`,
  "<svg class=hostile onload=hostile=1>",
  "&lt;b class=hostile&gt;&#60;b&#62;",
];

test.each(names)("%s is text in HTML, SVG, attributes, and what is said later", (name) => {
  const line = h("p", {}, name);
  say(line.appendChild(h("b")), name);
  const drawn = s("svg", { "aria-label": name }, s("text", {}, name));
  const box = h("div", { title: name, "data-key": name, class: "own" }, line, [name], picture(drawn));
  expect(box.textContent).toBe(name.repeat(4));
  expect([box.title, box.dataset.key, drawn.getAttribute("aria-label")]).toEqual([name, name, name]);
  expect(box.querySelectorAll("*")).toHaveLength(4);
  const again = h("div");
  again.innerHTML = box.outerHTML;
  expect(again.querySelector(".hostile, script, img, [onmouseover], [onload]")).toBeNull();
  expect(again.textContent).toBe(name.repeat(4));
});

test("what turns the words and figures beside it around is shown, as terminals show it, and a key stays as it is", () => {
  const name = "East\u202e\u2066";
  const shown = "East\\u202e\\u2066";
  const drawn = picture(s("svg", { "aria-label": `${name} 12 %` }, s("text", {}, name)));
  const said = h("p");
  say(said, `${name} 12 %`);
  const cell = h("td", { title: name, "data-key": name }, name);
  expect([cell.textContent, cell.title, said.textContent, drawn.textContent]).toEqual([
    shown,
    shown,
    `${shown} 12 %`,
    shown,
  ]);
  expect(drawn.getAttribute("aria-label")).toBe(`${shown} 12 %`);
  expect(cell.dataset.key).toBe(name);
  expect(measureText(name, 12)).toBe(measureText(shown, 12));
  expect(quoted(name)).toBe(`"East\\\\u202e\\\\u2066"`);
});

test("a word longer than its place is broken, cut, or may be broken", () => {
  const word = "long".repeat(75);
  for (const language of ["en", "zh-CN"] as const) {
    const lines = wrapText(`a ${word}`, 120, { size: 12, language, measure: measureText });
    expect(lines.join("").replace(" ", "")).toBe(`a${word}`);
    for (const line of lines) expect(measureText(line, 12)).toBeLessThanOrEqual(120);
  }
  const cut = shorten(word, 120);
  expect(cut).toMatch(/^(long)+\w*…$/);
  expect(measureText(cut, 12)).toBeLessThanOrEqual(120);
  expect(shorten("short", 120)).toBe("short");
  expect(
    quoted(word)
      .split("\u200b")
      .map(({ length }) => length),
  ).toEqual([61, 60, 60, 60, 61]);
  expect(quoted("客户满意度".repeat(30))).not.toContain("\u200b");
});
