import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInRubric, DEFAULT_SETTINGS, review } from '../../server/src/core/index.js';
import { readCarets } from '../support/carets.js';

const rubric = builtInRubric();

/** Reviews a whole answer and compares the findings of the rules that its carets name with the carets. */
function check(fixture: string, rules: readonly string[]): void {
  const { text, marks } = readCarets(fixture);
  const found = review(text, rubric, DEFAULT_SETTINGS, { framework: 'five-step' })
    .findings.filter((finding) => rules.includes(finding.rule))
    .map((finding) => `${finding.rule} “${text.slice(finding.start, finding.end)}”`);
  const wanted = marks.map((mark) => `${mark.note} “${text.slice(mark.start, mark.end)}”`);
  expect(found.sort()).toEqual(wanted.sort());
}

describe('a failure and its answer', () => {
  const pairs: [string, string][] = [
    [
      'in the same item',
      `## Failure modes
- Context overflow: split at headings and retrieve the ten best parts.
- Hallucinated quotes: every quote is checked against the source, and one that is not there is dropped.
`,
    ],
    [
      'in a nested list',
      `## Failure modes
- Context overflow on long contracts
  - Split at headings and retrieve the ten best parts
- Latency spikes at month end
` +
        `  ^^^^^^^^^^^^^^ failure/no-mitigation
`,
    ],
    [
      'in labelled children',
      `## Failure modes
- **Hallucination**
  - Impact: the lawyer cites a clause that does not exist
  - Mitigation: every quote is checked against the contract before it is shown
- **Provider outage**
  - Impact: nothing is answered
  - Mitigation: we fall back to keyword search
`,
    ],
    [
      'in a table row',
      `## Failure modes
| What goes wrong | What the system does |
| --- | --- |
| Context overflow | Split at headings and retrieve the ten best parts |
| Hallucinated clause numbers | |
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ failure/no-mitigation
`,
    ],
    [
      'in the next sentence',
      `## Failure modes
The model sometimes hallucinates a clause. We check each quote against the contract and drop it if it is not there.

Latency spikes happen at month end.
^^^^^^^^^^^^^^ failure/no-mitigation
`,
    ],
    [
      'as if and then',
      `## Failure modes
If the model times out, we fall back to keyword search and say so.
`,
    ],
    [
      'in a list of its own',
      `## Failure modes
Failure modes:

- Context overflow
- Hallucinated quotes

Mitigations:

- Split at headings and retrieve the ten best parts
- Check every quote against the source before it is shown
`,
    ],
    [
      'nowhere: one finding on the heading',
      `## Failure modes
   ^^^^^^^^^^^^^ failure/no-mitigation
- Context overflow on long contracts
- Latency spikes at month end
- Prompt injection in uploads
`,
    ],
  ];
  it.each(pairs)('%s', (_, fixture) => check(fixture, ['failure/no-mitigation']));
});

describe('evidence that is split or marked up', () => {
  it.each([
    [
      'by a hard line wrap',
      '## Cost and latency\nEach query takes 1,500 tokens and costs\n$0.02, and the answer is there in 2\nseconds at p95.\n',
    ],
    ['by emphasis', '## Cost and latency\nEach query costs **$0.02** and p95 is *under 2 seconds*.\n'],
    ['by an escape', '## Cost and latency\nEach query costs \\$0.02 and p95 is &lt; 2 s.\n'],
    ['in an untagged fence', '## Cost and latency\n```\ncost per query: $0.02\np95 latency: < 2 s\n```\n'],
    [
      'in a table',
      '## Cost and latency\n| Metric | Target |\n| --- | --- |\n| Cost per query | $0.02 |\n| Latency (p95) | < 2 s |\n',
    ],
    ['in a callout', '## Cost and latency\n> [!NOTE]\n> Each query costs $0.02, and p95 latency is 2 s.\n'],
  ])('%s still counts', (_, fixture) =>
    check(fixture, ['cost/no-numbers', 'cost/no-unit-cost', 'latency/no-number', 'requirements/no-numbers']),
  );

  it.each([
    ['in a comment', '<!-- each query costs $0.02, p95 latency 2 s -->\nWe use a small model here.\n'],
    ['struck out', '~~Each query costs $0.02, p95 latency is 2 s.~~\nWe use a small model here.\n'],
    ['quoted from the interviewer', '> Each query costs $0.02 and p95 latency is 2 s.\n\nWe use a small model here.\n'],
    ['in program code', '```python\nprice = "$0.02 per query, p95 latency 2 s"\n```\nWe use a small model here.\n'],
    ['under a glossary', 'We use a small model here.\n\n### Glossary\n\n- p95 latency: 2 s, at $0.02 per query.\n'],
    ['asked', 'What if each query costs $0.02, and p95 latency is 2 s?\nWe use a small model here.\n'],
  ])('%s does not', (_, body) => {
    const found = review(`## Cost and latency\n${body}`, rubric, DEFAULT_SETTINGS, {
      framework: 'five-step',
    }).findings.map((finding) => finding.rule);
    // Of no figure at all, which is the latency's cause as well, one finding tells.
    expect(found).toEqual(expect.arrayContaining(['cost/no-numbers', 'requirements/no-numbers']));
  });
});

