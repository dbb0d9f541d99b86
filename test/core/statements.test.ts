import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { builtInRubric, DEFAULT_SETTINGS, review, type Review } from '../../server/src/core/index.js';

const rubric = builtInRubric();
const RULES = new Set([
  'cost/arithmetic',
  'cost/output-multiplier',
  'cost/price-mismatch',
  'latency/infeasible',
  'context/overflow',
  'context/claims-window',
]);

function reviewOf(body: string): Review {
  const text = `---\nframework: five-step\n---\n## Cost and latency architecture\n\n${body}\n`;
  return review(text, rubric, DEFAULT_SETTINGS);
}

/** What the checks of figures say of a text: severity, rule and message, in the order of the text. */
function saidOf(body: string): string[] {
  return reviewOf(body)
    .findings.filter(({ rule }) => RULES.has(rule))
    .map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`);
}

function read<T>(name: string): readonly (readonly [family: string, texts: T])[] {
  return Object.entries(
    parse(readFileSync(join(import.meta.dirname, 'statements', `${name}.yaml`), 'utf8')) as Record<string, T>,
  );
}

describe('nothing is said of what is right', () => {
  const counted = read<readonly string[]>('counted');
  const families = [...read<readonly string[]>('right'), ...counted];

  test.each(counted)('which counts: %s', (_family, texts) => {
    const isRead = (text: string) => reviewOf(text).calculations.some(({ verdict }) => verdict === 'holds');
    expect(texts.filter((text) => !isRead(text))).toEqual([]);
  });

  test.each(families)('%s', (_family, texts) => {
    expect(texts.flatMap((text) => saidOf(text).map((said) => ({ text, said })))).toEqual([]);
  });

  // A figure of one statement must not be taken for an operand of the next.
  test('wherever it stands beside other figures', () => {
    const lines = families.flatMap(([, texts]) => texts).filter((text) => !text.includes('\n'));
    const found: { text: string; said: string }[] = [];
    lines.forEach((line, at) => {
      for (const [step, between] of [
        [7, ' '],
        [31, '; '],
      ] as const) {
        const text = [line, lines[(at + step) % lines.length]!, lines[(at + 2 * step) % lines.length]!].join(between);
        found.push(...saidOf(text).map((said) => ({ text, said })));
      }
    });
    expect(found).toEqual([]);
  });
});

describe('what is said of what is wrong', () => {
  test.each(read<Readonly<Record<string, string | null>>>('wrong'))('%s', (_family, statements) => {
    for (const [text, says] of Object.entries(statements))
      expect(saidOf(text), text).toEqual(says === null ? [] : [says]);
  });
});
