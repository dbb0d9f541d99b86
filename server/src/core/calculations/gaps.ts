import { isLetter, isLetterOrDigit, isPair, runsOfLetters, singleSpaced } from '../answer/letters.js';

/** What a word or phrase does between two quantities. The words themselves are data: the lists `calculation-…` of the rubric. */
export type WordRole = '×' | '÷' | '+' | '-' | 'of' | 'said' | '→' | 'modifier' | 'qualifier' | 'stop';

/** Phrases by their first word, the longest first. */
export interface CalculationWords {
  readonly phrases: ReadonlyMap<string, readonly { readonly words: readonly string[]; readonly role: WordRole }[]>;
  /** What names a sum's line or row, in lower case. */
  readonly totals: ReadonlySet<string>;
  /** Words of a row's or column's name after which its figures are not summed, in lower case. */
  readonly unsummed: ReadonlySet<string>;
  /** Words of money that running a system does not take. */
  readonly otherMoney: ReadonlySet<string>;
  /** Words by which something is away, and those that may stand beside "average". */
  readonly downtimes: ReadonlySet<string>;
  readonly onAverage: ReadonlySet<string>;
  /** Words by which times follow each other, and those that say that figures were added. */
  readonly sequences: ReadonlySet<string>;
  readonly sumVerbs: ReadonlySet<string>;
  /** What a column of changes is called. */
  readonly changeHeads: ReadonlySet<string>;
  /** Of what says a result, what says that it is equal. */
  readonly equals: ReadonlySet<string>;
  /** Words behind a result that make it less than its operands. */
  readonly reductions: ReadonlySet<string>;
  /** Words that name one of several things: such a line's figure is no part of a sum. */
  readonly singles: ReadonlySet<string>;
  /** Words that lead in how many there are: "at 30 interviews". */
  readonly intros: ReadonlySet<string>;
  /** What says how many there are of what was told before: "we have". */
  readonly volumeLeads: ReadonlySet<string>;
  /** What stands between a figure and the same one for another period: "$16.80 a day and $504 a month". */
  readonly onward: ReadonlySet<string>;
  /** Words before a figure that leave it its sentence's subject: "so 36,000 calls a day is …". */
  readonly leads: ReadonlySet<string>;
  /** Words behind a count of things that each of some others has: "3 questions each". */
  readonly distributives: ReadonlySet<string>;
  /** What stands between a count of things and what one of them has: "7 calls of 3K tokens". */
  readonly inside: ReadonlySet<string>;
  /** What each of some people or machines does: "10,000 users asking 3 questions"; and what may stand beside such a word. */
  readonly doings: ReadonlySet<string>;
  readonly doers: ReadonlySet<string>;
  /** Verbs that lead on to what comes out where nothing but words tells a product: "we send 60K tokens". */
  readonly outcomes: ReadonlySet<string>;
  /** Nouns that say how many times: "for 3 epochs". */
  readonly repeats: ReadonlySet<string>;
  /** Words of a change: "a 25% cut". */
  readonly changes: ReadonlySet<string>;
  /** Of these, the words for what is gone: "a saving of 30%". */
  readonly savings: ReadonlySet<string>;
  /** Words by which a share is one that costs nothing: "a 40% hit rate". */
  readonly hits: ReadonlySet<string>;
  /** Words by which shares are those of one whole: "80% go to Small". */
  readonly splits: ReadonlySet<string>;
  /** Words for people, who may be counted under more than one share. */
  readonly people: ReadonlySet<string>;
  /** Words for what is left of a price: "margin". */
  readonly margins: ReadonlySet<string>;
  /** Words for what is paid. */
  readonly costs: ReadonlySet<string>;
  /** What a difference is called: "gross margin". */
  readonly remainders: ReadonlySet<string>;
  /** Words for many at once: "for a thousand". */
  readonly bulks: ReadonlySet<string>;
  /** Words for periods, in whatever form. */
  readonly periods: ReadonlySet<string>;
  /** Words by which something counts at some times only. */
  readonly frequencies: ReadonlySet<string>;
  /** Words by which a rate is a peak, and by which it is the average. */
  readonly peaks: ReadonlySet<string>;
  readonly averages: ReadonlySet<string>;
  /** Words for the average of prices by their shares. */
  readonly blends: ReadonlySet<string>;
  /** Nouns of what comes in, which are one and the same. */
  readonly requests: ReadonlySet<string>;
  /** Words of a product behind which a rate may stand, by which it is a quotient. */
  readonly rates: ReadonlySet<string>;
  /** Words by which only a part of what is counted is meant, or more than one of it. */
  readonly shares: ReadonlySet<string>;
  /** Words that add, and words between a share and what it is one of: "3% of the 250,000 claims". */
  readonly pluses: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
  /** Words by which a share is one of the figure before it: "of which". */
  readonly ofThese: ReadonlySet<string>;
  /** Names of money that comes in month by month, and of the same for a year. */
  readonly monthlies: ReadonlySet<string>;
  readonly yearlies: ReadonlySet<string>;
  /** Words for what so many of something are: "a run of 40,000". */
  readonly wholes: ReadonlySet<string>;
  /** Articles and the like, and words that say that a figure is rough. */
  readonly articles: ReadonlySet<string>;
  readonly roughs: ReadonlySet<string>;
  /** Of these, and words like them, those that a point shortens: "approx." */
  readonly abbreviations: ReadonlySet<string>;
  /** What stands before a figure that changes, and before what it changes to: "from 12 minutes to 9". */
  readonly origins: ReadonlySet<string>;
  readonly targets: ReadonlySet<string>;
  /** Words that may stand between a change and its figures and say nothing else: "by", "that is". */
  readonly changeLinks: ReadonlySet<string>;
  /** Words by which more goes into a figure than the one before them. */
  readonly besides: ReadonlySet<string>;
  /** Words for the numbers that a model consists of. */
  readonly parameters: ReadonlySet<string>;
  /** Words that draw a conclusion from what was told before. */
  readonly conclusions: ReadonlySet<string>;
  /** Units that no quantity has, in lower case: "bps", "kWh". */
  readonly otherUnits: ReadonlySet<string>;
  /** Words that lead in a sum, and those that may stand beside them or join its parts. */
  readonly sumLeads: ReadonlySet<string>;
  readonly sumLinks: ReadonlySet<string>;
  /** What says that a figure follows for another unit of time: "so". */
  readonly restatements: ReadonlySet<string>;
  /** Words before the share that others leave; those by which shares are of different things. */
  readonly rests: ReadonlySet<string>;
  readonly qualities: ReadonlySet<string>;
  /** Words that take a share off, and those by which it is not once that something counts. */
  readonly lesses: ReadonlySet<string>;
  readonly multiples: ReadonlySet<string>;
  /** Nouns for whatever was counted. */
  readonly generics: ReadonlySet<string>;
  /** Words and pairs of words by which what was spent comes back. */
  readonly paybacks: ReadonlySet<string>;
  /** Words before a unit of a denominator: "per". */
  readonly denominators: ReadonlySet<string>;
  /** Letters of a magnitude that are not read where a blank stands before them: "100 k". */
  readonly spacedMagnitudes: ReadonlySet<string>;
  /** Words by which a day has the hours of work, and a month the days. */
  readonly workTimes: ReadonlySet<string>;
  /** Words by which a sentence says that a sum in it is wrong. */
  readonly rejections: ReadonlySet<string>;
}

