import { isAt, tokenAt, type Reading } from './tokens.js';

/** How a quantity limits what it speaks of. */
export type Bound = 'at-most' | 'at-least' | 'about';

/** A bound before a quantity: signs belong to the quantity's range, words do not. */
export interface BoundBefore {
  readonly bound: Bound;
  /** Index of the first token that is a sign right before the quantity, or the quantity's own. */
  readonly first: number;
}

/** Reads the bound that ends right before the token at `index`; nothing before `floor` is looked at. */
export function readBoundBefore(reading: Reading, index: number, floor: number): BoundBefore | undefined {
  let first = index;
  let bound: Bound | undefined;
  // "<~5": the nearer sign gives way to the stronger one.
  for (let count = 0; count < 2 && first > floor && tokenAt(reading, first).gap < 2; count += 1) {
    const sign = SIGNS.get(tokenAt(reading, first - 1).lower);
    if (sign === undefined) break;
    bound = stronger(sign, bound);
    first -= 1;
  }
  if (bound !== undefined && bound !== 'about') return { bound, first };
  let at = first;
  for (let count = 0; count < 2; count += 1) {
    const words = readBoundWords(reading, at, floor);
    if (words === undefined) break;
    bound = stronger(words.bound, bound);
    if (bound !== 'about') break;
    at = words.first;
  }
  return bound === undefined ? undefined : { bound, first };
}

/** A bound after an amount or a quantity. */
export interface BoundAfter {
  readonly bound: Bound;
  readonly next: number;
  /** The end of what belongs to the quantity's range: a plus sign does, words do not. */
  readonly end: number | undefined;
}

/** Reads "+", "or more", "at most", "max" and the like after an amount or a quantity. */
export function readBoundAfter(reading: Reading, index: number): BoundAfter | undefined {
  const token = tokenAt(reading, index);
  if (token.lower === '+') {
    if (token.gap !== 0) return undefined;
    const after = tokenAt(reading, index + 1);
    const adds = after.gap === 0 && (after.type === 'number' || '$€£'.includes(after.lower || ' '));
    return adds ? undefined : { bound: 'at-least', next: index + 1, end: token.end };
  }
  if (token.type === 'end' || token.gap === 3) return undefined;
  const after = tokenAt(reading, index + 1);
  if (token.lower === '-' && token.gap === 0 && after.gap === 0) {
    if (after.lower === 'plus') return { bound: 'at-least', next: index + 2, end: after.end };
    if (after.lower === 'ish') return { bound: 'about', next: index + 2, end: after.end };
    return undefined;
  }
  if (token.type !== 'word' || token.gap === 0) return undefined;
  switch (token.lower) {
    case 'or':
    case 'and': {
      const bound = OR_WORDS.get(after.lower);
      if (bound === undefined || after.gap === 3 || (token.lower === 'and' && !AND_WORDS.has(after.lower)))
        return undefined;
      return { bound, next: index + 2, end: undefined };
    }
    case 'at':
      if (after.lower === 'most' || after.lower === 'max') return { bound: 'at-most', next: index + 2, end: undefined };
      return after.lower === 'least' || after.lower === 'minimum'
        ? { bound: 'at-least', next: index + 2, end: undefined }
        : undefined;
    case 'max':
    case 'maximum':
    case 'tops':
      return { bound: 'at-most', next: index + 1, end: undefined };
    case 'minimum':
      return { bound: 'at-least', next: index + 1, end: undefined };
    default:
      return undefined;
  }
}

/** By word or sign, the bound that it says. A map, since an object knows “constructor” too. */
function boundsOf(words: Partial<Record<Bound, readonly string[]>>): ReadonlyMap<string, Bound> {
  const bounds = new Map<string, Bound>();
  for (const bound of BOUNDS) for (const word of words[bound] ?? []) bounds.set(word, bound);
  return bounds;
}

const BOUNDS: readonly Bound[] = ['at-most', 'at-least', 'about'];

const SIGNS = boundsOf({
  'at-most': ['<', '<='],
  'at-least': ['>', '>='],
  about: ['~'],
});

const OR_WORDS = boundsOf({
  'at-most': ['less', 'fewer', 'under', 'below', 'lower', 'faster', 'sooner', 'cheaper', 'shorter'],
  'at-least': ['more', 'over', 'above', 'higher', 'greater', 'longer', 'up'],
  about: ['so'],
});

const AND_WORDS = new Set(['up', 'above', 'over', 'below', 'under']);

function stronger(bound: Bound, other: Bound | undefined): Bound {
  return other === undefined || other === 'about' ? bound : other;
}

const OPPOSITE: Readonly<Record<Bound, Bound>> = { 'at-most': 'at-least', 'at-least': 'at-most', about: 'about' };

