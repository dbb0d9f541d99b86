import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  endsInLetterOrDigit,
  hasLetterOrDigit,
  isCapital,
  isLetter,
  isLetterOrDigit,
} from '../../server/src/core/answer/letters.js';

test.each([
  ['isLetter', isLetter, /^\p{L}/u],
  ['isLetterOrDigit', isLetterOrDigit, /^[\p{L}\p{N}]/u],
  ['isCapital', isCapital, /^\p{Lu}/u],
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