/** A sign, word or break between quantities. */
export interface Mark {
  readonly kind:
    | '×'
    | '÷'
    | '+'
    | '-'
    | 'dash'
    | '='
    | '≈'
    | '→'
    | 'said'
    | 'of'
    | '('
    | ')'
    | 'word'
    | 'comma'
    | 'line'
    | 'modifier'
    | 'qualifier'
    | 'break';
  readonly start: number;
  readonly end: number;
}

/** What says that a figure is the result of those before it. */
export const RESULT_MARKS: ReadonlySet<Mark['kind']> = new Set(['=', '≈', '→', 'said']);

/** Prepares the rubric's lists. */
export function calculationWords(lists: Readonly<Record<string, readonly string[]>>): CalculationWords {
  const phrases = new Map<string, { words: readonly string[]; role: WordRole }[]>();
  for (const [list, role] of ROLES) {
    for (const phrase of lists[list] ?? []) {
      const words = phrase.toLowerCase().split(' ');
      const first = words[0] ?? '';
      const same = phrases.get(first);
      if (same) same.push({ words, role });
      else phrases.set(first, [{ words, role }]);
    }
  }
  for (const same of phrases.values()) same.sort((a, b) => b.words.length - a.words.length);
  const set = (list: string) => new Set((lists[list] ?? []).map((word) => word.toLowerCase()));
  return {
    phrases,
    totals: set('calculation-total'),
    unsummed: set('calculation-unsummed'),
    downtimes: set('calculation-downtime'),
    onAverage: set('calculation-on-average'),
    sequences: set('calculation-sequence'),
    sumVerbs: set('calculation-sum-verb'),
    changeHeads: set('calculation-change-head'),
    equals: set('calculation-equal'),
    otherMoney: set('calculation-other-money'),
    reductions: set('calculation-reduction'),
    singles: set('calculation-single'),
    intros: set('calculation-intro'),
    volumeLeads: set('calculation-volume-lead'),
    onward: set('calculation-onward'),
    leads: set('calculation-lead'),
    distributives: set('calculation-each'),
    inside: set('calculation-inside'),
    doings: set('calculation-doing'),
    doers: set('calculation-doer'),
    outcomes: set('calculation-outcome'),
    repeats: set('calculation-repeat'),
    changes: set('calculation-change'),
    savings: set('calculation-saving'),
    hits: set('calculation-hit'),
    splits: set('calculation-split'),
    people: set('calculation-people'),
    margins: set('calculation-margin'),
    costs: set('calculation-cost'),
    remainders: set('calculation-remainder'),
    bulks: set('calculation-bulk'),
    periods: set('calculation-period'),
    frequencies: set('calculation-frequency'),
    peaks: set('calculation-peak'),
    averages: set('calculation-average'),
    blends: set('calculation-blended'),
    requests: set('calculation-request'),
    rates: set('calculation-rate'),
    shares: set('calculation-share'),
    pluses: set('calculation-plus'),
    parts: set('calculation-part'),
    ofThese: set('calculation-of-these'),
    monthlies: set('calculation-monthly'),
    yearlies: set('calculation-yearly'),
    wholes: set('calculation-whole'),
    articles: set('calculation-article'),
    roughs: set('calculation-rough'),
    abbreviations: set('calculation-abbreviation'),
    origins: set('calculation-origin'),
    targets: set('calculation-target'),
    changeLinks: set('calculation-change-link'),
    besides: set('calculation-besides'),
    parameters: set('calculation-parameter'),
    conclusions: set('calculation-conclusion'),
    rejections: set('calculation-rejection'),
    otherUnits: set('calculation-other-unit'),
    sumLeads: set('calculation-sum-lead'),
    sumLinks: set('calculation-sum-link'),
    restatements: set('calculation-restatement'),
    rests: set('calculation-rest'),
    qualities: set('calculation-quality'),
    lesses: set('calculation-less'),
    multiples: set('calculation-multiple'),
    generics: set('calculation-generic'),
    paybacks: set('calculation-payback'),
    denominators: set('calculation-per'),
    spacedMagnitudes: set('calculation-spaced-magnitude'),
    workTimes: set('calculation-work-time'),
  };
}

