/*
 * Which characters are letters, of any script. In a regular expression, a class such as \p{L} holds seven hundred ranges, which the engine reads and compiles for each
 * expression anew: a dozen of them took a tenth of the time of a review at the command line. So these ask about one place of a text, or use such a class only where a
 * text has letters that no English word has; and the expressions stand where they are used, since one that stands outside is read by every run.
 */

/** Whether a letter or digit begins at a UTF-16 offset of a text. */
export function isLetterOrDigit(text: string, at: number): boolean {
  // Outside of the text, no number, and so no letter.
  const code = text.charCodeAt(at);
  if (code >= FIRST_BEYOND_ASCII) return /^[\p{L}\p{N}]/u.test(String.fromCodePoint(text.codePointAt(at)!));
  return isDigit(code) || isAsciiLetter(code);
}

/** Whether a letter begins at a UTF-16 offset of a text. */
export function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= FIRST_BEYOND_ASCII) return /^\p{L}/u.test(String.fromCodePoint(text.codePointAt(at)!));
  return isAsciiLetter(code);
}

/** Whether a capital begins at a UTF-16 offset of a text. */
export function isCapital(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= FIRST_BEYOND_ASCII) return /^\p{Lu}/u.test(String.fromCodePoint(text.codePointAt(at)!));
  return code >= CAPITAL_A && code <= CAPITAL_A + 25;
}

/** Whether a small letter begins at a UTF-16 offset of a text. */
export function isSmallLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= FIRST_BEYOND_ASCII) return /^\p{Ll}/u.test(String.fromCodePoint(text.codePointAt(at)!));
  return code >= SMALL_A && code <= SMALL_A + 25;
}

/** Whether the character at a place takes two UTF-16 units. */
export function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}

/** A text cut into its runs of letters: the first and the last are empty where something else begins or ends it. */
export function runsOfLetters(text: string): string[] {
  return text.split(hasOnlyCommonSigns(text) ? /[^A-Za-z]+/ : /[^\p{L}]+/u);
}

/** The same for runs of letters and digits. */
export function runsOfLettersAndDigits(text: string): string[] {
  return text.split(hasOnlyCommonSigns(text) ? /[^A-Za-z\d]+/ : /[^\p{L}\p{N}]+/u);
}

/** Whether all that a text has beyond ASCII are signs: quotes, dashes, arrows, currencies, operators. Its letters are those from A to Z, and its digits those from 0 to 9. */
export function hasOnlyCommonSigns(text: string): boolean {
  return !/[^\0-\x7f\xa0-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u2010-\u205e\u20a0-\u20bf\u2190-\u245f]/.test(text);
}

/** Whether a text has a letter or a digit. */
export function hasLetterOrDigit(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isLetterOrDigit(text, at)) return true;
  return false;
}

/** A text with single blanks for all its white space; as most has no other, it is mostly the same. */
export function singleSpaced(text: string): string {
  return /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text;
}

/** Whether the last character of a text is a letter or a digit. */
export function endsInLetterOrDigit(text: string): boolean {
  const last = text.length - 1;
  return isLetterOrDigit(text, last) || (last > 0 && isLetterOrDigit(text, last - 1) && isPair(text, last - 1));
}

/**
 * Whether a UTF-16 code is a Han character: the ideographs of the basic plane and those of extension A, with the hexagrams between the two. Chinese has no blanks
 * between words, so that each of them is read by itself.
 */
export function isHan(code: number): boolean {
  return code >= FIRST_HAN && code <= LAST_HAN;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9;
}

function isAsciiLetter(code: number): boolean {
  const lower = code | CASE_BIT;
  return lower >= SMALL_A && lower <= SMALL_A + 25;
}

const FIRST_BEYOND_ASCII = 128;
const FIRST_HAN = 0x3400;
const LAST_HAN = 0x9fff;
const ZERO = 48;
const CAPITAL_A = 65;
const SMALL_A = 97;
const CASE_BIT = 32;
