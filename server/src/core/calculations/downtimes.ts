import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, Formula, Operand, ReadBlock } from './calculation.js';
import { isOneValue } from './figures.js';
import { restOfSentence, saidIn, sentenceStart, type CalculationWords } from './gaps.js';
import { periodIn, secondsOf } from './periods.js';
import { FIRST, operandAt, statedCalculation } from './stated.js';

/** "99.9% allows 7 hours of downtime in a month": how long something is away by a share of the time, a hint where it is another. */
export function findDowntimes(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    const { text, quantities } = read;
    if (quantities.length < 2 || !text.includes('%')) return;
    quantities.forEach((share, at) => {
      const away = quantities[at + 1];
      if (share.kind !== 'percentage' || !isOneValue(share) || share.value < LEAST_UP || share.value >= 100) return;
      if (away?.kind !== 'duration' || away.max !== undefined || away.start - share.end > CLOSE) return;
      if (/[.;!?]\s/.test(text.slice(share.end, away.start))) return;
      const start = sentenceStart(text, share.start, SENTENCE);
      const end = away.end + restOfSentence(text, away.end, SENTENCE).length;
      const sentence = text.slice(start, end);
      if (!saidIn(sentence).some((word) => words.downtimes.has(word))) return;
      const inside = quantities
        .slice(Math.max(0, at - MOST_BESIDE), at + 2 + MOST_BESIDE)
        .filter((one) => one.start >= start && one.end <= end && one !== share && one !== away);
      // "In a 30-day month": the day is the figure's.
      const outside = inside.reduce(
        (said, one) => said.replace(text.slice(one.start, one.end), ' '),
        text.slice(start, share.start) + text.slice(share.end, away.start) + text.slice(away.end, end),
      );
      const periods = new Set(saidIn(outside).flatMap((word) => periodIn(word) ?? []));
      for (const { unit } of away.per) periods.add(unit);
      const [period, second] = periods;
      const whole = secondsOf(period ?? '');
      if (
        whole === undefined ||
        second !== undefined ||
        !inside.every((one) => one.kind === 'duration' && one.value === whole)
      )
        return;
      const result = operandAt(read, away);
      const computed = (1 - share.value / 100) * whole;
      const ratio = away.value / computed;
      if (known.has(result.start) || (ratio > 1 / FAR && ratio < FAR)) return;
      found.push(
        statedCalculation(
          {
            form: 'told',
            block: index,
            formula: DOWN,
            operands: [wholeOf(share, result), operandAt(read, share), periodOf(period!, whole, result)],
            result,
          },
          { computed, verdict: 'unclear', isRounding: false, slip: 'share' },
        ),
      );
    });
  });
  return found;
}

/** From here on a share is one of the time that something is up. */
const LEAST_UP = 90;
/** A month may have four weeks, and people round. */
const FAR = 1.25;
const CLOSE = 60;
const MOST_BESIDE = 8;
const SENTENCE = 200;

const DOWN: Formula = {
  operator: '×',
  left: { operator: '-', left: FIRST, right: { operator: 'operand', operand: 1 } },
  right: { operator: 'operand', operand: 2 },
};

/** The whole that a share leaves some of; it stands where the result does, as what goes without saying. */
function wholeOf(share: Quantity, { start, end }: Operand): Operand {
  return { start, end, quantity: { ...share, value: 100 }, text: '100%' };
}

function periodOf(unit: string, value: number, { start, end, quantity }: Operand): Operand {
  return { start, end, quantity: { ...quantity, value, per: [] }, text: `1 ${unit}` };
}
