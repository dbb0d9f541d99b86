import { describe, expect, it } from 'vitest';
import {
  builtInRubric,
  completeAt,
  conversionsAt,
  DEFAULT_SETTINGS,
  hoverAt,
  inlayHintsIn,
  plainText,
  readSettings,
  review,
} from '../../server/src/core/index.js';

const rubric = builtInRubric();
const HEAD = '---\nframework: five-step\n---\n## Cost and latency architecture\n\n';

/** `<|>` marks the offset. */
function marked(body: string): { text: string; offset: number } {
  const text = HEAD + body;
  const offset = text.indexOf('<|>');
  return { text: text.replace('<|>', ''), offset };
}

describe('an amount in other terms', () => {
  const figures = (body: string) => {
    const { text, offset } = marked(body);
    const conversions = conversionsAt(review(text, rubric, DEFAULT_SETTINGS), offset);
    return conversions?.figures.map(({ per, figure }) => `${figure} per ${per}`).join(', ') ?? null;
  };

  it.each([
    [
      '10,000 queries a day. A query costs $0.0<|>075 per query.',
      '$0.0075 per query, $75 per day, $2,250 per month, $27,375 per year',
    ],
    [
      'We have 10,000 queries a day. One query costs us $0.0<|>075, so a day is $75.',
      '$0.0075 per query, $75 per day, $2,250 per month, $27,375 per year',
    ],
    ['We pay $7<|>5 a day.', '$75 per day, $2,250 per month, $27,375 per year'],
    [
      '10,000 queries a day cost us $7<|>5 a day.',
      '$0.0075 per query, $75 per day, $2,250 per month, $27,375 per year',
    ],
    [
      'We have 500 users. The model costs $2.7<|>0 per user per month.',
      '$45 per day, $1,350 per month, $16,200 per year',
    ],
  ])('%s', (body, expected) => expect(figures(body)).toBe(expected));

  it.each([
    ['no volume is stated', 'A query costs $0.0<|>075 per query.'],
    [
      'two volumes are stated',
      '10,000 queries a day in spring, 20,000 queries a day in fall, at $0.0<|>075 per query.',
    ],
    ['another thing is counted', '10,000 documents a day. A query costs $0.0<|>075 per query.'],
    ['another thing costs so much', '10,000 documents a day. One query costs $0.0<|>075.'],
    ['another amount stands beside it', '10,000 queries a day. One query costs $0.0075 and a license $9<|>00.'],
    ['it is a range', '10,000 queries a day at $0.00<|>5–0.01 per query.'],
    ['it is a token price', '10,000 queries a day at $0.0<|>02 per 1K tokens.'],
    ['it is a total', '10,000 queries a day; the budget is $1<|>,000.'],
  ])('is not told where %s', (_, body) => expect(figures(body)).toBeNull());

  it('stands in the hover, with what it was reckoned by', () => {
    const { text, offset } = marked('10,000 queries a day. A query costs $0.0<|>075 per query.');
    const hover = hoverAt(text, review(text, rubric, DEFAULT_SETTINGS), rubric, offset);
    expect(hover?.markdown).toContain('\\$75 per day');
    expect(hover?.markdown).toContain('at 10,000 queries a day');
    expect(text.slice(hover?.span.start, hover?.span.end)).toBe('$0.0075 per query');
  });
});

describe('results behind open calculations', () => {
  const hints = (body: string) => {
    const text = HEAD + body;
    return inlayHintsIn(text, review(text, rubric, DEFAULT_SETTINGS), { start: 0, end: text.length }).map(
      ({ offset, label, edit }) => [
        label,
        (text.slice(0, edit.start) + edit.newText + text.slice(edit.end)).slice(HEAD.length),
        text.slice(offset),
      ],
    );
  };

  it.each([
    ['10,000 × 500 tokens × $0.002/1K =', '$10', '10,000 × 500 tokens × $0.002/1K = $10'],
    ['10,000 × $0.002 = ', '$20', '10,000 × $0.002 = $20'],
    ['- 30 × $0.09 =\n- next', '$2.70', '- 30 × $0.09 = $2.70\n- next'],
  ])('%j', (body, label, filled) => {
    const [hint, ...others] = hints(body);
    expect(others).toEqual([]);
    expect(hint?.[0]).toBe(label);
    expect(hint?.[1]).toBe(filled);
  });

  it('are not shown behind one that has its result', () => {
    expect(hints('10,000 × $0.002 = $20')).toEqual([]);
    expect(hints('10,000 × $0.002 = $30')).toEqual([]);
  });
});

describe('completion of reference figures', () => {
  const complete = (body: string, settings = DEFAULT_SETTINGS) => {
    const { text, offset } = marked(body);
    const found = review(text, rubric, settings, {});
    return completeAt(text, rubric, settings, offset, found).map((completion) => ({
      ...completion,
      result: (
        text.slice(0, completion.replace.start) +
        plainText(completion.snippet) +
        text.slice(completion.replace.end)
      ).slice(HEAD.length),
    }));
  };

  it('offers a model’s figures behind its name, with their source', () => {
    const offered = complete('Mistral Large costs <|>');
    expect(offered.map(({ result }) => result)).toContain('Mistral Large costs $0.015 per 1K input tokens');
    expect(offered.map(({ result }) => result)).toContain('Mistral Large costs $0.045 per 1K output tokens');
    expect(offered.map(({ result }) => result)).toContain('Mistral Large costs 1–3 s');
    expect(offered.map(({ label }) => label).join()).not.toContain('Small');
    for (const { documentation } of offered) expect(documentation).toMatch(/2026/);
  });

  it.each(['$', '$0', '$0.0', '0.01', '$1,'])('takes the place of the figure that was begun: %s', (begun) => {
    const offered = complete(`Mistral Large costs ${begun}<|>`).map(({ result }) => result);
    expect(offered).toContain('Mistral Large costs $0.015 per 1K input tokens');
  });

  it.each(['$15/', '1–', '200-'])('offers nothing for the rest of a figure: %s', (begun) => {
    expect(complete(`Mistral Large takes ${begun}<|>`)).toEqual([]);
  });

  it('offers figures by their names', () => {
    expect(complete('A page has <|>').map(({ result }) => result)).toContain('A page has 500 tokens per page');
    expect(complete('We reckon with tokens<|>').map(({ label }) => label)).toContain('500 tokens per page');
  });

  it('offers no figure that nobody gave', () => {
    expect(complete('Mistral Medium costs <|>')).toEqual([]);
  });

  it('offers the user’s own figures', () => {
    const { settings } = readSettings({ modelPrices: { 'Our 7B': { input: '$1 per 1M tokens' } } });
    expect(complete('Our 7B costs <|>', settings).map(({ result }) => result)).toEqual([
      'Our 7B costs $0.001 per 1K tokens',
    ]);
  });

  it('leaves other prose alone', () => {
    expect(complete('Lawyers upload contr<|>')).toEqual([]);
    expect(complete('Lawyers <|>')).toEqual([]);
  });

  it('names tables in front matter', () => {
    const text = '---\nframework: five-step\nmodel-prices: \n---\n## Problem framing\n';
    const offset = text.indexOf('prices: ') + 'prices: '.length;
    const labels = completeAt(text, rubric, DEFAULT_SETTINGS, offset, null).map(({ label }) => label);
    expect(labels).toEqual(['mistral']);
  });
});
