import type { Block } from '../answer/blocks.js';
import type { Span } from '../answer/spans.js';
import type { Quantity } from '../evidence/quantities.js';

/** What is to be said of a calculation's result. */
export type Verdict =
  /** The stated result follows from the operands, within their rounding. */
  | 'holds'
  /** No sensible reading of the operands, their rounding and their units gives the stated result. */
  | 'fails'
  /** Some reading gives it, or the writer's meaning cannot be told. */
  | 'unclear'
  /** No result is stated: `10,000 × $0.002 =`. */
  | 'open';

/** A factor by which a wrong result is off, and so the mistake that it shows. */
export type Slip =
  /** A power of ten. */
  | 'magnitude'
  /** Per 1K for per 1M tokens, or the denominator left out. */
  | 'denominator'
  /** A price that does not say for how many, and may be one for a thousand or a million. */
  | 'bulk-price'
  /** A day's figure for a month's, or the like. */
  | 'period'
  /** Cents for dollars. */
  | 'cents'
  /** A share that its figures do not give; it may be of another one. */
  | 'share'
  /** A percentage taken for a factor. */
  | 'percent'
  /** An operand that was left out. */
  | 'missing-operand'
  /** A load above the average that a volume comes to, which may be the peak. */
  | 'peak';

/** A quantity that a calculation uses, with its place. */
export interface Operand extends Span {
  readonly quantity: Quantity;
  /** The quantity as the writer wrote it. */
  readonly text: string;
}

/** How operands are combined; `operand` is an index into `Calculation.operands`. */
export type Formula =
  | { readonly operator: 'operand'; readonly operand: number }
  | { readonly operator: '+' | '-' | '×' | '÷'; readonly left: Formula; readonly right: Formula };

/** A calculation that the writer states: operands, how they are combined, and what is said to come out. */
export interface Calculation extends Span {
  /** `formula`: with signs. `told`: in words. `total`: a list's or table's sum. `column`: a table's cell made of its row's other cells. */
  readonly form: 'formula' | 'told' | 'total' | 'column';
  /** Index of the block that holds the result, and its sentence. */
  readonly block: number;
  readonly operands: readonly Operand[];
  readonly formula: Formula;
  /** The stated result; null where the calculation is open. Its span is what a finding sits on. */
  readonly result: Operand | null;
  /** What comes out, in the result's base unit (a currency's major unit, seconds, tokens, bytes, percent). */
  readonly computed: number;
  readonly verdict: Verdict;
  /** The computed value in the writer's own format: currency style, separators, magnitude, unit. */
  readonly figure: string;
  /** The figure with the operands before it on one line: `10,000 × 500 × $0.015/1K = $75`. */
  readonly told: string;
  /** Where the result is off by a factor that tells the mistake. */
  readonly slip?: Slip;
  /** True where some operand's rounding could explain an unclear result; the figure is what the operands give as written. */
  readonly isRounding: boolean;
  /** True where money is an operand or the result. */
  readonly isMoney: boolean;
}

/** A block with the text that is read and the quantities in it. */
export interface ReadBlock {
  readonly block: Block;
  /** The block's text with placeholders blanked; offsets are those of `block.text`. */
  readonly text: string;
  readonly quantities: readonly Quantity[];
  readonly sentences: readonly Span[];
}
