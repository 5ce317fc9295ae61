/**
 * The characters of a text for which this machine has no font, each once: they are drawn as the same box as a code point that
 * no font has.
 */
export function withoutGlyph(text: string, font: string): string[] {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [48, 40];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return [];
  const drawn = (character: string) => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.font = `24px ${font}`;
    context.fillText(character, 4, 30);
    return context.getImageData(0, 0, canvas.width, canvas.height).data.join();
  };
  const boxes = new Set(["\u{10fffe}", "\uffff"].map(drawn));
  const rare = [...new Set(text)].filter(
    (character) => (character.codePointAt(0) ?? 0) > 0x2fff || /\p{So}/u.test(character),
  );
  return rare.filter((character) => /[^\p{M}\p{C}\p{Z}]/u.test(character) && boxes.has(drawn(character)));
}