/** Between two figures: a sentence ends. */
export const SENTENCE_END = /[.;!?](?=\s)|\n\s*\n/;

/** Where the sentence of a place begins, at most so many characters before it. */
export function sentenceStart(text: string, at: number, most: number): number {
  const from = Math.max(0, at - most);
  return from + text.slice(from, at).search(/[^.;!?\n]*$/);
}

/** What follows a place up to the end of its sentence, at most so many characters. */
export function restOfSentence(text: string, from: number, most: number): string {
  return /^[^.;!?\n]*/.exec(text.slice(from, from + most))?.[0] ?? '';
}

/** The same up to the end of its clause, or to a bracket. */
export function restOfClause(text: string, from: number, most: number): string {
  return /^[^.,;:!?()\n]*/.exec(text.slice(from, from + most))?.[0] ?? '';
}

/** The words of a text in lower case, in order; figures and signs part them, so that some may be empty. */
export function wordsIn(text: string): string[] {
  return runsOfLetters(text.toLowerCase());
}

/** The same with none of them empty: the words as they are said one after the other. */
export function saidIn(text: string): string[] {
  return wordsIn(text).filter((word) => word !== '');
}

/** A stretch of text in lower case, with single blanks. */
export function spoken(text: string): string {
  return singleSpaced(text.trim().toLowerCase());
}

