/*
 * Which characters are letters, of any script. These ask about one place of a text; in a regular expression, a class such as \p{L} holds seven hundred ranges, which
 * the engine compiles for each expression anew: a dozen of them took a tenth of the time of a review at the command line.
 */

/** Whether a letter or digit begins at a UTF-16 offset of a text. */
export function isLetterOrDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < FIRST_BEYOND_ASCII) return isDigit(code) || isAsciiLetter(code);
  return at < text.length && LETTER_OR_DIGIT.test(String.fromCodePoint(text.codePointAt(at)!));
}

/** Whether a letter begins at a UTF-16 offset of a text. */
export function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < FIRST_BEYOND_ASCII) return isAsciiLetter(code);
  return at < text.length && LETTER.test(String.fromCodePoint(text.codePointAt(at)!));
}

/** Whether a capital begins at a UTF-16 offset of a text. */
export function isCapital(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < FIRST_BEYOND_ASCII) return code >= CAPITAL_A && code <= CAPITAL_A + 25;
  return at < text.length && CAPITAL.test(String.fromCodePoint(text.codePointAt(at)!));
}

/** Whether a text has a letter or a digit. */
export function hasLetterOrDigit(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isLetterOrDigit(text, at)) return true;
  return false;
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
