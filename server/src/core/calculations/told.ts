import { sourceSpan } from '../answer/blocks.js';
import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, Formula, Operand, ReadBlock } from './calculation.js';
import { figureLike } from './figures.js';
import { goesOn, isReducedAfter, writeFormula } from './formulas.js';
import { readMarks, type CalculationWords, type Mark } from './gaps.js';
import { judge } from './judge.js';

/**
 * Finds calculations that are told in words: "$0.09 an interview. At 30 interviews a month, that's $2.70", "At $0.0075 per query, 10,000 queries cost
 * $75", and "10,000 queries at 500 tokens each cost $75 on Large", where the price of Large stands in the same stretch of text. A result is called
 * wrong only where the words leave no other operands.
 */
export function findTold(blocks: readonly ReadBlock[], words: CalculationWords): Calculation[] {
  const found: Calculation[] = [];
  let prices: readonly Price[] | undefined;
  blocks.forEach((read, index) => {
    const { quantities } = read;
    for (let at = 0; at + 2 < quantities.length; at += 1) {
      const [first, second, third] = [quantities[at]!, quantities[at + 1]!, quantities[at + 2]!];
      if (third.kind !== 'money' || third.max !== undefined) continue;
      if (first.kind === 'money' && isVolume(second)) {
        const told = readScaled(read, at, words);
        if (told !== undefined) addTold(read, index, [at, at + 1], at + 2, told.isCertain, words, found);
      } else if (isVolume(first) && second.kind === 'tokens') {
        prices ??= pricesIn(blocks);
        readTokenCost(read, index, at, prices, words, found);
      }
    }
  });
  return found;
}

function isVolume({ kind, max, bound }: Quantity): boolean {
  return (
    (kind === 'count' || kind === 'rate' || kind === 'duration') &&
    max === undefined &&
    bound !== 'at-most' &&
    bound !== 'at-least'
  );
}

/** How far apart the figures of one statement stand, in characters. */
const CLOSE = 60;

/** A unit's cost, how many there are, and what that comes to; `isCertain` where nothing else can be meant. */
function readScaled(
  { text, quantities }: ReadBlock,
  at: number,
  words: CalculationWords,
): { isCertain: boolean } | undefined {
  const unit = quantities[at]!;
  const volume = quantities[at + 1]!;
  const result = quantities[at + 2]!;
  if (unit.max !== undefined || volume.start - unit.end > CLOSE || result.start - volume.end > CLOSE) return undefined;
  const between = readMarks(text, unit.end, volume.start, words);
  const before = readMarks(text, volume.end, result.start, words);
  if (!saysResult(before)) return undefined;
  const lead = text.slice(unit.end, volume.start);
  // "… $0.09. At 30 interviews a month, that's $2.70": what "that" is stands right before.
  const isIntroduced = INTRODUCED.test(lead) && words.intros.has(/(\p{L}+)\s*$/u.exec(lead)?.[1]?.toLowerCase() ?? '');
  const sharesNoun = unit.per.some((one) => one.unit === volume.unit && one.amount === 1);
  if (!isIntroduced && !(sharesNoun && between.every(({ kind }) => kind === 'comma'))) return undefined;
  const earlier = quantities[at - 1];
  const isOnly =
    earlier === undefined || earlier.kind !== 'money' || SENTENCE_END.test(text.slice(earlier.end, unit.start));
  const onward = text.slice(result.end, quantities[at + 3]?.start ?? text.length);
  const isCertain =
    isOnly && !goesOn(readMarks(text, result.end, result.end + onward.length, words)) && before.length <= 2;
  return { isCertain };
}

/** A sentence or clause ends, and the next one begins. */
const INTRODUCED = /^\s*[.;,:]/;
const SENTENCE_END = /[.;:!?]\s/;

/** Whether the words between the last operand and a figure say that the figure is the result. */
function saysResult(marks: readonly Mark[]): boolean {
  let said = 0;
  let plain = 0;
  for (const [index, { kind }] of marks.entries()) {
    if (kind === 'said') said += 1;
    else if (kind === 'word') plain += 1;
    else if (kind !== 'comma' || index > 0) return false;
  }
  return said === 1 && plain <= 2;
}

/** A price for so many tokens, and the words around it that say whose it is. */
interface Price {
  readonly operand: Operand;
  readonly before: string;
  readonly after: string;
}

/** No answer compares more models than this. */
const MOST_PRICES = 40;

function pricesIn(blocks: readonly ReadBlock[]): Price[] {
  const prices: Price[] = [];
  for (const read of blocks) {
    read.quantities.forEach((quantity, at) => {
      if (prices.length >= MOST_PRICES) return;
      if (quantity.kind !== 'money' || !quantity.per.some((one) => one.unit === 'token' && one.amount >= 1000)) return;
      const from = Math.max(read.quantities[at - 1]?.end ?? 0, quantity.start - CLOSE);
      const to = Math.min(read.quantities[at + 1]?.start ?? read.text.length, quantity.end + CLOSE);
      prices.push({
        operand: operandAt(read, quantity),
        before: read.text.slice(from, quantity.start).toLowerCase(),
        after: read.text.slice(quantity.end, to).toLowerCase(),
      });
    });
  }
  return prices;
}

