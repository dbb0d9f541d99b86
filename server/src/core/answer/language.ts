import { francAll } from 'franc-min';
import { isHan } from './letters.js';

/** Below this many words a language is a guess. */
const LEAST_WORDS = 30;
/** English prose has a share of 0.3 to 0.5 of such words, terse English notes 0.1, other languages next to none. */
const LEAST_SHARE = 0.08;

/** What tells a text's language without reading it: letters by script, and the words that English sentences are made of. */
export interface LanguageCounts {
  readonly letters: number;
  /** Letters of scripts other than Latin. */
  readonly otherLetters: number;
  readonly words: number;
  /** Words such as "the" and "is". */
  readonly functionWords: number;
}

/** Counts the words of a text, in lower case. */
export function countLanguage(words: readonly string[], functionWords: ReadonlySet<string>): LanguageCounts {
  const counts = { letters: 0, otherLetters: 0, words: 0, functionWords: 0 };
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const code = word.charCodeAt(0);
    if (isHan(code)) {
      // No word of a language with blanks between words, so it does not thin out the English ones.
      counts.letters++;
      counts.otherLetters++;
      continue;
    }
    // Words begin with a letter, a digit or an underline; signs and figures tell no language.
    if (!(code >= 97 && code <= 122) && code < 0xc0) continue;
    counts.words++;
    counts.letters += word.length;
    if (code >= 0x250 && !(code >= 0x1e00 && code <= 0x1eff)) counts.otherLetters += word.length;
    else if (functionWords.has(word)) counts.functionWords++;
  }
  return counts;
}

/** Counts of several texts together. */
export function sumLanguage(all: readonly LanguageCounts[]): LanguageCounts {
  return all.reduce(
    (sum, each) => ({
      letters: sum.letters + each.letters,
      otherLetters: sum.otherLetters + each.otherLetters,
      words: sum.words + each.words,
      functionWords: sum.functionWords + each.functionWords,
    }),
    { letters: 0, otherLetters: 0, words: 0, functionWords: 0 },
  );
}

/**
 * Whether a text is mostly in a language other than English. English is assumed where that is not plain: terse technical notes have few words
 * that tell a language, and a wrong "not English" would silence every check. `sample` gives some of the text where its words do not decide.
 */
export function isMostlyForeign(counts: LanguageCounts, sample: () => string): boolean {
  // Writing without blanks between words packs a word into one or two signs, so it outweighs Latin letters sooner.
  if (counts.letters >= 20 && counts.otherLetters / counts.letters > 0.3) return true;
  if (counts.words < LEAST_WORDS || counts.functionWords / counts.words >= LEAST_SHARE) return false;
  const ranked = francAll(sample(), { minLength: 80 });
  const first = ranked[0];
  const eng = ranked.find(([language]) => language === 'eng');
  return first !== undefined && first[0] !== 'eng' && first[0] !== 'und' && (eng?.[1] ?? 0) < 0.9;
}
