/**
 * A number with so many decimals, as a spreadsheet shows it: halves of its decimal form away from zero (1.45 is 1.5, though
 * the double that stands for it is a little less), of which 15 digits count (0.145 × 100 is 14.5). Without a sign where it
 * rounds to 0.
 */
export function rounded(value: number, digits: number): string {
  if (!Number.isFinite(value)) return String(value).replace("Infinity", "∞");
  const [mantissa, exponent = "0"] = Math.abs(value).toPrecision(15).split("e");
  const scaled = Math.round(Number(`${mantissa}e${Number(exponent) + digits}`));
  const text = Number(`${scaled}e-${digits}`).toFixed(digits);
  return value < 0 && scaled !== 0 ? `-${text}` : text;
}

/** The same with thousands separators and the sign that texts have: −1,234.5. */
export function grouped(value: number, digits: number): string {
  const [whole = "", fraction] = rounded(value, digits).split(".");
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ",").replace("-", "−");
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
}
