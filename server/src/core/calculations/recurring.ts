import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, ReadBlock } from './calculation.js';
import { goesOn } from './formulas.js';
import { readMarks, sentenceStart, type CalculationWords, type Mark, saidIn } from './gaps.js';
import { judge } from './judge.js';
import { operandAt, statedCalculation, FIRST } from './stated.js';
import { isOneValue } from './figures.js';

/**
 * Finds what recurring money comes to in a year, where names and not units tell the periods: "MRR is $10,000, so ARR is $120,000". What does not come out is
 * doubted: customers come and go. `known` are the places of results that were read already.
 */
export function findRecurring(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    const { text, quantities } = read;
    for (let at = 0; at + 1 < quantities.length; at += 1) {
      const [left, right] = [quantities[at]!, quantities[at + 1]!];
      if (!isPlainAmount(left) || !isPlainAmount(right) || left.unit !== right.unit) continue;
      const gap = text.slice(left.end, right.start);
      if (gap.length > CLOSE || !concludes(readMarks(text, left.end, right.start, words))) continue;
      const from = nameIn(text.slice(sentenceStart(text, left.start, SENTENCE), left.start), words);
      const to = nameIn(gap, words);
      const result = operandAt(read, right);
      if (from === null || to === null || from === to || known.has(result.start)) continue;
      // "Net of churn", "after discounts".
      if (goesOn(readMarks(text, right.end, Math.min(text.length, right.end + CLOSE), words))) continue;
      const amount = operandAt(read, left);
      const operands = [{ ...amount, quantity: { ...left, per: [{ unit: from, amount: 1 }] } }];
      const stated = { ...right, per: [{ unit: to, amount: 1 }] };
      const judgment = judge(FIRST, operands, stated, result.text);
      const isRight = judgment.verdict === 'holds';
      const doubt = { ...judgment, verdict: 'unclear', isRounding: judgment.slip === undefined } as const;
      const statement = { form: 'told', block: index, formula: FIRST, operands, result } as const;
      const recurring = statedCalculation(statement, isRight ? judgment : doubt);
      // The periods stand in the names.
      found.push({ ...recurring, told: `${amount.text}/${from} = ${recurring.figure}/${to}` });
    }
  });
  return found;
}

/** How far apart two amounts stand, and how far ahead the first one's name, in characters. */
const CLOSE = 40;
const SENTENCE = 80;

function isPlainAmount(amount: Quantity): boolean {
  return amount.kind === 'money' && amount.per.length === 0 && isOneValue(amount);
}

/** Whether something between two amounts says that the second follows from the first, and nothing parts them. */
function concludes(marks: readonly Mark[]): boolean {
  return (
    marks.some(({ kind }) => kind === '→' || kind === '=' || kind === 'said') &&
    marks.every(({ kind }, at) => PLAIN.has(kind) || (kind === 'comma' && at === 0))
  );
}

const PLAIN: ReadonlySet<Mark['kind']> = new Set(['word', 'of', 'said', '→', '=']);

/** The period of the only name of recurring money in a text; null where a word makes it that of some ("new MRR"). */
function nameIn(text: string, words: CalculationWords): 'month' | 'year' | null {
  const said = saidIn(text);
  const isName = (word: string) => words.monthlies.has(word) || words.yearlies.has(word);
  const at = said.findIndex(isName);
  const before = said[at - 1];
  const isPlain =
    before === undefined || [words.articles, words.leads, words.conclusions].some((set) => set.has(before));
  if (at < 0 || !isPlain || said.slice(at + 1).some(isName)) return null;
  return words.monthlies.has(said[at]!) ? 'month' : 'year';
}
