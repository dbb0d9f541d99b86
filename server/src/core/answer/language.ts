import { francAll } from 'franc-min';

/** Below this many words a language is a guess. */
const LEAST_WORDS = 30;
/** English prose has a share of 0.3 to 0.5 of such words, terse English notes 0.1, other languages next to none. */
const LEAST_SHARE = 0.08;

/**
 * Whether a text is mostly in a language other than English. English is assumed where that is not plain: terse technical notes have few words
 * that tell a language, and a wrong "not English" would silence every check.
 */
export function isMostlyForeign(sample: string, functionWords: readonly string[]): boolean {
  const letters = sample.match(/\p{L}/gu) ?? [];
  if (letters.length === 0) return false;
  const other = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter)).length;
  // Writing without blanks between words packs a word into one or two signs, so it outweighs Latin letters sooner.
  if (letters.length >= 20 && other / letters.length > 0.3) return true;
  const words = sample.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  if (words.length < LEAST_WORDS) return false;
  const english = new Set(functionWords);
  const known = words.filter((word) => english.has(word)).length;
  if (known / words.length >= LEAST_SHARE) return false;
  const ranked = francAll(sample, { minLength: 80 });
  const first = ranked[0];
  const eng = ranked.find(([language]) => language === 'eng');
  return first !== undefined && first[0] !== 'eng' && first[0] !== 'und' && (eng?.[1] ?? 0) < 0.9;
}
