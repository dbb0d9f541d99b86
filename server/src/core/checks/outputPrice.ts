import type { PlacedChunk } from '../answer/readAnswer.js';
import { sourceSpan, type Block } from '../answer/blocks.js';
import { figureLike } from '../calculations/figures.js';
import { saidIn } from '../calculations/gaps.js';
import { quantitiesOf } from '../evidence/blockQuantities.js';
import type { Quantity } from '../evidence/quantities.js';
import { modelMentions, namesFamily, type ReferenceEntry } from '../reference/reference.js';
import type { Detection, Detector, DetectorInput } from './detectors.js';
import { kindList, wordList } from './options.js';
import { sentencesIn } from './sentenceOf.js';

/**
 * Finds a stated cost that prices output tokens like input tokens, for a model whose output costs more: the cost of both at the input price comes to the
 * stated figure, and with the output's own price it would not. It needs the model or both prices, the output tokens and the cost in one paragraph, item or row.
 */
export const outputPrice: Detector = {
  id: 'output-price',
  options: { output: wordList(), input: wordList(), adverbs: wordList(), joins: wordList() },
  required: ['output', 'input'],
  isAbsence: false,
  needsOwner: false,
  applies: (input) =>
    input.evidence.some(({ kind }) => kind === 'tokens') && input.evidence.some(({ kind }) => kind === 'money'),
  detect(input, options) {
    const listOf = (option: string) => new Set(kindList(options[option]));
    const names = {
      output: listOf('output'),
      input: listOf('input'),
      adverbs: listOf('adverbs'),
      joins: listOf('joins'),
    };
    const withTokens = new Set(
      input.evidence.filter(({ kind }) => kind === 'tokens').map(({ chunk, block }) => `${chunk}/${block}`),
    );
    const withMoney = new Set(
      input.evidence.filter(({ kind }) => kind === 'money').map(({ chunk, block }) => `${chunk}/${block}`),
    );
    const detections: Detection[] = [];
    input.chunks.forEach((placed, chunk) => {
      placed.chunk.blocks.forEach((block, index) => {
        const place = `${chunk}/${index}`;
        if (withTokens.has(place) && withMoney.has(place)) detections.push(...detectIn(input, placed, block, names));
      });
    });
    return detections;
  },
};

interface Names {
  readonly output: ReadonlySet<string>;
  readonly input: ReadonlySet<string>;
  readonly adverbs: ReadonlySet<string>;
  readonly joins: ReadonlySet<string>;
}

/** How far from a figure the word stands that says what it is, in characters. */
const NEAR = 18;
/** A cost may be rounded by so much; beyond it, it is another cost. */
const ROUNDING = 0.01;

function detectIn(input: DetectorInput, { offset, section }: PlacedChunk, block: Block, names: Names): Detection[] {
  const { text } = block;
  const quantities = quantitiesOf(block);
  const own = ownPrices(text, quantities, names);
  // Two prices of the writer's own go before a table's.
  const models = own === null ? pricedModels(input, text).map(({ model }) => pricesOf(model)) : [own];
  if (models.length === 0) return [];
  const sizes = { output: [] as Quantity[], input: [] as Quantity[] };
  quantities.forEach((quantity, at) => {
    const role = roleOf(text, quantities, at, names);
    if (role !== null && quantity.max === undefined && isSize(quantity)) sizes[role].push(quantity);
  });
  const [output, second] = sizes.output;
  if (output === undefined || second !== undefined || sizes.input.length > 1) return [];
  const received = sizes.input[0]?.value ?? 0;
  const volumes = [
    1,
    ...quantities
      .filter((one) => (one.kind === 'count' || one.kind === 'rate') && one.max === undefined)
      .map(({ value }) => value),
  ];
  for (const { name, currency, input: inputPrice, output: outputPrice } of models) {
    // Prices of the writer's own count before the table's.
    const prices = quantities.filter((one) => one.kind === 'money' && isTokenPrice(one));
    if (own === null && !prices.every((one) => Math.abs(priceOf(one) - inputPrice) <= inputPrice * ROUNDING)) continue;
    for (const [at, stated] of quantities.entries()) {
      if (stated.kind !== 'money' || stated.unit !== currency || stated.max !== undefined || isTokenPrice(stated))
        continue;
      // "Input $30, output $9": the cost of one of the two is not that of both.
      const role = roleOf(text, quantities, at, names, true);
      if (role === 'input' || (role === 'output' && !isOneSentence(block, stated, output))) continue;
      const read = role === 'output' ? 0 : received;
      const same = (read + output.value) * inputPrice;
      const right = read * inputPrice + output.value * outputPrice;
      const volume = volumes.find((count) => isClose(stated.value, same * count));
      // What the output or the input costs alone may come to the same.
      const alone = [read * inputPrice, output.value * outputPrice];
      const isAlone = (cost: number) => volumes.some((count) => isClose(stated.value, cost * count));
      if (alone.some(isAlone)) continue;
      if (volume === undefined || stated.value <= 0 || right <= same * (1 + 3 * ROUNDING)) continue;
      const words = text.slice(stated.start, stated.end);
      const place = (quantity: Quantity) => {
        const { start, end } = sourceSpan(block, quantity);
        return { start: offset + start, end: offset + end };
      };
      return [
        {
          ...place(stated),
          section: input.sections[section]?.id ?? null,
          names: {
            model: name,
            times: String(Number((outputPrice / inputPrice).toPrecision(2))),
            stated: words,
            figure: figureLike(right * volume, stated, words),
          },
          related: [{ ...place(output), message: text.slice(output.start, output.end).replace(/\s+/g, ' ') }],
        },
      ];
    }
  }
  return [];
}

