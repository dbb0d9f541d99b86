import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, ReadBlock } from './calculation.js';
import { hasDecimalComma, spoken, type CalculationWords } from './gaps.js';
import { judge, unitOf, type Judgment } from './judge.js';
import { isPeriod, secondsOf } from './periods.js';
import { operandAt, statedCalculation, FIRST } from './stated.js';
import { isOneValue } from './figures.js';

/**
 * Finds figures that are said once more in another unit of time and do not come out, or do behind a colon: "$300 a day, so $300 a month", "60,000 seconds, about 1.7 hours". Where a word
 * says that the second follows from the first, a slip is wrong; where nothing but a comma does, it is doubted, and only where no plan that is cheaper by
 * the month explains it. `known` are the places of results that were read already.
 */
export function findRestated(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    const { block, text, quantities } = read;
    if (block.kind === 'row') return;
    for (let at = 1; at < quantities.length; at += 1) {
      const [left, right] = [quantities[at - 1]!, quantities[at]!];
      if (!isRestated(left, right) || known.has(operandAt(read, right).start)) continue;
      if (!ENDS.test(text.slice(right.end)) || hasDecimalComma(text, left.start, right.end)) continue;
      const link = linkBetween(text.slice(left.end, right.start), words);
      const judgment = link === null ? null : judgmentOf(read, left, right, link);
      if (judgment === null) continue;
      const operands = [operandAt(read, left)];
      const statement = {
        form: 'told',
        block: index,
        formula: FIRST,
        operands,
        result: operandAt(read, right),
      } as const;
      found.push(statedCalculation(statement, judgment));
    }
  });
  return found;
}

/** Nothing follows in the sentence: "… a month for storage" is another cost, and "…, $3,000 a year" one more plan. */
const ENDS = /^\)?\s*(?:[.;!?](?:\s|$)|\n|$)/;
/** How many of one are in the other, for units of time of fixed length. */
const LONGEST_FIXED = 3600;

/** Whether two figures are of the same thing: for two different periods, or two times in different units. */
function isRestated(left: Quantity, right: Quantity): boolean {
  if (left.kind !== right.kind || left.unit !== right.unit || !isOneValue(left) || !isOneValue(right)) return false;
  if (left.kind === 'duration') return left.per.length === 0 && right.per.length === 0;
  const [one, ...more] = left.per;
  const [other, ...others] = right.per;
  if (one === undefined || other === undefined || more.length + others.length > 0) return false;
  return (
    isPeriod(one.unit) && isPeriod(other.unit) && one.unit !== other.unit && one.amount === 1 && other.amount === 1
  );
}

/** What leads from the first figure to the second: a word that concludes or equates, one that only says that it is rough, a colon, or a comma. */
type Link = 'said' | 'rough' | 'colon' | 'comma';

function linkBetween(gap: string, words: CalculationWords): Link | null {
  if (!/^\s*[,;(:]/.test(gap)) return null;
  const said = spoken(gap.replace(/[,;(:]/g, ' '));
  if (said === '') return /\(/.test(gap) ? null : /:/.test(gap) ? 'colon' : 'comma';
  const [first = '', ...rest] = said.split(' ');
  const isRough = (word: string) => words.roughs.has(word);
  if (isRough(first) && rest.length === 0) return 'rough';
  const restates = words.restatements.has(
    rest.length > 0 && isRough(rest.at(-1)!) ? said.slice(0, said.lastIndexOf(' ')) : said,
  );
  return restates ? 'said' : null;
}

/** What is to be said of a figure that is said once more; null where it comes out, or another reading explains it. */
function judgmentOf(read: ReadBlock, left: Quantity, right: Quantity, link: Link): Judgment | null {
  const result = operandAt(read, right);
  const first = operandAt(read, left);
  const judgment = judge(FIRST, [first], right, result.text);
  // Two prices with a comma between may be two plans.
  if (judgment.verdict === 'holds') return left.kind === 'money' && link !== 'comma' ? judgment : null;
  if (judgment.verdict !== 'fails') return null;
  const doubt: Judgment = { ...judgment, verdict: 'unclear' };
  const ratio = right.value / judgment.computed;
  const isLoose = link === 'comma' || link === 'colon';
  if (left.kind === 'duration') {
    const units = [unitOf(left, first.text), unitOf(right, result.text)];
    if (units[0] === units[1] || units.some((unit) => unit > LONGEST_FIXED * (1 + 1e-9)) || isLoose) return null;
    if (judgment.slip === 'magnitude') return judgment;
    const { slip: _slip, ...plain } = doubt;
    return Math.abs(ratio - 1) > ROUGH ? { ...plain, isRounding: true } : null;
  }
  const isSame = left.value === right.value;
  const isLonger = (secondsOf(right.per[0]!.unit) ?? 0) > (secondsOf(left.per[0]!.unit) ?? 0);
  if (!isLoose) {
    if (left.kind !== 'money' && !isSame) return judgment.slip === 'magnitude' ? doubt : null;
    return isSame ? { ...judgment, slip: 'period' } : judgment.slip === 'magnitude' ? judgment : null;
  }
  if (left.kind !== 'money' || !isLonger) return null;
  if (isSame) return { ...doubt, slip: 'period' };
  return judgment.slip === 'magnitude' && ratio > 1 ? doubt : null;
}

const ROUGH = 0.1;