/** Single words that bound what follows; `flips` where a negation up to two words before turns them round. */
const WORDS = boundsOf({
  'at-most': ['under', 'below', 'within', 'inside', 'max', 'maximum', 'sub'],
  'at-least': ['over', 'above', 'beyond', 'exceed', 'exceeds', 'exceeding', 'exceeded', 'minimum'],
  about: ['about', 'around', 'roughly', 'approximately', 'approx', 'circa', 'ca', 'nearly', 'almost', 'estimated'],
});

const THAN = boundsOf({
  'at-most': ['less', 'fewer', 'lower', 'smaller', 'shorter', 'faster', 'cheaper'],
  'at-least': ['more', 'greater', 'higher', 'larger', 'bigger', 'longer', 'slower'],
});

const OF = boundsOf({
  'at-most': ['max', 'maximum', 'cap', 'limit', 'ceiling', 'south'],
  'at-least': ['min', 'minimum', 'floor', 'north', 'upwards', 'excess'],
  about: ['order'],
});

interface BoundWords {
  readonly bound: Bound;
  readonly first: number;
}

function readBoundWords(reading: Reading, index: number, floor: number): BoundWords | undefined {
  if (tokenAt(reading, index).gap === 3) return undefined;
  let last = index - 1;
  if (last < floor) return undefined;
  // "approx. 5"; and "within a 5-minute window".
  if (isAt(reading, last, '.') && tokenAt(reading, last).gap === 0 && ABBREVIATED.has(tokenAt(reading, last - 1).lower))
    last -= 1;
  const article = tokenAt(reading, last).lower;
  const skipped = article === 'the' || article === 'a' || article === 'an';
  if (skipped) last -= 1;
  if (last < floor) return undefined;
  const token = tokenAt(reading, last);
  if (token.type !== 'word') return undefined;
  const before = last - 1 >= floor ? tokenAt(reading, last - 1).lower : '';
  const single = WORDS.get(token.lower);
  if (single !== undefined && !(skipped && !AFTER_ARTICLE.has(token.lower))) {
    return { bound: single === 'about' || !isNegated(reading, last, floor) ? single : OPPOSITE[single], first: last };
  }
  // "min 3 users", but "5 min 30 s" and "2-min" are minutes.
  if (
    token.lower === 'min' &&
    !skipped &&
    !(last > 0 && tokenAt(reading, last - 1).type === 'number') &&
    before !== '-'
  ) {
    return { bound: 'at-least', first: last };
  }
  switch (token.lower) {
    case 'most':
      return before === 'at' ? { bound: 'at-most', first: last - 1 } : undefined;
    case 'least':
      return before === 'at' ? { bound: 'at-least', first: last - 1 } : undefined;
    case 'to':
      if (before === 'up' || before === 'limited' || before === 'capped') return { bound: 'at-most', first: last - 1 };
      return before === 'close' ? { bound: 'about', first: last - 1 } : undefined;
    case 'at':
      return before === 'capped' || before === 'cap' ? { bound: 'at-most', first: last - 1 } : undefined;
    case 'than': {
      const bound = THAN.get(before);
      if (bound === undefined) return undefined;
      return isNegated(reading, last - 1, floor)
        ? { bound: OPPOSITE[bound], first: last - 2 }
        : { bound, first: last - 1 };
    }
    case 'of': {
      const bound = OF.get(before);
      return bound === undefined ? undefined : { bound, first: last - 1 };
    }
    case 'as': {
      const second = last - 2 >= floor ? tokenAt(reading, last - 2).lower : '';
      if (second !== 'as') return undefined;
      if (before === 'many' || before === 'much' || before === 'high') return { bound: 'at-most', first: last - 2 };
      return before === 'few' || before === 'little' || before === 'low'
        ? { bound: 'at-least', first: last - 2 }
        : undefined;
    }
    default:
      return undefined;
  }
}

const ABBREVIATED = new Set(['approx', 'ca', 'max', 'min']);
const AFTER_ARTICLE = new Set([
  'under',
  'below',
  'within',
  'over',
  'above',
  'exceed',
  'exceeds',
  'exceeding',
  'inside',
]);
const MOVES = new Set([
  'go',
  'goes',
  'fall',
  'falls',
  'drop',
  'drops',
  'dip',
  'dips',
  'rise',
  'rises',
  'get',
  'gets',
  'take',
  'takes',
  'be',
  'to',
  'cost',
  'costs',
]);

/** Whether "no", "not" or "never" stands before the word at `index`, with at most one verb of motion between. */
function isNegated(reading: Reading, index: number, floor: number): boolean {
  for (let at = index - 1; at >= Math.max(floor, index - 3); at -= 1) {
    const lower = tokenAt(reading, at).lower;
    if (
      lower === 'no' ||
      lower === 'not' ||
      lower === 'never' ||
      lower === 'cannot' ||
      lower.endsWith("n't") ||
      lower.endsWith('n’t')
    ) {
      return true;
    }
    if (!MOVES.has(lower)) return false;
  }
  return false;
}
