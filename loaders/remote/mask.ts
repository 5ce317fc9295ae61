/** What is shorter may be part of any text. */
const shortestPart = 8;

/** A text without secrets, however they are written: in any case, percent-encoded, as hexadecimal digits, in Base64 within more. */
export function masked(text: string, secrets: readonly string[]): string {
  const forms = [...new Set(secrets.flatMap(formsOf))].sort((one, other) => other.length - one.length);
  if (forms.length === 0) return text;
  const all = new RegExp(forms.map((form) => form.replaceAll(/[^\w]/g, "\\$&")).join("|"), "gi");
  return text.replaceAll(all, "***");
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const encoded = [encodeURIComponent(secret), percent, bytes.toString("hex"), ...base64Of(bytes)];
  const reversed = [...secret].reverse().join("");
  return [secret, ...[reversed, ...encoded].filter(({ length }) => length >= shortestPart)];
}

/** Whole, and what of it is the same wherever it begins among other bytes. */
function base64Of(bytes: Buffer): string[] {
  const parts = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    const whole = Math.floor(((shift + bytes.length) * 8) / 6);
    return text.slice(Math.ceil((shift * 8) / 6), whole);
  });
  const whole = bytes.toString("base64");
  const both = [whole, whole.replace(/=+$/, ""), ...parts];
  return both.flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]);
}
