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
    // For all of them nobody knows: for a thousand.
    ['A query costs $0.0<|>075 per query.', '$0.0075 per query, $7.50 per 1,000'],
    ['It is 0.2<|>¢ per query.', '$0.002 per query, $2 per 1,000'],
    ['10,000 queries a day at 0.2<|>¢ per query.', '$0.002 per query, $20 per day, $600 per month, $7,300 per year'],
    ['10,000 documents a day. A query costs $0.0<|>075 per query.', '$0.0075 per query, $7.50 per 1,000'],
    [
      '10,000 queries a day in spring, 20,000 queries a day in fall, at $0.0<|>075 per query.',
      '$0.0075 per query, $7.50 per 1,000',
    ],
    ['It costs $<|>6 per user per month.', '$0.20 per user per day, $6 per user per month, $72 per user per year'],
    ['40 re<|>q/s reach the model.', '40 per second, 144,000 per hour, 3,456,000 per day, 103,700,000 per month'],
    ['We see 8,6<|>40 requests a day.', '0.1 per second, 360 per hour, 8,640 per day, 259,200 per month'],
    ['A teacher writes 5 le<|>sson plans a week.', '0.7143 per day, 20 per month'],
    ['1.2M call<|>s a month go out.', '0.463 per second, 1,667 per hour, 40,000 per day, 1,200,000 per month'],
  ])('%s', (body, expected) => expect(figures(body)).toBe(expected));

  it.each([
    ['no volume is stated, and the amount speaks for itself', 'A review costs $1.2<|>0 per review.'],
    ['the rate is of tokens', 'The model writes 50 tok<|>ens per second.'],
    ['the rate is a range', '30–40 re<|>q/s reach the model.'],
    ['another thing costs so much', '10,000 documents a day. One query costs $0.0<|>075.'],
    ['another amount stands beside it', '10,000 queries a day. One query costs $0.0075 and a license $9<|>00.'],
    ['it is a range', '10,000 queries a day at $0.00<|>5–0.01 per query.'],
    ['it is a token price', '10,000 queries a day at $0.0<|>02 per 1K tokens.'],
    ['it is a total', '10,000 queries a day; the budget is $1<|>,000.'],
  ])('is not told where %s', (_, body) => expect(figures(body)).toBeNull());

  it.each([
    ['We pay $12,0<|>00 a year.', '\\$1,000 per month', 'a year of 12 months and 365 days'],
    ['We pay $7<|>5 a day.', '\\$2,250 per month', 'a month of 30 days, a year of 365'],
    ['We pay $7<|>5 a month.', '\\$900 per year', 'a month of 30 days, a year of 12 months'],
    ['We pay $70<|>0 a week.', '\\$2,800 per month', 'a month of 4 weeks, a year of 52'],
    ['40 re<|>q/s reach the model.', '3,456,000 per day', 'a day of 24 hours, a month of 30 days'],
  ])('says how long a month or a year is, as it was reckoned: %s', (body, figure, calendar) => {
    const { text, offset } = marked(body);
    const markdown = hoverAt(text, review(text, rubric, DEFAULT_SETTINGS), rubric, offset)?.markdown ?? '';
    expect(markdown).toContain(figure);
    expect(markdown.split('\n\n')[1]).toBe(calendar);
  });

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
    ['**10,000 × $0.002** =', '$20', '**10,000 × $0.002** = $20'],
    ['10,000 × **$0.002** = ', '$20', '10,000 × **$0.002** = $20'],
    ['10,000 × $0.002 = ?', '$20', '10,000 × $0.002 = $20'],
    ['10,000 × $0.002 = ___', '$20', '10,000 × $0.002 = $20'],
    ['10,000 × $0.002 = TBD', '$20', '10,000 × $0.002 = $20 TBD'],
    ['| a | b |\n|---|---|\n| 10,000 × $0.002 = | x |', '$20', '| a | b |\n|---|---|\n| 10,000 × $0.002 = $20 | x |'],
    ['| a | b |\n|---|---|\n| x | 10,000 × $0.002 = |', '$20', '| a | b |\n|---|---|\n| x | 10,000 × $0.002 = $20 |'],
    ['| a | b |\n|---|---|\n| 10,000 × $0.002 =| |', '$20', '| a | b |\n|---|---|\n| 10,000 × $0.002 = $20 | |'],
  ])('%j', (body, label, filled) => {
    const [hint, ...others] = hints(body);
    expect(others).toEqual([]);
    expect(hint?.[0]).toBe(label);
    expect(hint?.[1]).toBe(filled);
  });

  it('are not shown behind one that has its result', () => {
    expect(hints('10,000 × $0.002 = $20')).toEqual([]);
    expect(hints('10,000 × $0.002 = $30')).toEqual([]);
    expect(hints('| Sum | Cost |\n|---|---|\n| 10,000 × $0.002 = | $20 |')).toEqual([]);
    expect(hints('| Sum | Cost |\n|---|---|\n| 10,000 × $0.002 = | ≈ 30 |')).toEqual([]);
  });
});

