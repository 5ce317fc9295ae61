const month = "(?:0[1-9]|1[0-2])";
const day = "(?:0[1-9]|[12]\\d|3[01])";
const alone = (pattern: string) => new RegExp(`(?<!\\d)${pattern}(?!\\d)`, "u");

/** What leads to a person wherever it stands. */
const personalTexts = [
  /[^\s@,;<>]+@[^\s@,;<>]+\.\p{L}{2,}/u,
  // An identity card: region, day of birth, serial number, with or without century and check digit.
  alone(`[1-9]\\d{5}(?:19|20)\\d{2}${month}${day}\\d{3}[\\dXx]`),
  alone(`[1-9]\\d{7}${month}${day}\\d{3}`),
  // Telephones: mobiles, area code and number, with a country's code, in groups of 3, 3 and 4.
  alone("(?:86[-\\s]?)?1[3-9]\\d[-\\s]?\\d{4}[-\\s]?\\d{4}"),
  alone("\\(?0\\d{2,3}[-\\s)]\\s?\\d{7,8}"),
  alone("\\(?\\d{3}\\)?[-.\\s]\\d{3}[-.\\s]\\d{4}"),
  /\+\d{1,3}[-\s(]*\d(?:[-\s().]*\d){6,13}(?!\d)/u,
];

/** Whether a text holds what looks like a mail address, a telephone number or an identity card's number. */
export function looksPersonal(text: string): boolean {
  const narrow = text.normalize("NFKC");
  return personalTexts.some((pattern) => pattern.test(narrow));
}

/** What stands where a value is not shown, as it may lead to a person. */
export const masked = "(masked)";