/** Whether spoken words end in one of some phrases of up to two words. */
export function endsIn(words: string, phrases: ReadonlySet<string>): boolean {
  const last = words.lastIndexOf(' ');
  return (
    phrases.has(words.slice(last + 1)) || (last > 0 && phrases.has(words.slice(words.lastIndexOf(' ', last - 1) + 1)))
  );
}

/** Reads the marks of a stretch of text. Of a long one only its two ends, with a break between. */
export function readMarks(text: string, start: number, end: number, words: CalculationWords): Mark[] {
  const marks: Mark[] = [];
  if (end - start <= 2 * REACH) {
    readStretch(text, start, end, words, marks);
    return marks;
  }
  readStretch(text, start, start + REACH, words, marks);
  marks.push({ kind: 'break', start: start + REACH, end: end - REACH });
  readStretch(text, end - REACH, end, words, marks);
  return marks;
}

/** How far from a quantity a sign can stand that belongs to it; in characters. */
const REACH = 48;

const ROLES: readonly (readonly [list: string, role: WordRole])[] = [
  ['calculation-times', '×'],
  ['calculation-divided', '÷'],
  ['calculation-plus', '+'],
  ['calculation-minus', '-'],
  ['calculation-of', 'of'],
  ['calculation-said', 'said'],
  ['calculation-maybe', '→'],
  ['calculation-modifier', 'modifier'],
  ['calculation-qualifier', 'qualifier'],
  ['calculation-stop', 'stop'],
];