/** "10,000 queries at 500 tokens each cost $75 on Large versus $10 on Small". */
function readTokenCost(
  read: ReadBlock,
  index: number,
  at: number,
  prices: readonly Price[],
  words: CalculationWords,
  found: Calculation[],
): void {
  const { text, quantities } = read;
  const [volume, tokens] = [quantities[at]!, quantities[at + 1]!];
  if (prices.length === 0 || tokens.max !== undefined || tokens.start - volume.end > CLOSE) return;
  const link = readMarks(text, volume.end, tokens.start, words).filter(({ kind }) => kind !== 'word');
  if (link.length !== 1 || link[0]!.kind !== '×') return;
  for (let result = at + 2; result < quantities.length; result += 1) {
    const stated = quantities[result]!;
    const gap = readMarks(text, quantities[result - 1]!.end, stated.start, words);
    if (stated.kind !== 'money' || stated.max !== undefined) return;
    if (result === at + 2 ? !saysResult(gap) : stated.start - quantities[result - 1]!.end > CLOSE) return;
    const after = text.slice(stated.end, stated.end + CLOSE);
    const model = MODEL_AFTER.exec(after)?.[1]?.toLowerCase();
    if (model === undefined) continue;
    // "Large costs $0.015 per 1K tokens"; else "$0.015 per 1K tokens for Large".
    const named = prices.filter(({ before }) => before.includes(model));
    const owned = named.length > 0 ? named : prices.filter(({ after: words }) => words.includes(model));
    const operands = [operandAt(read, volume), operandAt(read, tokens)];
    const total = operandAt(read, stated);
    const judged = owned.map(({ operand }) => {
      const parts = [...operands, operand];
      return { parts, judgment: judge(PRODUCT, parts, stated, total.text) };
    });
    const right =
      judged.find(({ judgment }) => judgment.verdict === 'holds') ?? (judged.length === 1 ? judged[0] : undefined);
    if (right === undefined || right.judgment.verdict === 'unclear') continue;
    found.push(calculationOf(index, PRODUCT, right.parts, total, right.judgment));
  }
}

/** A preposition and a name with a capital: "on Large", "with Mistral Small". */
const MODEL_AFTER = /^\s+\p{Ll}{2,5}\s+(?:the\s+)?(\p{Lu}[\p{L}\p{N}-]*(?:\.\d+)?(?: \p{Lu}[\p{L}\p{N}-]*)?)/u;

const PAIR: Formula = {
  operator: '×',
  left: { operator: 'operand', operand: 0 },
  right: { operator: 'operand', operand: 1 },
};
const PRODUCT: Formula = { operator: '×', left: PAIR, right: { operator: 'operand', operand: 2 } };

function addTold(
  read: ReadBlock,
  index: number,
  used: readonly number[],
  result: number,
  isCertain: boolean,
  words: CalculationWords,
  found: Calculation[],
): void {
  const operands = used.map((at) => operandAt(read, read.quantities[at]!));
  const total = operandAt(read, read.quantities[result]!);
  const judgment = judge(PAIR, operands, total.quantity, total.text);
  const isKnown =
    judgment.verdict === 'holds' || (judgment.verdict === 'fails' && isCertain && !isReducedAfter(read, result, words));
  const isHint = isCertain && judgment.verdict === 'unclear' && judgment.isRounding;
  if (isKnown || isHint) found.push(calculationOf(index, PAIR, operands, total, judgment));
}

function operandAt(read: ReadBlock, quantity: Quantity): Operand {
  return { ...sourceSpan(read.block, quantity), quantity, text: read.text.slice(quantity.start, quantity.end) };
}

function calculationOf(
  block: number,
  formula: Formula,
  operands: readonly Operand[],
  result: Operand,
  judgment: ReturnType<typeof judge>,
): Calculation {
  const figure = figureLike(judgment.computed, result.quantity, result.text);
  const near = operands.slice(0, 2);
  return {
    form: 'told',
    block,
    start: Math.min(...near.map((one) => one.start), result.start),
    end: Math.max(...near.map((one) => one.end), result.end),
    operands,
    formula,
    result,
    computed: judgment.computed,
    verdict: judgment.verdict,
    figure,
    told: `${writeFormula(formula, operands)} = ${judgment.verdict === 'holds' ? result.text.replace(/\s+/g, ' ') : figure}`,
    isRounding: judgment.isRounding,
    isMoney: true,
    ...(judgment.slip === undefined ? {} : { slip: judgment.slip }),
  };
}
