import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  endsInLetterOrDigit,
  hasLetterOrDigit,
  hasOnlyCommonSigns,
  isCapital,
  isLetter,
  isLetterOrDigit,
  isSmallLetter,
  runsOfLetters,
  runsOfLettersAndDigits,
} from '../../server/src/core/answer/letters.js';

test.each([
  ['isLetter', isLetter, /^\p{L}/u],
  ['isLetterOrDigit', isLetterOrDigit, /^[\p{L}\p{N}]/u],
  ['isCapital', isCapital, /^\p{Lu}/u],
  ['isSmallLetter', isSmallLetter, /^\p{Ll}/u],
])('%s says of each place what Unicode says', (_name, is, pattern) => {
  for (let code = 0; code < 0x2100; code++)
    expect(is(String.fromCharCode(code), 0), code.toString(16)).toBe(pattern.test(String.fromCharCode(code)));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      for (let at = 0; at < text.length; at++) expect(is(text, at)).toBe(pattern.test(text.slice(at)));
    }),
  );
  expect(is('a', 1)).toBe(false);
  expect(is('A', -1)).toBe(false);
});

test('a text has a letter or a digit anywhere', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(hasLetterOrDigit(text)).toBe(/[\p{L}\p{N}]/u.test(text));
    }),
  );
});

test('a text ends in a letter or a digit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(endsInLetterOrDigit(text)).toBe(/[\p{L}\p{N}]$/u.test(text));
    }),
  );
  expect(endsInLetterOrDigit('𐐀')).toBe(true);
});

/** Letters and digits of many kinds, and what stands between them. */
const MIXED = fc.string({
  unit: fc.constantFrom(
    'a',
    'Z',
    '7',
    ' ',
    '-',
    '’',
    '–',
    '→',
    '×',
    '€',
    '½',
    '²',
    '①',
    'é',
    'ß',
    'Ж',
    '中',
    '𐐀',
    '😀',
  ),
});

test('a text is cut into the runs that Unicode sees', () => {
  fc.assert(
    fc.property(fc.oneof(MIXED, fc.string({ unit: 'binary' })), (text) => {
      expect(runsOfLetters(text)).toEqual(text.split(/[^\p{L}]+/u));
      expect(runsOfLettersAndDigits(text)).toEqual(text.split(/[^\p{L}\p{N}]+/u));
    }),
  );
});

test('no sign that is common is a letter or a digit', () => {
  for (let code = 0; code <= 0xffff; code++) {
    const char = String.fromCharCode(code);
    if (hasOnlyCommonSigns(char) && code > 0x7f) expect(/[\p{L}\p{N}]/u.test(char), code.toString(16)).toBe(false);
  }
  expect(hasOnlyCommonSigns('“2 × $3” – 6 → ok…')).toBe(true);
  expect(hasOnlyCommonSigns('10 €')).toBe(true);
});