/** What one token costs in and out, and how the one whose prices these are is called. */
interface Prices {
  readonly name: string;
  readonly currency: string;
  readonly input: number;
  readonly output: number;
}

function pricesOf({ name, currency, input, output }: ReferenceEntry['model']): Prices {
  return { name, currency: currency ?? '', input: (input ?? 0) / 1000, output: (output ?? 0) / 1000 };
}

/** The two prices that a block states for input and output, where the output's is higher; null where it states others. */
function ownPrices(text: string, quantities: readonly Quantity[], names: Names): Prices | null {
  const roles: Record<'input' | 'output', Quantity[]> = { input: [], output: [] };
  quantities.forEach((quantity, at) => {
    if (quantity.kind !== 'money' || !isTokenPrice(quantity)) return;
    const role = roleOf(text, quantities, at, names);
    if (role !== null) roles[role].push(quantity);
  });
  const [first, otherInput] = roles.input;
  const [second, otherOutput] = roles.output;
  if (!first || !second || otherInput || otherOutput || first.unit !== second.unit) return null;
  if (first.max !== undefined || second.max !== undefined || priceOf(second) <= priceOf(first)) return null;
  const name = `“${text.slice(second.start, second.end).replace(/\s+/g, ' ')}”`;
  return { name, currency: first.unit, input: priceOf(first), output: priceOf(second) };
}

function isOneSentence(block: Block, one: Quantity, other: Quantity): boolean {
  return sentencesIn(block).some(
    ({ start, end }) => start <= Math.min(one.start, other.start) && Math.max(one.end, other.end) <= end,
  );
}

function isClose(stated: number, cost: number): boolean {
  return Math.abs(stated - cost) <= ROUNDING * stated;
}

/** The models that a block names whose output costs more than their input. */
function pricedModels(input: DetectorInput, text: string): ReferenceEntry[] {
  return modelMentions(input.reference, text)
    .filter(
      ({ entry: { model } }) => model.input !== undefined && model.output !== undefined && model.output > model.input,
    )
    .filter(({ entry, by }) => by === 'name' || namesFamily(input.reference, entry, input.text))
    .map(({ entry }) => entry);
}

function isTokenPrice({ per }: Quantity): boolean {
  return per.some(({ unit }) => unit === 'token');
}

function priceOf({ value, per }: Quantity): number {
  return per.reduce((price, { amount }) => price / amount, value);
}

function isSize({ kind, per }: Quantity): boolean {
  return (kind === 'tokens' || kind === 'number' || kind === 'count') && !per.some(({ unit }) => unit === 'token');
}

/**
 * Whether the words in a figure, behind it or before it say that it is output or input. Between two figures, what stands before a comma, a bracket or an "and"
 * is said of the first ("800 out: 2,800"), what stands behind is said of the second, and what nothing parts is said of the first.
 */
function roleOf(
  text: string,
  quantities: readonly Quantity[],
  at: number,
  names: Names,
  isCost = false,
): 'output' | 'input' | null {
  const { start, end } = quantities[at]!;
  const behind = clausesIn(text.slice(end, quantities[at + 1]?.start ?? text.length), names)[0] ?? '';
  const gap = clausesIn(text.slice(quantities[at - 1]?.end ?? 0, start), names);
  const before = at > 0 && gap.length < 2 ? '' : (gap.at(-1) ?? '');
  // What a cost is for is said at leisure; of tokens, right beside them.
  const near = isCost ? Infinity : NEAR;
  for (const words of [text.slice(start, end), behind.slice(0, near), before.slice(-near)]) {
    const said = saidIn(words);
    for (const [place, word] of said.entries()) {
      // "$0.04 in total" is none for input.
      if (names.adverbs.has(word) && isCost && place < said.length - 1) continue;
      if (names.output.has(word)) return 'output';
      if (names.input.has(word)) return 'input';
    }
  }
  return null;
}

/** The words between two figures, cut at signs and at words that join clauses. */
function clausesIn(gap: string, { joins }: Names): string[] {
  return gap.split(/[:;,.()[\]|+&—–]/).flatMap((part) => {
    const clauses = [''];
    for (const piece of part.split(/(?<=\s)/)) {
      if (joins.has(piece.trim().toLowerCase())) clauses.push('');
      else clauses.push(`${clauses.pop() ?? ''}${piece}`);
    }
    return clauses;
  });
}
