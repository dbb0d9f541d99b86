import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  builtInRubric,
  costModelProblem,
  costModelTable,
  DEFAULT_SETTINGS,
  insertBlock,
  readSettings,
  referenceFor,
  review,
  tiersOf,
} from '../../server/src/core/index.js';

import { parseCount } from '../../client/src/costModel/parseCount.js';

const rubric = builtInRubric();
const reference = referenceFor(rubric, [], null);
const TWO = ['Mistral Small', 'Mistral Large'];

function judge(table: string) {
  return review(
    `---\nframework: five-step\n---\n## Cost and latency architecture\n\n${table}`,
    rubric,
    DEFAULT_SETTINGS,
  );
}

describe('a cost model', () => {
  it('says what the figures of the catalogue come to', () => {
    const table = costModelTable({ volume: 10_000, inputTokens: 500, outputTokens: 0, tiers: TWO }, reference);
    expect(table).toBe(
      [
        '**Cost by tier:** 10,000 queries a day, each with 500 input tokens.',
        '',
        '| Tier | Cost per query | Cost per day | Cost per month |',
        '| --- | --- | --- | --- |',
        '| Mistral Small | 500 × $0.002/1K = $0.001 | 10,000 × $0.001 = $10 | $300 |',
        '| Mistral Large | 500 × $0.015/1K = $0.0075 | 10,000 × $0.0075 = $75 | $2,250 |',
        '',
      ].join('\n'),
    );
  });

  it('prices output apart where the table does', () => {
    const table = costModelTable({ volume: 1, inputTokens: 1000, outputTokens: 1000, tiers: TWO }, reference);
    expect(table).toContain('2,000 × $0.002/1K = $0.004');
    expect(table).toContain('1,000 × $0.015/1K + 1,000 × $0.045/1K = $0.06');
  });

  it('speaks of one in the singular, and groups the digits of large prices', () => {
    const one = costModelTable({ volume: 1, inputTokens: 1, outputTokens: 1, tiers: TWO }, reference);
    expect(one).toMatch(/^\*\*Cost by tier:\*\* 1 query a day, with 1 input token and 1 output token\.\n/);
    const large = costModelTable({ volume: 2, inputTokens: 1e9, outputTokens: 0, tiers: TWO }, reference);
    expect(large).toContain('1,000,000,000 × $0.015/1K = $15,000 | 2 × $15,000 = $30,000 |');
  });

  it('reckons by the million where the table does', () => {
    const { settings } = readSettings({
      modelPrices: { 'Our Large': { input: '$2.50 per 1M tokens', output: '$10 per 1M tokens' } },
    });
    const own = referenceFor(rubric, settings.modelPrices, null);
    expect(tiersOf(own)[0]?.detail).toBe('$2.50 in, $10 out per 1M tokens · designAnswers.modelPrices');
    const table = costModelTable({ volume: 10_000, inputTokens: 1500, outputTokens: 300, tiers: ['Our Large'] }, own);
    expect(table).toContain('1,500 × $2.50/1M + 300 × $10/1M = $0.00675 | 10,000 × $0.00675 = $67.50 | $2,025 |');
    expect(judge(table ?? '').findings.map(({ rule }) => rule)).not.toContain('cost/arithmetic');
  });

  it('offers models that have a price, and no others', () => {
    expect(tiersOf(reference).map(({ name }) => name)).toEqual(TWO);
    expect(tiersOf(reference)[1]?.detail).toBe('$0.015 in, $0.045 out per 1K tokens · Mistral tiers, 2026');
  });

  it.each([
    [{ volume: 0 }, /queries a day must be a whole number from 1/],
    [{ volume: 1.5 }, /queries a day/],
    [{ volume: 1e12 }, /to 1,000,000,000/],
    [{ inputTokens: -1 }, /input tokens/],
    [{ outputTokens: Number.NaN }, /output tokens/],
    [{ inputTokens: 0, outputTokens: 0 }, /at least one token/],
    [{ tiers: [] }, /at least one model/],
    [{ tiers: ['Mistral Medium'] }, /no price for “Mistral Medium”/],
    [{ tiers: ['Nobody'] }, /no price for “Nobody”/],
  ])('makes none of %j', (wrong, message) => {
    const input = { volume: 100, inputTokens: 100, outputTokens: 100, tiers: TWO, ...wrong };
    expect(costModelProblem(input, reference)).toMatch(message);
    expect(costModelTable(input, reference)).toBeNull();
  });

  it('is accepted by the review: no wrong sum, and all that the cost checks ask of figures', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000_000 }),
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        (volume, inputTokens, outputTokens) => {
          const { findings, evidence } = judge(
            costModelTable({ volume, inputTokens, outputTokens, tiers: TWO }, reference) ?? '',
          );
          const rules = findings.map(({ rule }) => rule);
          for (const rule of [
            'cost/arithmetic',
            'cost/output-multiplier',
            'cost/price-mismatch',
            'cost/no-numbers',
            'cost/no-unit-cost',
            'cost/no-volume',
            'cost/no-tier-comparison',
            'context/overflow',
            'latency/infeasible',
          ])
            expect(rules).not.toContain(rule);
          const kinds = evidence.map(({ kind }) => kind);
          for (const kind of ['running-cost', 'unit-cost', 'cost-calculation']) expect(kinds).toContain(kind);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes the user’s own prices, in any currency', () => {
    fc.assert(
      fc.property(
        // Below it, a price is doubted.
        fc.integer({ min: 5, max: 9999 }),
        fc.constantFrom('$', '€', '£'),
        fc.integer({ min: 1, max: 1_000_000 }),
        (price, sign, volume) => {
          const { settings, problems } = readSettings({
            modelPrices: {
              'Our 7B': {
                input: `${sign}${price / 1000} per 1M tokens`,
                output: `${sign}${price / 250} per 1M tokens`,
              },
            },
          });
          expect(problems).toEqual([]);
          const own = referenceFor(rubric, settings.modelPrices, null);
          const table = costModelTable({ volume, inputTokens: 700, outputTokens: 90, tiers: ['Our 7B'] }, own) ?? '';
          expect(table).toContain(sign);
          expect(judge(table).findings.map(({ rule }) => rule)).not.toContain('cost/arithmetic');
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a block of markdown', () => {
  const insert = (marked: string) => {
    const offset = marked.indexOf('<|>');
    const text = marked.replace('<|>', '');
    const { start, end, newText } = insertBlock(text, offset, '| a |\n');
    return text.slice(0, start) + newText + text.slice(end);
  };

  it.each([
    ['<|>', '| a |'],
    ['# T\n\n<|>\n\nnext', '# T\n\n| a |\n\nnext'],
    ['# T\n<|>\nnext', '# T\n\n| a |\n\nnext'],
    ['text<|> goes on\nnext', 'text goes on\n\n| a |\n\nnext'],
    ['text<|>', 'text\n\n| a |'],
    ['text\n\n  <|>  ', 'text\n\n| a |'],
    ['text\r\n\r\n<|>\r\n\r\nnext', 'text\r\n\r\n| a |\r\n\r\nnext'],
    // Behind what it would break in two.
    ['| b |<|>\n| - |\n| 1 |\nnext', '| b |\n| - |\n| 1 |\n\n| a |\n\nnext'],
    ['x\n\n| b |\n| - |\n| 1<|> |', 'x\n\n| b |\n| - |\n| 1 |\n\n| a |'],
    ['| b |\r\n|<|> - |\r\n| 1 |\r\n\r\nnext', '| b |\r\n| - |\r\n| 1 |\n\n| a |\r\n\r\nnext'],
    ['---\nframework:<|> pdrif\n---\n\nx', '---\nframework: pdrif\n---\n\n| a |\n\nx'],
    ['<|>---\nlevel: senior\n---\n# T', '---\nlevel: senior\n---\n\n| a |\n\n# T'],
    ['```sh\n<|>a\n\nb\n```\nnext', '```sh\na\n\nb\n```\n\n| a |\n\nnext'],
    ['~~~\na\n```\n<|>\n~~~', '~~~\na\n```\n\n~~~\n\n| a |'],
    ['```\na\n```\nx<|>\ny', '```\na\n```\nx\n\n| a |\n\ny'],
  ])('%j', (before, after) => expect(insert(before)).toBe(after));

  it('loses nothing and stands by itself, wherever it goes', () => {
    // What no two parts side by side can make: `| c |a| c |` would hold `| a |`.
    const BLOCK = '| 0 |\n';
    const part = fc.constantFrom('a', ' ', '\n', '\n\n', '# T', '- b', '\r\n', '| c |', '---');
    fc.assert(
      fc.property(fc.array(part), fc.nat(), (parts, at) => {
        const text = parts.join('');
        // An editor's cursor is never between the two characters of a line's end.
        const offset = Math.min(at % (text.length + 1), text.length);
        fc.pre(!(text[offset - 1] === '\r' && text[offset] === '\n'));
        const { start, end, newText } = insertBlock(text, offset, BLOCK);
        const result = text.slice(0, start) + newText + text.slice(end);
        expect(result.replace(BLOCK.trim(), '').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        expect(result).toMatch(/(?:^\s*|(?:\r\n|\n)[ \t]*(?:\r\n|\n))\| 0 \|(?:\s*$|(?:\r\n|\n)[ \t]*(?:\r\n|\n))/);
      }),
    );
  });
});

describe('a count as people type it', () => {
  it.each([
    ['10000', 10_000],
    ['10,000', 10_000],
    [' 10 000 ', 10_000],
    ['10k', 10_000],
    ['1.1k', 1100],
    ['1.5M', 1_500_000],
    ['0', 0],
    ['1000000000', 1e9],
    ['1B', 1e9],
    ["10'000", 10_000],
    ['10\u00a0000', 10_000],
    ['1.500k', 1500],
  ])('%j is %d', (text, count) => expect(parseCount(text, 0)).toBe(count));

  it.each(['', 'ten', '1.5', '1.000', '10.000', '-3', '1,00', '1e3', '10 k k', '2B', '1000000001', '1.0001k'])(
    '%j is none',
    (text) => expect(parseCount(text, 0)).toBeNull(),
  );

  it('has a least', () => expect(parseCount('0', 1)).toBeNull());
});
