import type { Span } from './answer/spans.js';
import type { Review, TextEdit } from './types.js';

/** A figure shown behind the writer's words that is not in the text. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  /** The calculation that it comes from, on one line. */
  readonly told: string;
  /** Puts the figure into the text. */
  readonly edit: TextEdit;
}

/** The results of calculations that the writer leaves open (`10,000 × $0.002 =`), each behind its equals sign. */
export function inlayHintsIn(text: string, review: Review, span: Span): InlayHint[] {
  return review.calculations.flatMap(({ verdict, result, end, figure, told }): InlayHint[] => {
    if (verdict !== 'open' || result !== null || end < span.start || end > span.end) return [];
    const sign = /^[^\S\r\n]*[=≈]([^\S\r\n]?)/.exec(text.slice(end, end + 20));
    if (!sign) return [];
    const offset = end + sign[0].length;
    const newText = (sign[1] === '' ? ' ' : '') + figure;
    return [{ offset, label: figure, told, edit: { start: offset, end: offset, newText } }];
  });
}
