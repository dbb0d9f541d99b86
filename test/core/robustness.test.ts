import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthOf } from '../support/growth.js';
import { builtInRubric, compileForTest } from '../support/rubric.js';
import { createReviewCache, DEFAULT_SETTINGS, recognize, review, type Review } from '../../server/src/core/index.js';

const rubric = builtInRubric();
const root = join(import.meta.dirname, '../..');
const corpus = join(root, '../shared/corpus');
const strong = readFileSync(join(root, 'examples/strong.answer.md'), 'utf8');
const weak = readFileSync(join(root, 'examples/weak.answer.md'), 'utf8');

function look(text: string, framework = 'five-step'): Review {
  return review(text, rubric, DEFAULT_SETTINGS, { framework });
}

function expectInside(text: string, result: Review): void {
  for (const span of [
    ...result.findings,
    ...result.evidence,
    ...result.sections,
    ...result.problems.flatMap((problem) => problem.span ?? []),
  ]) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
  for (const item of result.evidence) expect(item.text).toBe(text.slice(item.start, item.end));
  expect(result.problems.filter((problem) => problem.message.startsWith('The check '))).toEqual([]);
}

function rulesOfAbsence(result: Review): string[] {
  return result.findings
    .filter((finding) => rubric.checks.find((check) => check.id === finding.rule)?.detector === 'absent')
    .map((finding) => finding.rule);
}

