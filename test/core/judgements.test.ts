import { describe, expect, test } from 'vitest';
import {
  byWeight,
  builtInRubric,
  DEFAULT_SETTINGS,
  review,
  worstGap,
  type Rubric,
} from '../../server/src/core/index.js';
import { compileForTest } from '../support/rubric.js';

const FRONT = '---\nframework: five-step\n---\n\n';
const SECTIONS = [
  'Problem framing',
  'Core interaction design',
  'Data and feedback loops',
  'Cost and latency architecture',
];

/** An answer whose other sections hold a line that no check asks for, with this text under failure modes, or under another heading. */
function answer(text: string, under = 'Constraints and failure modes'): string {
  const parts = [...SECTIONS, 'Constraints and failure modes'].map(
    (title) => `## ${title}\n\n${title === under ? text : 'The page has a blue border.'}\n`,
  );
  return FRONT + parts.join('\n');
}

function judge(text: string, rule: string) {
  const { judgements } = review(text, builtInRubric(), DEFAULT_SETTINGS, { explain: true });
  const found = judgements.filter((judgement) => judgement.rule === rule);
  expect(found).toHaveLength(1);
  return {
    state: found[0]!.state,
    unjudged: found[0]!.unjudged,
    words: found[0]!.grounds.map(({ start, end }) => text.slice(start, end)),
  };
}

describe('how a check came out', () => {
  test('met, by the words that it rests on', () => {
    const text = answer('- Context overflow: split the contract at its headings.');
    expect(judge(text, 'failure/no-modes')).toMatchObject({ state: 'met', words: ['Context overflow'] });
    expect(judge(text, 'failure/no-mitigation')).toMatchObject({ state: 'met', words: ['Context overflow'] });
  });

  test('a part: some of the failures have an answer', () => {
    const text = answer(
      '- Context overflow: split the contract at its headings.\n- The model hallucinates a refund policy.',
    );
    expect(judge(text, 'failure/no-mitigation')).toMatchObject({ state: 'part', words: ['Context overflow'] });
  });

  test('missing: not one has', () => {
    const text = answer('- The context overflows on long contracts.\n- The model hallucinates a refund policy.');
    expect(judge(text, 'failure/no-mitigation')).toMatchObject({ state: 'missing', words: [] });
  });

  test('a part: a total, and not what one unit costs', () => {
    const text = answer('It costs $900 a month to run.', 'Cost and latency architecture');
    expect(judge(text, 'cost/no-numbers')).toMatchObject({ state: 'met' });
    expect(judge(text, 'cost/no-unit-cost').state).toBe('part');
    expect(judge(text, 'cost/no-unit-cost').words.join(' ')).toContain('$900 a month');
  });

  test('a part: nothing but words that stand in for what is asked for, which are no finding either', () => {
    const text = answer('The gate has health checks.', 'Data and feedback loops');
    expect(judge(text, 'feedback/no-monitoring')).toMatchObject({ state: 'part', words: ['health checks'] });
    const { findings } = review(text, builtInRubric(), DEFAULT_SETTINGS);
    expect(findings.map(({ rule }) => rule)).not.toContain('feedback/no-monitoring');
  });

  test('a part: a measure of success that comes after the solution', () => {
    const text = answer(
      'We use GPT-4 with Pinecone. Success: handling time falls from 9 to 6 minutes.',
      'Problem framing',
    );
    expect(judge(text, 'problem/metric-after-solution')).toMatchObject({ state: 'part' });
  });

  test('missing where nothing of it is there, met without words where a fault is not there', () => {
    expect(judge(answer('Nothing is planned.'), 'failure/no-modes')).toMatchObject({ state: 'missing', words: [] });
    expect(judge(answer('Nothing is planned.'), 'failure/hand-wave')).toMatchObject({ state: 'met', words: [] });
  });

  test.each([
    ['no occasion', answer('Nothing is planned.'), 'cost/no-unit-cost', 'no-occasion'],
    ['an empty section', answer(''), 'failure/no-modes', 'section-empty'],
    ['an empty section has no faults either', answer(''), 'failure/hand-wave', 'section-empty'],
    ['a missing section', `${FRONT}## Problem framing\n\nThe page is blue.\n`, 'failure/no-modes', 'section-missing'],
  ])('not applicable: %s', (_, text, rule, unjudged) => {
    expect(judge(text, rule)).toEqual({ state: 'not-applicable', unjudged, words: [] });
  });

  test('what a comment silences is not judged, and moves no score', () => {
    const loud = answer('Nothing is planned.');
    const silent = loud.replace('## Constraints', '<!-- design-answers-disable failure/no-modes -->\n\n## Constraints');
    expect(judge(silent, 'failure/no-modes')).toMatchObject({ state: 'not-applicable', unjudged: 'suppressed' });
    const scoreOf = (text: string) => review(text, builtInRubric(), DEFAULT_SETTINGS).score!;
    expect(scoreOf(silent).moved.map(({ rule }) => rule)).not.toContain('failure/no-modes');
    expect(scoreOf(loud).moved.map(({ rule }) => rule)).toContain('failure/no-modes');
  });

  test('nobody pays for it who did not ask', () => {
    const text = answer('Nothing is planned.');
    const plain = review(text, builtInRubric(), DEFAULT_SETTINGS);
    const explained = review(text, builtInRubric(), DEFAULT_SETTINGS, { explain: true });
    expect(plain.judgements).toEqual([]);
    expect({ ...explained, judgements: [] }).toEqual(plain);
  });

  test('every judged check of a section moves the score as its weight says, and no other', () => {
    const { judgements, score } = review(answer('Nothing is planned.'), builtInRubric(), DEFAULT_SETTINGS, {
      explain: true,
    });
    const failed = judgements
      .filter(({ state, severity, section }) => ['part', 'missing'].includes(state) && severity !== 'hint' && section)
      .map(({ rule }) => rule)
      .sort();
    expect(score!.moved.map(({ rule }) => rule).sort()).toEqual(failed);
  });
});

