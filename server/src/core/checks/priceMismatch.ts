import { wordsIn } from '../calculations/gaps.js';
import { formatPrice } from '../reference/format.js';
import { nameOfTable } from '../reference/reference.js';
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
    const isOutput = sentence.evidence.some((item) => kindList(options['output']).includes(item.kind));
    return [{ detection: compare(price, model, isOutput, sideOf(price.text, options)) }];
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

/** What a price's own words ("per 1M input tokens") say that it is for; null where they say nothing, or both. */
function sideOf(text: string, options: Options): 'input' | 'output' | null {
  const words = wordsIn(text);
  const says = (side: 'input' | 'output') => kindList(options[`${side}-words`]).some((word) => words.includes(word));
  if (says('input') === says('output')) return null;
  return says('input') ? 'input' : 'output';
}

/** Null where the price agrees, or nobody can tell. */
function compare(
  price: PlacedEvidence,
  { entry }: NamedModel,
  isOutput: boolean,
  side: 'input' | 'output' | null,
): Detection | null {
  const { input, output, currency, name } = entry.model;
  const stated = per1K(price);
  if (stated === null || input === undefined || price.value?.unit !== currency) return null;
  // The table does not say what output costs, and the sentence may.
  if (output === undefined && isOutput) return null;
  const [one, other] =
    side === 'input' ? [input, input] : [side === 'output' ? (output ?? input) : input, output ?? input];
  const tolerance = price.value.bound === 'about' ? ABOUT : EXACT;
  if (stated >= Math.min(one, other) * (1 - tolerance) && stated <= Math.max(one, other) * (1 + tolerance)) return null;
  const known = [input, ...(output === undefined || output === input ? [] : [output])];
  return {
    start: price.start,
    end: price.end,
    section: price.section,
    names: {
      text: price.text,
      model: name,
      price: known.map((amount) => formatPrice(amount, currency)).join('/'),
      table: nameOfTable(entry.table),
    },
  };
}

const EXACT = 0.01;
const ABOUT = 0.2;

/** The stated price of 1,000 tokens; null where it is none, or a range. */
function per1K({ value }: PlacedEvidence): number | null {
  const per = value?.per[0];
  if (!value || !per || value.per.length !== 1 || per.unit !== 'token' || value.max !== undefined) return null;
  if (value.bound === 'at-most' || value.bound === 'at-least') return null;
  return (value.value * 1000) / per.amount;
}