describe('any text', () => {
  const markdown = fc
    .array(
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          '## Problem framing',
          '## Cost',
          '- **Risk:** x',
          '| a | b |',
          '| - | - |',
          '```',
          '---',
          '> q',
          '<b',
          '<!-- x',
          '$5 per query',
          'p95 < 2 s',
          '\r',
          '\t',
          '~~no~~',
          '**',
          '_',
          '`',
          '&amp;',
          '\\$',
          '[x](y)',
          'If it fails, we fall back to search.',
        ),
      ),
      { maxLength: 30 },
    )
    .chain((lines) => fc.constantFrom('\n', '\r\n', '\n\n').map((eol) => lines.join(eol)));

  it('is reviewed without a throw, ranges inside, whole and cached alike', () => {
    fc.assert(
      fc.property(markdown, markdown, (first, second) => {
        const cache = createReviewCache();
        for (const text of [first, `${first}\n${second}`, second]) {
          const whole = look(text);
          expectInside(text, whole);
          expect(review(text, rubric, DEFAULT_SETTINGS, { framework: 'five-step', cache })).toEqual(whole);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['strong', strong],
    ['weak', weak],
  ])('the %s example is reviewed when it is cut at any line', (_, text) => {
    const lines = text.split('\n');
    for (let count = 0; count <= lines.length; count += 3) {
      const cut = lines.slice(0, count).join('\n');
      expectInside(cut, look(cut));
    }
  });
});

describe('a finding that something is absent', () => {
  const harmless = 'The team met on Tuesday and talked about the plan.';

  it.each([
    ['strong', strong],
    ['weak', weak],
  ])('does not come from a harmless paragraph in the %s example', (_, text) => {
    const before = rulesOfAbsence(look(text));
    const positions = [...text.matchAll(/\n\n(?=\S)/g)]
      .map((match) => match.index + 2)
      .filter((position) => position > text.indexOf('## '));
    for (const position of positions) {
      const longer = `${text.slice(0, position)}${harmless}\n\n${text.slice(position)}`;
      expect(before, longer.slice(position, position + 60)).toEqual(
        expect.arrayContaining(rulesOfAbsence(look(longer))),
      );
    }
  });

  it('does not go when text of a section is deleted, line by line', () => {
    const lines = strong.split('\n');
    let last: string[] = [];
    // From the end of the last section upwards: what was absent stays absent.
    const start = lines.findIndex((line) => line.startsWith('## Constraints'));
    for (let end = lines.length; end > start + 3; end--) {
      const result = look(lines.slice(0, end).join('\n'));
      const owned = rulesOfAbsence(result).filter((rule) => rule.startsWith('failure/'));
      expect(owned).toEqual(expect.arrayContaining(last));
      last = owned;
    }
  });
});

describe('a document in another language', () => {
  it('gets one finding', () => {
    const chinese =
      '---\nframework: pdrif\n---\n# 设计题\n\n## Problem\n\n我们为法务团队设计一个合同助手，帮助他们在十分钟内找到续约条款，而不是两个小时。\n\n## Data\n\n数据来自公司过去三年的合同，由律师标注。\n';
    expect(review(chinese, rubric, DEFAULT_SETTINGS).findings.map((finding) => finding.rule)).toEqual([
      'structure/unsupported-language',
    ]);
  });

  it('is not suspected in terse English notes', () => {
    const terse =
      '## Problem framing\n\n- API gateway → router → LLM → validator\n- cache: Redis, TTL 5 min\n- p95 < 2 s, p99 < 5 s\n- fallback: keyword search\n- GPU pool, autoscaling, canary rollout, shadow mode\n- tokens: 1,500 in, 300 out\n- cost: $0.02/query\n- drift: weekly eval\n';
    expect(look(terse).findings.map((finding) => finding.rule)).not.toContain('structure/unsupported-language');
  });
});

describe('time', () => {
  const hostile: [string, string][] = [
    ['one word', 'fallback '],
    ['one failure', 'the model hallucinates, '],
    ['conditions', 'if it fails then '],
    ['amounts', '$0.02 per query and 2 s at p95, '],
    ['negations', 'no fallback and not '],
    // In paragraphs: within one, the markdown parser itself takes time with the square of the emphasis marks.
    ['emphasis', '\n\n**a** _b_ and **c**'],
    ['lead-ins', '\n**Risk:** it fails'],
    ['Han characters', '如果主库宕机就用缓存兜底，'],
    ['headings', '\n## Data\n'],
    ['items', '\n- Context overflow: we split it'],
    ['rows', '\n| a | b | c |'],
    ['placeholders', '<who is it> TODO '],
    ['wishes', 'The data is cleaned and we need to be GDPR compliant. '],
    ['goals', '\n- Goal: people find things faster.\n- We saw 31 % of other things.'],
    ['names with a dash', '\n- Hallucination – a filter'],
    ['names with a sentence', '\n- Hallucination. Not covered. A filter: retrain weekly, split 80/20.'],
  ];

  // A long text may take no more than in proportion to a short one; twice that is left for noise.
  it.each(hostile)('is linear in a text of %s', (_, unit) => {
    const textOf = (size: number) =>
      `## Problem framing\n\n| a | b |\n| - | - |\n${unit.repeat(Math.ceil(size / unit.length))}`;
    expect(growthOf(look, { short: textOf(16_000), long: textOf(64_000), allowed: 10 })).toBeLessThan(10);
  });

  it.each([
    ['gaps', 'patterns: ["a ..20 a ..20 a ..20 a ..20 b"]'],
    ['alternatives', 'patterns: ["(a|a a|a a a) (a|a a|a a a) (a|a a|a a a) (a|a a) b"]'],
    ['optional words', 'patterns: ["a? a? a? a? a? a? a? a? a? a? a? b"]'],
  ])("is linear for a user's pattern of many %s", (_, patterns) => {
    const own = compileForTest({ path: 'evidence/hostile.yaml', text: `title: x\nis: x\n${patterns}\n` });
    const growth = growthOf((text: string) => review(text, own, DEFAULT_SETTINGS, { framework: 'five-step' }), {
      short: `## Problem framing\n\n${'a '.repeat(8_000)}`,
      long: `## Problem framing\n\n${'a '.repeat(32_000)}`,
      allowed: 10,
    });
    expect(growth).toBeLessThan(10);
  });
});

describe.skipIf(!existsSync(corpus))('real documents', () => {
  const read = (folder: string) =>
    readdirSync(join(corpus, folder)).map((name) => [name, readFileSync(join(corpus, folder, name), 'utf8')] as const);

  it.each(['B', 'C'])('of class %s are never taken for answers', (folder) => {
    expect(
      read(folder)
        .filter(([name, text]) => recognize(text, name, rubric, DEFAULT_SETTINGS) !== null)
        .map(([name]) => name),
    ).toEqual([]);
  });
});
