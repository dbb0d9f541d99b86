import { joins, tokenAt, type Reading, type Token } from './tokens.js';
import { COUNTABLE, EVENTS, IRREGULAR_PLURALS, NO_PLURALS, PERIODIC, STOP_WORDS } from './words.js';

/** A noun that is counted. */
export interface Noun {
  /** The head noun, singular, lower case. */
  readonly unit: string;
  /** Index after its last token. */
  readonly next: number;
  readonly end: number;
  /** The unit of time that "daily" and its kin put the noun in, of happenings only. */
  readonly per: string | undefined;
}

/** At most so many adjectives stand before a counted noun. */
const MOST_ADJECTIVES = 2;

/**
 * Reads up to two adjectives and a plural noun that starts at this token; where `singular` is set, a known countable
 * noun in the singular as well ("1 user").
 */
export function readNoun(reading: Reading, first: number, singular: boolean): Noun | undefined {
  let index = first;
  let periodic: string | undefined;
  for (let words = 0; words <= MOST_ADJECTIVES; words += 1) {
    const token = tokenAt(reading, index);
    if (token.type !== 'word' || token.gap === 0 || !joins(reading, index)) return undefined;
    const isLetters = isAb(reading, index);
    if (!isLetters && (STOP_WORDS.has(token.lower) || token.lower === '')) return undefined;
    const compound = isLetters ? index + 3 : compoundEnd(reading, index);
    const head = tokenAt(reading, compound - 1);
    const unit = isLetters ? undefined : headUnit(reading, head, singular);
    if (unit !== undefined && !isPluralAfter(reading, head, compound)) {
      const whole = compound > index + 1 ? `${reading.text.slice(token.start, head.start).toLowerCase()}${unit}` : unit;
      return {
        unit: whole,
        next: compound,
        end: head.end,
        per: periodic !== undefined && EVENTS.has(unit) ? periodic : undefined,
      };
    }
    periodic ??= PERIODIC.get(token.lower);
    index = compound;
  }
  return undefined;
}

/** The singular of a plural noun, or undefined where the word is no plural. */
export function singularOf(reading: Reading, token: Token): string | undefined {
  const lower = token.lower;
  const irregular = IRREGULAR_PLURALS.get(lower);
  if (irregular !== undefined) return irregular;
  const length = lower.length;
  if (length < 3 || lower.charCodeAt(length - 1) !== 115 || NO_PLURALS.has(lower)) return undefined;
  const beforeLast = reading.text.charCodeAt(token.end - 2);
  // "GPUs", "A100s".
  if ((beforeLast >= 65 && beforeLast <= 90) || (beforeLast >= 48 && beforeLast <= 57)) return lower.slice(0, -1);
  if (beforeLast === 39 || beforeLast === 0x2019) return undefined;
  const ending = lower.charAt(length - 2);
  if (ending === 's' || ending === 'u' || ending === 'i') return undefined;
  if (lower.endsWith('ies') && length > 4) return `${lower.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|o)es$/.test(lower)) return lower.slice(0, -2);
  return lower.slice(0, -1);
}

function headUnit(reading: Reading, token: Token, singular: boolean): string | undefined {
  const plural = singularOf(reading, token);
  if (plural !== undefined) return plural;
  return singular && COUNTABLE.has(token.lower) ? token.lower : undefined;
}

/** Whether the next word is the real head: "sales calls" never comes here, "systems engineers" and "GPU hours" do. */
function isPluralAfter(reading: Reading, head: Token, next: number): boolean {
  const token = tokenAt(reading, next);
  if (token.type !== 'word' || token.gap !== 1) return false;
  if (ADJECTIVE_PLURALS.has(head.lower)) return singularOf(reading, token) !== undefined;
  // A singular before its plural head: "1 user request" counts requests, "1 user asks" users.
  return singularOf(reading, head) === undefined && COUNTABLE.has(token.lower);
}

const ADJECTIVE_PLURALS = new Set(['systems', 'operations', 'customs', 'sports', 'goods', 'communications', 'savings']);

/** "A/B tests". */
function isAb(reading: Reading, index: number): boolean {
  const first = tokenAt(reading, index);
  const slash = tokenAt(reading, index + 1);
  const second = tokenAt(reading, index + 2);
  return (
    first.lower === 'a' &&
    slash.lower === '/' &&
    slash.gap === 0 &&
    second.lower === 'b' &&
    second.gap === 0 &&
    second.type === 'word'
  );
}

/** The index after a word and what hyphens join to it: "open-source", "follow-ups". At most three parts. */
function compoundEnd(reading: Reading, index: number): number {
  let next = index + 1;
  for (let parts = 0; parts < 2; parts += 1) {
    const hyphen = tokenAt(reading, next);
    const word = tokenAt(reading, next + 1);
    if (hyphen.lower !== '-' || hyphen.gap !== 0 || word.type !== 'word' || word.gap !== 0) break;
    next += 2;
  }
  return next;
}
