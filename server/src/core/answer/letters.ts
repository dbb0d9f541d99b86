/*
 * Which characters are letters, of any script. These ask about one place of a text; in a regular expression, a class such as \p{L} holds seven hundred ranges, which
 * the engine compiles for each expression anew: a dozen of them took a tenth of the time of a review at the command line.
 */

/** Whether a letter or digit begins at a UTF-16 offset of a text. */
export function isLetterOrDigit(text: string, at: number): boolean {
  // Outside of the text, no number, and so no letter.
  const code = text.charCodeAt(at);
  if (code >= FIRST_BEYOND_ASCII) return LETTER_OR_DIGIT.test(String.fromCodePoint(text.codePointAt(at)!));
  return isDigit(code) || isAsciiLetter(code);
}

/** Whether a letter begins at a UTF-16 offset of a text. */
export function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= FIRST_BEYOND_ASCII) return LETTER.test(String.fromCodePoint(text.codePointAt(at)!));
  return isAsciiLetter(code);
}

/** Whether a capital begins at a UTF-16 offset of a text. */
export function isCapital(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= FIRST_BEYOND_ASCII) return CAPITAL.test(String.fromCodePoint(text.codePointAt(at)!));
  return code >= CAPITAL_A && code <= CAPITAL_A + 25;
}

/** Whether a text has a letter or a digit. */
export function hasLetterOrDigit(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isLetterOrDigit(text, at)) return true;
  return false;
}

/** Whether the last character of a text is a letter or a digit. */
export function endsInLetterOrDigit(text: string): boolean {
  const last = text.length - 1;
  return (
    isLetterOrDigit(text, last) ||
    (last > 0 && isLetterOrDigit(text, last - 1) && (text.codePointAt(last - 1) ?? 0) > 0xffff)
  );
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9;
}

function isAsciiLetter(code: number): boolean {
  const lower = code | CASE_BIT;
  return lower >= SMALL_A && lower <= SMALL_A + 25;
}

const FIRST_BEYOND_ASCII = 128;
const ZERO = 48;
const CAPITAL_A = 65;
const SMALL_A = 97;
const CASE_BIT = 32;
const LETTER_OR_DIGIT = /^[\p{L}\p{N}]/u;
const LETTER = /^\p{L}/u;
const CAPITAL = /^\p{Lu}/u;
