import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInRubric, DEFAULT_SETTINGS, review } from '../../server/src/core/index.js';

const rubric = builtInRubric();

/** The rules of cost sums that find something in a text, with their severity. */
function found(body: string): string[] {
  const text = `---\nframework: five-step\n---\n## Cost and latency architecture\n\n${body}\n`;
  return review(text, rubric, DEFAULT_SETTINGS)
    .findings.filter(({ rule }) => rule === 'cost/arithmetic' || rule === 'cost/output-multiplier')
    .map(({ rule, severity }) => `${severity} ${rule}`);
}

const grouped = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 6 });
const tokens = fc.integer({ min: 1, max: 90 }).map((value) => value * 100);

describe('two prices of the writer’s own', () => {
  const calls = fc
    .record({
      read: tokens,
      written: tokens,
      input: fc.integer({ min: 1, max: 9 }),
      factor: fc.integer({ min: 2, max: 8 }),
      wording: fc.constantFrom<(input: number, output: number, read: string, written: string, cost: string) => string>(
        (input, output, read, written, cost) =>
          `We pay $${input} per 1M input tokens and $${output} per 1M output tokens. A call with ${read} tokens in and ${written} tokens out costs $${cost}.`,
        (input, output, read, written, cost) =>
          `At $${input} per 1M tokens in and $${output} per 1M tokens out, ${read} input tokens and ${written} output tokens come to $${cost}.`,
      ),
    })
    .map((call) => ({ ...call, output: call.input * call.factor }));

  test('are right where each prices its own tokens', () => {
    fc.assert(
      fc.property(calls, ({ read, written, input, output, wording }) => {
        const cost = (read * input + written * output) / 1e6;
        const text = wording(input, output, grouped(read), grouped(written), grouped(cost));
        // The same figure by chance: input and output together at the input price.
        fc.pre(Math.abs(cost / (((read + written) * input) / 1e6) - 1) > 0.03);
        expect(found(text), text).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('are told where the output is priced like the input', () => {
    fc.assert(
      fc.property(calls, ({ read, written, input, output, wording }) => {
        const cost = ((read + written) * input) / 1e6;
        const right = (read * input + written * output) / 1e6;
        // What the output or the input costs alone may come to the same.
        const alone = [(read * input) / 1e6, (written * output) / 1e6];
        fc.pre(right > cost * 1.05 && alone.every((one) => Math.abs(one / cost - 1) > 0.02));
        const text = wording(input, output, grouped(read), grouped(written), grouped(cost));
        expect(found(text), text).toEqual(['information cost/output-multiplier']);
      }),
      { numRuns: 100 },
    );
  });
});

describe('runs of several calls', () => {
  const runs = fc.record({
    calls: fc.integer({ min: 3, max: 12 }),
    size: fc.integer({ min: 13, max: 60 }).map((value) => value * 50),
    count: fc.integer({ min: 21, max: 99 }).map((value) => value * 1000),
    cents: fc.integer({ min: 1, max: 9 }),
    named: fc.boolean(),
  });
  const stated = (calls: number, size: number, count: number) =>
    `Each run makes ${calls} model calls of ${grouped(size)} tokens, and there are ${grouped(count)} runs a day.`;

  test('cost what all of their calls cost', () => {
    fc.assert(
      fc.property(runs, ({ calls, size, count, cents, named }) => {
        const cost = (count * calls * size * cents) / 1e6;
        const text = `${stated(calls, size, count)} ${grouped(count)}${named ? ' runs' : ''} × ${calls} calls × ${grouped(size)} tokens × $${cents}/1M = $${grouped(cost)} a day.`;
        expect(found(text), text).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('are doubted where one call stands for them, by its tokens or by its price', () => {
    fc.assert(
      fc.property(runs, fc.boolean(), ({ calls, size, count, cents, named }, byPrice) => {
        const runsText = `${grouped(count)}${named ? ' runs' : ''}`;
        const sum = byPrice
          ? `${runsText} × $0.0${cents} per call = $${grouped((count * cents) / 100)} a day.`
          : `${runsText} × ${grouped(size)} tokens × $${cents}/1M = $${grouped((count * size * cents) / 1e6)} a day.`;
        const text = `${stated(calls, size, count)} ${sum}`;
        expect(found(text), text).toEqual(['hint cost/arithmetic']);
      }),
      { numRuns: 60 },
    );
  });
});