describe('a line that begins with “Prompt:”', () => {
  const kinds = (body: string) =>
    new Set(
      review(`## Cost and latency\n\n${body}\n`, rubric, DEFAULT_SETTINGS, { framework: 'five-step' }).evidence.map(
        ({ kind }) => kind,
      ),
    );

  it.each([
    'Prompt: 2,000 tokens × $0.003/1K = $0.006 per query',
    '**Prompt:** 2,000 tokens × $0.003/1K = $0.006 per query',
    'Prompt:\n\n- 2,000 tokens × $0.003/1K = $0.006 per query',
  ])('is the writer’s where a sum stands there: %j', (body) => {
    expect([...kinds(body)]).toEqual(expect.arrayContaining(['money', 'tokens', 'cost-calculation']));
  });

  it.each(['Prompt: 2,000 tokens', 'Prompt: $0.006 per query', 'Prompt: ~2,000 tokens at $3/1M'])(
    'is the writer’s where it begins with tokens or an amount: %s',
    (body) => expect(kinds(body)).not.toEqual(new Set()),
  );

  it.each([
    'Prompt: Design a tutor for 10,000 students at $5 a month.',
    '**Question:** 40 lawyers read 300 contracts a week. Each costs $90. What would you build?',
    'Original question: cut the cost of a query from $0.02 to $0.01.',
  ])('is the interviewer’s where it asks: %s', (body) => expect(kinds(body)).toEqual(new Set()));
});

describe('the examples that people open first', () => {
  const read = (name: string) => readFileSync(join(import.meta.dirname, '../../examples', name), 'utf8');
  const rulesOf = (name: string) => review(read(name), rubric, DEFAULT_SETTINGS, { fileName: name }).findings;

  it('leave the strong one alone', () => {
    const found = rulesOf('strong.answer.md').filter((finding) => finding.severity !== 'hint');
    expect(found.map((finding) => `${finding.rule}: ${finding.message}`)).toEqual([]);
  });

  it('show telling gaps in the weak one', () => {
    const found = rulesOf('weak.answer.md')
      .filter((finding) => finding.severity === 'warning')
      .map((finding) => finding.rule);
    expect(found).toEqual(
      expect.arrayContaining([
        'cost/no-numbers',
        'failure/no-mitigation',
        'problem/no-success-metric',
        'data/privacy-deferred',
      ]),
    );
  });
});

describe('an answer that opens with its architecture', () => {
  const opens = (sections: string) =>
    review(sections, rubric, DEFAULT_SETTINGS, { framework: 'pdrif' })
      .findings.map(({ rule }) => rule)
      .filter((rule) => rule === 'problem/starts-with-technology' || rule === 'structure/section-order');
  const architecture = '## Architecture\n\nThe planner is a single Flask service with three workers.\n\n';
  const problem = '## Problem\n\nSkippers lose an hour when two boats get one berth.\n\n';
  const data = '## Data\n\nSlips of four years from the harbor office.\n\n';

  it('has one finding, though its sections are in another order too', () => {
    expect(opens(architecture + problem)).toEqual(['problem/starts-with-technology']);
    expect(opens(architecture + problem + data)).toEqual(['problem/starts-with-technology']);
  });

  it('is told of the order where that check alone is on, or where another section is out of its place', () => {
    const settings = { ...DEFAULT_SETTINGS, rules: { 'problem/starts-with-technology': 'off' } } as const;
    const rules = review(architecture + problem, rubric, settings, { framework: 'pdrif' }).findings.map(
      ({ rule }) => rule,
    );
    expect(rules).toContain('structure/section-order');
    const feedback = '## Feedback\n\nThumbs are counted each week.\n\n';
    expect(opens(problem + feedback + data)).toEqual(['structure/section-order']);
  });
});