describe('the hover of a wrong sum', () => {
  it('says neither again what the finding says nor what the wrong figure comes to', () => {
    const { text, offset } = marked('10,000 queries a day × $0.0075 = $8<|>5 a day.');
    const { markdown = '' } = hoverAt(text, review(text, rubric, DEFAULT_SETTINGS), rubric, offset) ?? {};
    expect(markdown).toMatch(/^\*\*Why it matters/);
    expect(markdown).not.toContain('per month');
  });
});

describe('the repair of a sum', () => {
  const repaired = (body: string) => {
    const text = HEAD + body;
    const wrong = review(text, rubric, DEFAULT_SETTINGS).findings.filter(({ rule }) => rule === 'cost/arithmetic');
    expect(wrong).toHaveLength(1);
    const [edit, ...others] = wrong[0]?.fix?.edits ?? [];
    expect(others).toEqual([]);
    return edit && (text.slice(0, edit.start) + edit.newText + text.slice(edit.end)).slice(HEAD.length);
  };

  it.each([
    ['100 queries × $0.5 = $75', '100 queries × $0.5 = $50'],
    ['100 queries × $0.5 = **$75**', '100 queries × $0.5 = **$50**'],
    ['100 queries × $0.5 = **$75** a day', '100 queries × $0.5 = **$50** a day'],
    ['100 queries × $0.5 = __$75__ a day.', '100 queries × $0.5 = __$50__ a day.'],
    ['100 queries a day × $0.5 = **$75**/day', '100 queries a day × $0.5 = **$50**/day'],
    ['100 queries × $0.5 = $**75** a day', '100 queries × $0.5 = $**50** a day'],
    ['40 files × 30 pages = **1,500** pages', '40 files × 30 pages = **1,200** pages'],
    ['100 queries × $0.5 = $75 a\nday', '100 queries × $0.5 = $50 a\nday'],
    // In the writer's own unit, unless nobody would write it so.
    ['6 × 5 GB = 40,000 MB', '6 × 5 GB = 30,000 MB'],
    ['6 × 5 GB = 40 MB', '6 × 5 GB = 30 GB'],
    ['6 × 5 GB = 4 MB', '6 × 5 GB = 30 GB'],
    ['6 × 50 MB = 400 MB', '6 × 50 MB = 300 MB'],
    // Digits for words.
    ['10,000 queries × 500 tokens = six million tokens', '10,000 queries × 500 tokens = 5,000,000 tokens'],
    [
      'Ten thousand queries at two cents each is three hundred dollars.',
      'Ten thousand queries at two cents each is $200.',
    ],
    ['100 queries × $0.5 = seventy-five dollars', '100 queries × $0.5 = $50'],
    ['100 queries × $0.005 = seventy cents', '100 queries × $0.005 = $0.50'],
    ['30 queries × $50,000 = three million dollars', '30 queries × $50,000 = $1,500,000'],
    ['10k × $0.03 = $3.5k a day', '10k × $0.03 = $300 a day'],
    ['1k × $0.03 = $3k', '1k × $0.03 = $30'],
    ['100 × 4K tokens = 4M tokens', '100 × 4K tokens = 0.4M tokens'],
  ])('%j', (body, right) => expect(repaired(body)).toBe(right));
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

  it.each([
    ['Mistral Large has a context window of <|>', '128K tokens'],
    ['Mistral Large holds a window of 1<|>', '128K tokens'],
    ['Mistral Large has a latency of <|>', '1–3 s'],
    ['Mistral Large: the price of output is <|>', '$0.045 per 1K output tokens'],
    ['Mistral Large has a price of <|>', '$0.015 per 1K input tokens'],
    ['Mistral Large takes <|>', '$0.015 per 1K input tokens'],
  ])('offers first what the words ask for: %s', (body, label) => {
    const offered = complete(body);
    expect(offered).toHaveLength(4);
    expect([...offered].sort((a, b) => (a.sortText < b.sortText ? -1 : 1))[0]?.label).toBe(label);
  });

  it.each(['$15/', '1–', '200-'])('offers nothing for the rest of a figure: %s', (begun) => {
    expect(complete(`Mistral Large takes ${begun}<|>`)).toEqual([]);
  });

  it.each([
    ['Latency: <|>', ['1–3 s', '200–400 ms']],
    ['The context window is <|>', ['128K tokens', '32K tokens']],
    ['The price of <|>', ['$0.002 per 1K tokens', '$0.015 per 1K input tokens']],
    ['On a GPU <|>', ['100 ms–2 s']],
    ['The generation of <|>', ['20–50 ms per token']],
  ])('offers what the words ask for where no model is named: %s', (body, labels) => {
    const offered = complete(body);
    expect(offered.map(({ label }) => label)).toEqual(expect.arrayContaining(labels));
    expect(new Set(offered.map(({ detail }) => detail)).size).toBe(offered.length);
  });

  it.each(['We ask <|>', 'An AI <|>', 'Genuine <|>', 'It is <|>'])('offers nothing for other words: %s', (body) => {
    expect(complete(body)).toEqual([]);
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
      'Our 7B costs $1 per 1M tokens',
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
