import { isLetter, isLetterOrDigit, isPair, runsOfLettersAndDigits } from './letters.js';
/**
 * The meaning of a heading, as a key to compare: markup, numbering, emoji, times and trailing colons are gone, letters
 * are lower case, "&" is "and", articles are dropped and plurals folded.
 */
export interface HeadingKey {
  /** The whole heading. */
  readonly key: string;
  /** The part before a subtitle ("Problem framing: contracts" → "problem framing"), or null where there is none. */
  readonly main: string | null;
  /** Whether a framework's letter or a step number stood before it ("P — Problem", "Step 2: Data"). */
  readonly letter: string | null;
  /** Seconds, where the heading carries a time such as "(5 min)". */
  readonly budgetSeconds: number | null;
}

/** Reads a heading's or lead-in's raw markdown text. */
export function readHeading(raw: string): HeadingKey {
  let text = plainHeading(raw);
  let budgetSeconds: number | null = null;
  // A time in brackets, or after a dash or comma at the end: "(5 min)", "[~2 minutes]", "— 3 min".
  text = text.replace(TIME, (_, inBrackets?: string, unit?: string, atEnd?: string) => {
    budgetSeconds = Math.round(Number(inBrackets ?? atEnd) * (unit?.toLowerCase().startsWith('s') ? 1 : 60));
    return ' ';
  });
  let letter: string | null = null;
  text = text.trim();
  for (let previous = ''; previous !== text;) {
    previous = text;
    text = cutNumbering(text).trim();
    const prefixed: RegExpExecArray | null = letter === null ? LETTER.exec(text) : null;
    if (prefixed && [0, 1, 2].every((each) => isLetter(text, prefixed[0].length + each))) {
      letter = (prefixed[1] ?? '').toLowerCase();
      text = text.slice(prefixed[0].length).trim();
    }
  }
  const subtitle = /^(.{2,60}?)\s*(?::|\s[–—-]|\()\s*\S/u.exec(text);
  return {
    key: foldWords(text),
    main: subtitle ? foldWords(subtitle[1] ?? '') : null,
    letter,
    budgetSeconds,
  };
}

/** Folds a title or alias the same way, to be looked up with `readHeading(…).key`. */
export function headingKeyOf(title: string): string {
  // Nearly all titles and aliases are bare words, and every run reads all of them.
  return foldWords(BARE_WORDS.test(title) ? title : plainHeading(title));
}

/** A heading's text without emphasis, code marks, links, HTML comments, escapes ("1\\. Problem") and a closing row of #. */
export function plainHeading(raw: string): string {
  return raw
    .replace(/<!--.*?-->/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s#+\s*$/, '')
    .replace(/[*_`~]{1,3}/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim();
}

/** A plain heading without numbers, signs and pictures before it: "17. References" and "📚 References" are both "References". */
export function withoutNumbering(heading: string): string {
  return cutNumbering(heading).trim() || heading;
}

// "(5 min)", "[2-3 minutes]", "~5 mins" at the end after a dash or comma.
const TIME =
  /[([]\s*(?:~|about |target |budget:? )?\s*(?:\d+\s*[–-]\s*)?(\d{1,3}(?:\.\d)?)\s*(min(?:ute)?s?|m|sec(?:ond)?s?)\.?\s*[^)\]]{0,20}[)\]]|(?<=[\s–—,-])(?:\d+\s*[–-]\s*)?(\d{1,3})\s*(min(?:ute)?s?)\.?\s*$/i;
// "1.", "2)", "3.1", "1️⃣", "Step 2:", "Part B -", "Section 4", "IV."
const NUMBERING =
  /^(?:(?:step|part|section|phase|stage|question)\s+(?:\d{1,2}|[a-z]|one|two|three|four|five|six)\b\s*[:.)–—-]*|\(?\d{1,2}(?:\.\d{1,2})*[.):]?(?=\s)|\d{1,2}(?:\.\d{1,2})*[.):–—-]|(?:\d\uFE0F?\u20E3)+|[ivx]{1,4}[.)])\s*/i;
// "P — Problem", "(D) Data", "R: Requirements": one letter and a separator; a word must follow.
const LETTER = /^\(?([a-z])\s*(?:[).:]|\s[–—-]|[–—])\s*/i;

/** Cuts one number off a heading's start, or else the signs and pictures there. */
function cutNumbering(heading: string): string {
  const numbering = NUMBERING.exec(heading);
  if (numbering) return heading.slice(numbering[0].length);
  let at = 0;
  while (at < heading.length && !isLetterOrDigit(heading, at) && heading[at] !== '(' && heading[at] !== '<')
    at += isPair(heading, at) ? 2 : 1;
  return heading.slice(at);
}

function foldWords(text: string): string {
  const words = BARE_WORDS.test(text)
    ? text.toLowerCase().split(' ')
    : runsOfLettersAndDigits(
        text
          .toLowerCase()
          .replace(/[’']s\b/g, '')
          .replace(/&|\+|\//g, ' and '),
      );
  return words
    .filter((word) => word !== '' && word !== 'the' && word !== 'a' && word !== 'an' && word !== 'our' && word !== 'my')
    .map(foldPlural)
    .join(' ');
}

const BARE_WORDS = /^[A-Za-z ]+$/;

function foldPlural(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') && !word.endsWith('us') && !word.endsWith('is')
    ? word.slice(0, -1)
    : word;
}
