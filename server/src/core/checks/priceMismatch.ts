import { sourceSpan } from '../answer/blocks.js';
import { saidIn } from '../calculations/gaps.js';
import { formatPrice, formatPriceTokens } from '../reference/format.js';
import { nameOfTable } from '../reference/reference.js';
import { blockOf } from './blockOf.js';
import type { Detection, Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceOfKinds } from './evidenceIndex.js';
import { evidenceKinds, kindList, wordList } from './options.js';
import { modelsIn, sentenceOf, type NamedModel } from './sentenceOf.js';

/**
 * Finds a price per tokens that is stated for a named model and that the reference table does not have. A price between input and output
 * may be a blend of both, unless its own words say which of them it is for; a sentence with several models must name model and price in turn.
 */
export const priceMismatch: Detector = {
  id: 'price-mismatch',
  options: {
    price: evidenceKinds(),
    output: evidenceKinds(),
    model: evidenceKinds(),
    'unless-near': evidenceKinds(),
    'input-words': wordList(),
    'output-words': wordList(),
    adverbs: wordList(),
  },
  required: ['price', 'model'],
  isAbsence: false,
  needsOwner: false,
  applies: (input, options) => comparisons(input, options).length > 0,
  detect: (input, options) => comparisons(input, options).flatMap(({ detection }) => detection ?? []),
};

type Options = Readonly<Record<string, unknown>>;

function comparisons(input: DetectorInput, options: Options): { detection: Detection | null }[] {
  const kinds = kindList(options['price']);
  const prices = evidenceOfKinds(input.evidence, kinds).filter((item) => per1K(item) !== null);
  return prices.flatMap((price) => {
    const sentence = sentenceOf(input, price);
    if (sentence.evidence.some((item) => kindList(options['unless-near']).includes(item.kind))) return [];
    const models = modelsIn(input, sentence, kindList(options['model']));
    const inSentence = sentence.evidence.filter((item) => kinds.includes(item.kind) && per1K(item) !== null);
    const model = models && ownerOf(input.text, price, inSentence, models);
    if (!model) return [];
    const side = sideOf(saidIn(price.text), options) ?? sideInTable(input, price, options);
    const isOutput =
      side === null
        ? isUnderOutput(input, price, options) ||
          sentence.evidence.some((item) => kindList(options['output']).includes(item.kind))
        : side === 'output';
    return [{ detection: compare(price, model, isOutput, side) }];
  });
}

/** The model whose price it is: the only one, or the one before (or behind) it where models and prices take turns. */
function ownerOf(
  text: string,
  price: PlacedEvidence,
  prices: readonly PlacedEvidence[],
  models: readonly NamedModel[],
): NamedModel | null {
  const [first] = models;
  if (!first) return null;
  if (new Set(models.map(({ entry }) => entry)).size === 1) {
    const [from, to] = first.end <= price.start ? [first.end, price.start] : [price.end, first.start];
    if (text.slice(from, to).includes(';')) return null;
    // A price before the name may be that of a model named otherwise, where there is another.
    return first.end <= price.start || prices.length === 1 ? first : null;
  }
  if (models.length !== prices.length) return null;
  const index = prices.indexOf(price);
  const isInTurn = (isModelFirst: boolean) =>
    models.every((model, at) => {
      const own = prices[at];
      const next = isModelFirst ? models[at + 1] : prices[at + 1];
      if (!own) return false;
      const [before, after] = isModelFirst ? [model, own] : [own, model];
      return before.start < after.start && (!next || after.start < next.start);
    });
  return isInTurn(true) || isInTurn(false) ? (models[index] ?? null) : null;
}

/** What a price's own words ("per 1M input tokens") or a label's say that it is for; null where they say nothing, or both. */
function sideOf(words: readonly string[], options: Options): Side | null {
  const adverbs = kindList(options['adverbs']);
  const telling = words.filter(
    (word, at) => !adverbs.includes(word) || (at === words.length - 1 && words.length <= LONGEST_WITH_ADVERB),
  );
  const says = (side: Side) => kindList(options[`${side}-words`]).some((word) => telling.includes(word));
  if (says('input') === says('output')) return null;
  return says('input') ? 'input' : 'output';
}

type Side = 'input' | 'output';

/** The side that the head of a price's column names, or another cell of its row; null where none does. */
function sideInTable(input: DetectorInput, price: PlacedEvidence, options: Options): Side | null {
  const chunk = input.chunks[price.chunk];
  const block = blockOf(input, price);
  if (!chunk || !block) return null;
  const at = price.start - chunk.offset;
  const column = block.cells.find((cell) => {
    const { start, end } = sourceSpan(block, cell);
    return start <= at && at < end;
  });
  const cells = block.cells.map(({ start, end }) => block.text.slice(start, end)).filter((text) => !/\d/.test(text));
  for (const text of column ? [column.label, ...cells] : []) {
    const side = sideOfLabel(text, options);
    if (side !== null) return side;
  }
  return null;
}

/** Whether a label above a price says that it is for output: then it may be one that the table does not have. */
function isUnderOutput(input: DetectorInput, item: PlacedEvidence, options: Options): boolean {
  const labels = blockOf(input, item)?.labels ?? [];
  return labels.some(({ text, source }) => source !== 'column' && sideOfLabel(text, options) === 'output');
}

function sideOfLabel(text: string, options: Options): Side | null {
  const words = saidIn(text.split(/[([,/]/)[0] ?? '');
  return words.length <= LONGEST_LABEL ? sideOf(words, options) : null;
}

/** In words ("Price of output tokens"): a longer label is a sentence. */
const LONGEST_LABEL = 4;
/** In words: "Tokens in", but not "Price in dollars". */
const LONGEST_WITH_ADVERB = 2;

/** Null where the price agrees, or nobody can tell. */
function compare(price: PlacedEvidence, { entry }: NamedModel, isOutput: boolean, side: Side | null): Detection | null {
  const { input, output, currency, name } = entry.model;
  const stated = per1K(price);
  if (stated === null || input === undefined || price.value?.unit !== currency) return null;
  // The table does not say what output costs, and the sentence may.
  if (output === undefined && isOutput && stated >= input && stated <= input * MOST_OF_OUTPUT) return null;
  const [one, other] =
    side === 'input' ? [input, input] : [side === 'output' ? (output ?? input) : input, output ?? input];
  const tolerance = price.value.bound === 'about' ? ABOUT : EXACT;
  if (stated >= Math.min(one, other) * (1 - tolerance) && stated <= Math.max(one, other) * (1 + tolerance)) return null;
  // In the unit that the writer used, and what the price is said to be for alone.
  const known = [...new Set([one, other])];
  const tokens = (price.value.per[0]?.amount ?? 0) >= 1_000_000 ? 1_000_000 : 1000;
  return {
    start: price.start,
    end: price.end,
    section: price.section,
    names: {
      text: price.text,
      model: name,
      price: known.map((amount) => formatPrice((amount * tokens) / 1000, currency)).join('/'),
      tokens: formatPriceTokens(tokens),
      table: nameOfTable(entry.table),
    },
  };
}

/** Output costs up to ten times what input does; beyond twice that, the price is another slip. */
const MOST_OF_OUTPUT = 20;
const EXACT = 0.01;
const ABOUT = 0.2;

/** The stated price of 1,000 tokens; null where it is none, or a range. */
function per1K({ value }: PlacedEvidence): number | null {
  const per = value?.per[0];
  if (!value || !per || value.per.length !== 1 || per.unit !== 'token' || value.max !== undefined) return null;
  if (value.bound === 'at-most' || value.bound === 'at-least') return null;
  return (value.value * 1000) / per.amount;
}