/** A rubric file with one check, which has this field as well. */
function ownCheck(field: string) {
  return {
    path: 'ours.yaml',
    text: `checks:
  ours/no-fallback:
    detector: absent
    options: { evidence: [fallback] }
    owner: { five-step: failure-modes }
    ${field}
    message: No fallback
    why: It will fail.
    next: Say what serves the user then.
`,
  };
}

test('a check of one’s own says which kinds are a part of it', () => {
  const rubric = compileForTest(ownCheck('part: [mitigation]'));
  const text = answer('- Context overflow: split the contract at its headings.');
  const [judgement] = review(text, rubric, DEFAULT_SETTINGS, { explain: true }).judgements.filter(
    ({ rule }) => rule === 'ours/no-fallback',
  );
  expect(judgement).toMatchObject({ state: 'part' });
  expect(() =>
    compileForTest({
      path: 'ours.yaml',
      text: 'checks:\n  a/b: { detector: absent, options: { evidence: [fallback] }, part: [mitigaton], message: M, why: W, next: N }\n',
    }),
  ).toThrow(/no evidence kind "mitigaton"; did you mean "mitigation"\?/);
});

test('a check can give way to another that says more, which must be there', () => {
  const told = (rule: string) => ownCheck(`unless-told: [${rule}]`);
  const rules = (rubric: Rubric) =>
    review(answer('Tickets wait in one place.'), rubric, DEFAULT_SETTINGS).findings.map(({ rule }) => rule);
  expect(rules(compileForTest(told('failure/no-modes')))).toContain('failure/no-modes');
  expect(rules(compileForTest(told('failure/no-modes')))).not.toContain('ours/no-fallback');
  expect(rules(compileForTest(told('failure/hand-wave')))).toContain('ours/no-fallback');
  expect(() => compileForTest(told('failure/no-mode'))).toThrow(/no rule "failure\/no-mode"; did you mean/);
  expect(() => compileForTest(told('ours/no-fallback'))).toThrow(/cannot take its own place/);
});

