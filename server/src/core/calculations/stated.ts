import { sourceSpan } from '../answer/blocks.js';
import type { Span } from '../answer/spans.js';
import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, Formula, Operand, ReadBlock } from './calculation.js';
import { figureLike } from './figures.js';
import type { Judgment } from './judge.js';

/** What a calculation is made of, whatever way it was found. */
export interface Statement {
  readonly form: Calculation['form'];
  /** Index of the block that holds the result. */
  readonly block: number;
  readonly formula: Formula;
  readonly operands: readonly Operand[];
  readonly result: Operand;
  /** Where the calculation stands; by default from the first of its figures to the last. */
  readonly span?: Span;
}

/** The calculation that a statement is once its result was judged. */
export function statedCalculation(statement: Statement, judgment: Judgment): Calculation {
  const { form, block, formula, operands, result } = statement;
  const all = [...operands, result];
  const figure = figureLike(judgment.computed, result.quantity, result.text);
  const shown = judgment.verdict === 'holds' ? result.text.replace(/\s+/g, ' ') : figure;
  const { start, end } = statement.span ?? spanOf(all);
  return {
    form,
    block,
    start,
    end,
    operands,
    formula,
    result,
    computed: judgment.computed,
    verdict: judgment.verdict,
    figure,
    told: `${writeFormula(formula, operands)} = ${shown}`,
    isRounding: judgment.isRounding,
    isMoney: all.some(({ quantity }) => quantity.kind === 'money'),
    ...(judgment.slip === undefined ? {} : { slip: judgment.slip }),
  };
}

/** Whether something may be said against a calculation: it does not come out, or only with another rounding or by a mistake that has a name. */
export function isDoubted({ verdict, isRounding, slip }: Calculation): boolean {
  return verdict === 'fails' || (verdict === 'unclear' && (isRounding || slip !== undefined));
}

/** The calculation with nothing to be said against it. */
export function takenBack(calculation: Calculation): Calculation {
  const { slip: _slip, ...rest } = calculation;
  return { ...rest, verdict: 'unclear', isRounding: false };
}

/** From the first to the last of some operands. */
export function spanOf(operands: readonly Operand[]): Span {
  return {
    start: Math.min(...operands.map((one) => one.start)),
    end: Math.max(...operands.map((one) => one.end)),
  };
}

/** A quantity of a block as an operand; its place counts as the block's does. */
export function operandAt(read: ReadBlock, quantity: Quantity): Operand {
  const { start, end } = sourceSpan(read.block, quantity);
  return { start, end, quantity, text: read.text.slice(quantity.start, quantity.end) };
}

/** The first operand as it is, the second, and the first by the second. */
export const FIRST: Formula = { operator: 'operand', operand: 0 };
export const SECOND: Formula = { operator: 'operand', operand: 1 };
export const QUOTIENT: Formula = { operator: '÷', left: FIRST, right: SECOND };

/** The second operand by the first. */
export const INVERSE: Formula = { operator: '÷', left: SECOND, right: FIRST };

/** By what share of the first operand the second one is less, and by what share it is more. */
export const LOSS: Formula = { operator: '÷', left: { operator: '-', left: FIRST, right: SECOND }, right: FIRST };
export const GROWTH: Formula = { operator: '÷', left: { operator: '-', left: SECOND, right: FIRST }, right: FIRST };

/** The first so many operands, joined by one sign from left to right. */
export function chainOf(operator: '+' | '×', count: number): Formula {
  let formula = FIRST;
  for (let operand = 1; operand < count; operand += 1)
    formula = { operator, left: formula, right: { operator: 'operand', operand } };
  return formula;
}

/** The products of pairs of operands, added up; each pair by the places of its two. */
export function sumOfProducts(pairs: readonly (readonly [number, number])[]): Formula {
  const [first, ...others] = pairs.map(([left, right]): Formula => ({
    operator: '×',
    left: { operator: 'operand', operand: left },
    right: { operator: 'operand', operand: right },
  }));
  return others.reduce((left: Formula, right): Formula => ({ operator: '+', left, right }), first ?? FIRST);
}

/** So many operands two by two, in their order. */
export function pairsOf(count: number): (readonly [number, number])[] {
  return Array.from({ length: count / 2 }, (_, pair) => [2 * pair, 2 * pair + 1] as const);
}

/** A formula in the writer's own figures, on one line. */
export function writeFormula(formula: Formula, operands: readonly Operand[]): string {
  if (formula.operator === 'operand') return (operands[formula.operand]?.text ?? '').replace(/\s+/g, ' ');
  const outer = bindingOf(formula.operator);
  const write = (node: Formula, isRight: boolean) => {
    const text = writeFormula(node, operands);
    if (node.operator === 'operand') return text;
    const inner = bindingOf(node.operator);
    const needs =
      inner < outer || (isRight && inner === outer && (formula.operator === '-' || formula.operator === '÷'));
    return needs ? `(${text})` : text;
  };
  return `${write(formula.left, false)} ${formula.operator === '-' ? '−' : formula.operator} ${write(formula.right, true)}`;
}

/** How tightly a sign binds: products before sums; 0 for what is no sign. */
export function bindingOf(operator: string | undefined): number {
  return operator === '×' || operator === '÷' ? 2 : operator === '+' || operator === '-' ? 1 : 0;
}
