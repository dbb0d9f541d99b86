import type { Span } from './answer/spans.js';
import type { Completion } from './complete.js';
import { formatPrice, formatPriceTokens, formatSecondsRange, formatTokens } from './reference/format.js';
import { modelMentions, nameOfTable, type Reference, type ReferenceEntry } from './reference/reference.js';
import type { ReferenceTable } from './rubric/types.js';

interface Offer {
  readonly label: string;
  readonly detail: string;
  /** What the label does not say by itself. */
  readonly beside: string;
  /** What kind of figure it is. */
  readonly what: string;
  readonly table: ReferenceTable | null;
}

/**
 * Reference figures for the place behind `typed`, a line's text so far: those of the models that the line names, else those whose name shares a word with
 * the line's last two. `at` is the offset where `typed` ends.
 */
export function completeFigures(reference: Reference, typed: string, at: number): Completion[] {
  // What is typed of a figure or a word goes: "$0.0".
  const word = /(?:[$€£¥]\d*|\d+)?(?:[.,]\d*)*[\p{L}\p{N}]*$/u.exec(typed)?.[0] ?? '';
  const before = typed.slice(0, typed.length - word.length);
  // "$15/", "1–": the rest of a figure that stands there.
  if (/\S[/–-]$/.test(before)) return [];
  const mentions = modelMentions(reference, before);
  const named = mentions.at(-1);
  const offers = named ? byWords(offersOf(named.entry), before) : offersByWord(reference, before, word);
  const replace: Span = { start: at - word.length, end: at };
  return offers.map(({ label, detail, beside, table }, index) => ({
    label,
    detail,
    beside,
    documentation: sourceOf(table),
    snippet: label.replace(/[\\$}]/g, '\\$&'),
    replace,
    // Whatever was typed chose the offer already.
    filterText: word === '' ? label : `${word} ${label}`,
    sortText: String(index).padStart(2, '0'),
    kind: 'figure',
  }));
}

function offersOf({ model, table }: ReferenceEntry): Offer[] {
  const { name, input, output, window, latency, currency, priceTokens = 1000 } = model;
  const price = (per1K: number) =>
    `${formatPrice((per1K * priceTokens) / 1000, currency)} per ${formatPriceTokens(priceTokens)}`;
  const offer = (label: string, what: string, beside = `${name}: ${what}`): Offer => ({
    label,
    detail: `${name}: ${what}`,
    beside,
    what,
    table,
  });
  return [
    ...(input === undefined
      ? []
      : [offer(`${price(input)} ${output === undefined ? '' : 'input '}tokens`, 'price', name)]),
    ...(output === undefined ? [] : [offer(`${price(output)} output tokens`, 'price of output', name)]),
    ...(latency === undefined ? [] : [offer(formatSecondsRange(latency), 'latency')]),
    ...(window === undefined ? [] : [offer(`${formatTokens(window)} tokens`, 'context window')]),
  ];
}

/** A model's figures in their order, those first that the words before the place ask for: "a window of". */
function byWords(offers: readonly Offer[], before: string): Offer[] {
  const wanted = lastStems(before).filter(isTelling);
  const asked = ({ what }: Offer) => stemsIn(what).filter((stem) => wanted.includes(stem)).length;
  return [...offers].sort((a, b) => asked(b) - asked(a));
}

/** How many words back a figure's name is looked for, and the least letters of a word that names one. */
const WORDS_BACK = 3;
const LEAST_LETTERS = 4;

function offersByWord(reference: Reference, before: string, word: string): Offer[] {
  const wanted = [...lastStems(before), ...stemsIn(word)].filter(isTelling);
  if (wanted.length === 0) return [];
  const isAsked = (text: string) => {
    const stems = stemsIn(text);
    return wanted.some((stem) => stems.some((other) => isSameWord(stem, other)));
  };
  const figures = reference.figures
    .filter(({ title, text }) => isAsked(`${title} ${text}`))
    .map(({ title, text, table }) => ({ label: text, detail: title, beside: title, what: title, table }));
  // "Latency: " with no model named: that of each.
  const ofModels = reference.entries.flatMap((entry) => offersOf(entry).filter(({ what }) => isAsked(what)));
  return [...figures, ...ofModels];
}

function lastStems(text: string): string[] {
  return stemsIn(text).slice(-WORDS_BACK);
}

/** Long enough, or an abbreviation: "GPU". */
function isTelling(stem: string): boolean {
  return stem.length >= LEAST_LETTERS || (stem.length > 1 && stem === stem.toUpperCase());
}

/** The words of a text; abbreviations keep their capitals. */
function stemsIn(text: string): string[] {
  return (text.match(/\p{L}+/gu) ?? []).map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : stemOf(word)));
}

/** "Tokens" and "token" are one word. */
function stemOf(word: string): string {
  return word.toLowerCase().replace(/s$/, '');
}

/** "Generation" and "generating" are of one word too. */
function isSameWord(one: string, other: string): boolean {
  return one === other || (Math.min(one.length, other.length) > ROOT && one.slice(0, ROOT) === other.slice(0, ROOT));
}

/** So many letters at the beginning tell what a long word is about. */
const ROOT = 7;

function sourceOf(table: ReferenceTable | null): string {
  return table ? `${nameOfTable(table)}\n\n${table.source}` : '`designAnswers.modelPrices`';
}
