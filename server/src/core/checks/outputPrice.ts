import type { PlacedChunk } from '../answer/readAnswer.js';
import { sourceSpan, type Block } from '../answer/blocks.js';
import { figureLike } from '../calculations/figures.js';
import { wordsIn } from '../calculations/gaps.js';
import { quantitiesOf } from '../evidence/blockQuantities.js';
import type { Quantity } from '../evidence/quantities.js';
import { modelMentions, namesFamily, type ReferenceEntry } from '../reference/reference.js';
import type { Detection, Detector, DetectorInput } from './detectors.js';
import { kindList, wordList } from './options.js';

/**
 * Finds a stated cost that prices output tokens like input tokens, for a model whose output costs more: the cost of both at the input price comes to the
 * stated figure, and with the output's own price it would not. It needs the model or both prices, the output tokens and the cost in one paragraph, item or row.
 */
export const outputPrice: Detector = {
  id: 'output-price',
  options: { output: wordList(), input: wordList() },
  required: ['output', 'input'],
  isAbsence: false,
  needsOwner: false,
  applies: (input) =>
    input.evidence.some(({ kind }) => kind === 'tokens') && input.evidence.some(({ kind }) => kind === 'money'),
  detect(input, options) {
    const names = { output: new Set(kindList(options['output'])), input: new Set(kindList(options['input'])) };
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
    const same = (received + output.value) * inputPrice;
    const right = received * inputPrice + output.value * outputPrice;
    for (const stated of quantities) {
      if (stated.kind !== 'money' || stated.unit !== currency || stated.max !== undefined || isTokenPrice(stated))
        continue;
      const volume = volumes.find((count) => isClose(stated.value, same * count));
      // What the output or the input costs alone may come to the same.
      const alone = [received * inputPrice, output.value * outputPrice];
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

/** Whether the words in a figure, behind it or before it say that it is output or input. */
function roleOf(text: string, quantities: readonly Quantity[], at: number, names: Names): 'output' | 'input' | null {
  const quantity = quantities[at]!;
  const next = Math.min(quantities[at + 1]?.start ?? text.length, quantity.end + NEAR);
  const last = Math.max(quantities[at - 1]?.end ?? 0, quantity.start - NEAR);
  // "800 out: 2,800": what stands before a colon is said of the figure before it.
  const before =
    text
      .slice(last, quantity.start)
      .split(/[:;.(]/)
      .at(-1) ?? '';
  for (const words of [text.slice(quantity.start, next), before]) {
    for (const word of wordsIn(words)) {
      if (names.output.has(word)) return 'output';
      if (names.input.has(word)) return 'input';
    }
  }
  return null;
}
