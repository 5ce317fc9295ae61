/** Px of a picture of a character. */
const [width, height] = [48, 40];
/** So many are drawn below each other, and read at once: to read takes longer than to draw. */
const most = 200;

/**
 * The characters of a text for which this machine has no font, each once: they are drawn as the same box as a code point that
 * no font has.
 */
export function withoutGlyph(text: string, font: string): string[] {
  const rare = [...new Set(text)].filter(
    (character) =>
      ((character.codePointAt(0) ?? 0) > 0x2fff || /\p{So}/u.test(character)) &&
      /[^\p{M}\p{C}\p{Z}]/u.test(character),
  );
  const [one, other, ...drawn] = pictures(["\u{10fffe}", "\uffff", ...rare], font);
  const isBox = (picture: Uint32Array) =>
    [one, other].some((box) => box && picture.every((point, at) => point === box[at]));
  return rare.filter((_, at) => drawn[at] && isBox(drawn[at]));
}

/** What each character looks like. */
function pictures(characters: readonly string[], font: string): Uint32Array[] {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height * Math.min(most, characters.length)];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return [];
  context.font = `24px ${font}`;
  const found: Uint32Array[] = [];
  for (let first = 0; first < characters.length; first += most) {
    const some = characters.slice(first, first + most);
    context.clearRect(0, 0, canvas.width, canvas.height);
    for (const [row, character] of some.entries()) {
      context.save();
      context.beginPath();
      context.rect(0, row * height, width, height);
      context.clip();
      context.fillText(character, 4, row * height + 30);
      context.restore();
    }
    const { buffer } = context.getImageData(0, 0, width, height * some.length).data;
    for (const row of some.keys())
      found.push(new Uint32Array(buffer, row * width * height * 4, width * height));
  }
  return found;
}