test('a fault that is said again is told as often as the check says', () => {
  const own = (most: string) => ({
    path: 'ours.yaml',
    text: `checks:\n  ours/wave: { detector: present, options: { evidence: [hand-wave]${most} }, message: M, why: W, next: N }\n`,
  });
  const waves = 'The AI will handle it.\n\nEngineering will figure it out.\n\nWe will deal with edge cases.';
  const count = (most: string) =>
    review(answer(waves), compileForTest(own(most)), DEFAULT_SETTINGS).findings.filter(
      ({ rule }) => rule === 'ours/wave',
    ).length;
  expect(count('')).toBe(3);
  expect(count(', most: 2')).toBe(2);
  for (const wrong of ['0', '1.5', '-1', 'two'])
    expect(() => compileForTest(own(`, most: ${wrong}`))).toThrow(/This option is a whole number from 1 on/);
});

test.each([
  ['{ to: severe, if: [fallback] }', /"to" is one of error, warning, information, hint/],
  ['{ to: hint, iff: [fallback] }', /no "iff" in this option/],
  ['{ to: hint, if: [fallbak] }', /no evidence kind "fallbak"/],
  ['{ to: hint, if: [fallback], message: "" }', /message of this option is text/],
  ['{ if: [fallback] }', /This option is \{ to: severity/],
])('an option that changes the severity tells what is wrong: %s', (option, message) => {
  const text = `checks:\n  a/b: { detector: absent, options: { evidence: [fallback], too-little: ${option} }, message: M, why: W, next: N }\n`;
  expect(() => compileForTest({ path: 'ours.yaml', text })).toThrow(message);
});

describe('the worst first', () => {
  const weak = review(answer('The AI will handle it.'), builtInRubric(), DEFAULT_SETTINGS);

  test('by severity, then by the points that they cost', () => {
    const order = ['error', 'warning', 'information', 'hint'];
    const rows = byWeight(weak).map(({ rule, severity }) => ({
      rank: order.indexOf(severity),
      points: weak.score!.moved.find((item) => item.rule === rule)?.points ?? 0,
    }));
    expect(rows.length).toBeGreaterThan(10);
    for (const [index, row] of rows.entries()) {
      const before = rows[index - 1];
      if (!before) continue;
      expect(before.rank < row.rank || (before.rank === row.rank && before.points <= row.points)).toBe(true);
    }
  });

  test('the worst gap is what costs the most points', () => {
    const worst = worstGap(weak)!;
    expect(worst.points).toBe(-weak.score!.moved[0]!.points);
    const gone = review(
      `${FRONT}## Problem framing\n\nOne question costs $3 × 4 = $15 for billing agents.\n`,
      builtInRubric(),
      DEFAULT_SETTINGS,
    );
    expect(worstGap(gone)!.finding.rule).toBe('structure/missing-section');
  });

  test('no findings, no gap', () => {
    expect(worstGap({ findings: [], score: null })).toBeNull();
  });

  test('is the missing section that costs the most, with its own points', () => {
    const short = review('## Problem framing\n\nAgents wait.\n', builtInRubric(), DEFAULT_SETTINGS, {
      fileName: 'x.answer.md',
    });
    const worst = worstGap(short)!;
    const [first] = short.score!.moved;
    expect([worst.finding.rule, worst.finding.about, worst.points]).toEqual([
      first!.rule,
      first!.section,
      -first!.points,
    ]);
    const told = byWeight(short)
      .filter(({ rule }) => rule === 'structure/missing-section')
      .map(({ about }) => about);
    expect(told).toEqual(['core-interaction', 'data-feedback', 'cost-latency', 'failure-modes']);
  });
});
