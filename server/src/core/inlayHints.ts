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
    // Emphasis may end before the sign; what stands for the result goes ("= ?").
    const sign = /^(?:\*{1,3}|_{1,3})?[^\S\r\n]*[=≈]([^\S\r\n]?)(\?+|…|_{2,})?/.exec(text.slice(end, end + 20));
    if (!sign) return [];
    const [all, blank = '', stub = ''] = sign;
    const offset = end + all.length - stub.length;
    const isClosing = /^(?:\s|$|[.,;)*_`])/.test(text.slice(offset + stub.length, offset + stub.length + 1));
    const newText = (blank === '' ? ' ' : '') + figure + (isClosing ? '' : ' ');
    return [{ offset, label: figure, told, edit: { start: offset, end: offset + stub.length, newText } }];
  });
}