function readStretch(text: string, start: number, end: number, words: CalculationWords, marks: Mark[]): void {
  let at = start;
  const push = (kind: Mark['kind'], length: number) => {
    marks.push({ kind, start: at, end: at + length });
    at += length;
  };
  while (at < end) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    switch (char) {
      case ' ':
      case '\t':
      case '\r':
      case '\u00a0':
      case '"':
      case '“':
      case '”':
      case '`':
        at += 1;
        break;
      case '\n':
        push('line', 1);
        break;
      case '×':
      case '✕':
      case '⨯':
      case '·':
      case '⋅':
      case '∗':
        push('×', 1);
        break;
      case '*':
        // Two stars are a power, or markup that was not closed.
        push(next === '*' ? 'break' : '×', next === '*' ? 2 : 1);
        break;
      case '/':
        // "One retry/step", "input/output": two words, and nothing is divided.
        push(isLetter(text, at - 1) && isLetter(text, at + 1) ? 'break' : '÷', 1);
        break;
      case '÷':
      case '⁄':
      case '∕':
        push('÷', 1);
        break;
      case '@':
        push('×', 1);
        break;
      case '+':
        push('+', 1);
        break;
      case '−':
        push('-', 1);
        break;
      case '-':
        if (next === '>') push('→', 2);
        else if (next === '-') push('break', 2);
        else push(isBlankAt(text, at - 1) && isBlankAt(text, at + 1) ? 'dash' : 'word', 1);
        break;
      case '–':
      case '—':
        push(char === '–' && isBlankAt(text, at - 1) && isBlankAt(text, at + 1) ? 'dash' : 'break', 1);
        break;
      case '=':
        if (next === '>') push('→', 2);
        else push('=', next === '=' ? 2 : 1);
        break;
      case '≈':
      case '≃':
      case '≅':
        push('≈', 1);
        break;
      case '~':
        push('word', 1);
        break;
      case '→':
      case '⇒':
      case '➜':
        push('→', 1);
        break;
      case '(':
      case ')':
        push(char, 1);
        break;
      case ',':
        push('comma', 1);
        break;
      default: {
        const word = text.slice(at, wordEnd(text, at));
        if (word === '' || at + word.length > end) {
          push('break', Math.max(1, Math.min(word.length, end - at)));
          break;
        }
        const phrase = phraseAt(text, at, end, word, words);
        if (phrase !== undefined) push(KIND_OF[phrase.role] ?? 'break', phrase.length);
        else if (/\d/.test(word)) push('break', word.length);
        else if (word === 'x' || word === 'X') push('×', 1);
        else {
          push('word', word.length);
          if (text.charAt(at) === '.' && at < end && words.abbreviations.has(word.toLowerCase())) at += 1;
        }
      }
    }
  }
}

/** Where the letters, digits, underscores and apostrophes end that begin at a place. */
function wordEnd(text: string, start: number): number {
  let at = start;
  while (isLetterOrDigit(text, at) || WORD_SIGNS.includes(text.charAt(at))) at += isPair(text, at) ? 2 : 1;
  return at;
}

/** Never the end of a text, which every text includes. */
const WORD_SIGNS = ['_', "'", '’'];

const KIND_OF: Readonly<Record<WordRole, Mark['kind']>> = {
  '×': '×',
  '÷': '÷',
  '+': '+',
  '-': '-',
  of: 'of',
  said: 'said',
  '→': '→',
  modifier: 'modifier',
  qualifier: 'qualifier',
  stop: 'break',
};

function isBlankAt(text: string, at: number): boolean {
  const char = text.charAt(at);
  return char === '' || char === ' ' || char === '\n' || char === '\u00a0' || char === '\t';
}

function phraseAt(
  text: string,
  at: number,
  end: number,
  first: string,
  words: CalculationWords,
): { role: WordRole; length: number } | undefined {
  const candidates = words.phrases.get(first.toLowerCase().replace('’', "'"));
  if (candidates === undefined) return undefined;
  for (const { words: wanted, role } of candidates) {
    let position = at + first.length;
    let fits = true;
    for (let index = 1; index < wanted.length && fits; index += 1) {
      let from = position;
      while (from < end && isBlankAt(text, from)) from += 1;
      const word = wanted[index] ?? '';
      fits = from > position && text.slice(from, from + word.length).toLowerCase() === word;
      position = from + word.length;
    }
    if (fits && position <= end && !isLetterOrDigit(text, position)) return { role, length: position - at };
  }
  return undefined;
}

/**
 * Whether a figure with a decimal comma stands in a stretch of text, or touches it: "2,5 h", "€0,09", "0,125". Figures are read as they are written in
 * English, so that such a one is torn apart.
 */
export function hasDecimalComma(text: string, start: number, end: number): boolean {
  return DECIMAL_COMMA.test(text.slice(Math.max(0, start - 12), end + 4));
}

const DECIMAL_COMMA = /(?<![\d.,])\d{1,9},\d{1,2}(?!\d|,\d)|(?<![\d.,])0+,\d/;
