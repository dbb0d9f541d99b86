import { describe, expect, it } from 'vitest';
import { builtInRubric, DEFAULT_SETTINGS, extendRubric, review } from '../../server/src/core/index.js';
import { compileForTest } from '../support/rubric.js';

const FROG = `title: Frog
is: A frog by name.
patterns: [frog]
otherwise: { kind: croak, least: 2 }
`;
const CROAK = `title: Croak
is: The sound alone.
patterns: [croak~]
helper: true
`;
const rubric = compileForTest(
  { path: '.design-answers/evidence/frog.yaml', text: FROG },
  { path: '.design-answers/evidence/croak.yaml', text: CROAK },
);

const frogs = (text: string) =>
  review(text, rubric, DEFAULT_SETTINGS, { framework: 'pdrif' })
    .evidence.filter(({ kind }) => kind === 'frog')
    .map((item) => item.text);

describe('words that are too weak to count once', () => {
  it('count where two sentences hold some, in two paragraphs, items or sections', () => {
    expect(frogs('# Data\n\nIt croaks at night. It croaked again.')).toEqual(['croaks', 'croaked']);
    expect(frogs('# Data\n\n- croaks at night\n- swims\n- croaked at dawn')).toEqual(['croaks', 'croaked']);
    expect(frogs('# Data\n\nIt croaks.\n\n# Problem\n\nIt croaked.')).toEqual(['croaks', 'croaked']);
  });

  it('do not count where one sentence repeats them', () => {
    expect(frogs('# Data\n\nIt croaks and croaks all night.')).toEqual([]);
  });

  it('do not count where they are taken back', () => {
    expect(frogs('# Data\n\nIt never croaks. It croaked once.')).toEqual([]);
  });

  it('leave alone what says it in so many words', () => {
    expect(frogs('# Data\n\nIt croaks. It croaked. It is a frog.')).toEqual(['frog']);
  });
});

describe('several stand-ins, and what they need beside them', () => {
  const POND = `title: Pond
is: Water.
patterns: [pond~]
helper: true
`;
  const ofKinds = (otherwise: string) => {
    const own = compileForTest(
      {
        path: '.design-answers/evidence/frog.yaml',
        text: FROG.replace('otherwise: { kind: croak, least: 2 }', `otherwise:\n${otherwise}`),
      },
      { path: '.design-answers/evidence/croak.yaml', text: CROAK },
      { path: '.design-answers/evidence/pond.yaml', text: POND },
    );
    return (text: string) =>
      review(text, own, DEFAULT_SETTINGS, { framework: 'pdrif' })
        .evidence.filter(({ kind }) => kind === 'frog')
        .map((item) => item.text);
  };

  it('each count on their own, and all that there is enough of in the order of the text', () => {
    const found = ofKinds('  - { kind: croak, least: 2 }\n  - { kind: pond }');
    expect(found('# Data\n\nIt croaks.')).toEqual([]);
    expect(found('# Data\n\nIt croaks at the pond.')).toEqual(['pond']);
    expect(found('# Data\n\nIt croaks at the pond. It croaked.')).toEqual(['croaks', 'pond', 'croaked']);
  });

  it('count only in an answer that holds what must be beside them, in so many sentences', () => {
    const found = ofKinds('  - { kind: croak, beside: { kind: pond, least: 2 } }');
    expect(found('# Data\n\nIt croaks.')).toEqual([]);
    expect(found('# Data\n\nIt croaks. The pond is a pond.')).toEqual([]);
    expect(found('# Data\n\nIt croaks. The pond.\n\n# Problem\n\nA pond.')).toEqual(['croaks']);
  });
});

describe('what a rubric says of them', () => {
  const problemsOf = (otherwise: string) => {
    const text = FROG.replace('{ kind: croak, least: 2 }', otherwise);
    return extendRubric(builtInRubric(), [{ path: '.design-answers/evidence/frog.yaml', text }]).problems.map(
      ({ message, start, end }) => [message, text.slice(start, end)],
    );
  };

  it('is told at its place where it is wrong', () => {
    expect(problemsOf('{ kind: monitorin }')).toEqual([
      [expect.stringContaining('There is no evidence kind "monitorin"'), 'monitorin'],
    ]);
    expect(problemsOf('{ kind: frog }')).toEqual([['A kind cannot stand in for itself', 'frog']]);
    expect(problemsOf('{ kind: monitoring, least: 0 }')).toEqual([
      ['"least" is a number of sentences, from 1 on', '0'],
    ]);
    expect(problemsOf('[{ kind: monitoring }, croak]')).toEqual([
      ['A stand-in is written as "{ kind: …, least: … }"', 'croak'],
    ]);
    expect(problemsOf('[{ kind: monitoring, beside: { kind: frog } }]')).toEqual([
      ['A kind cannot stand in for itself', 'frog'],
    ]);
    expect(problemsOf('{ least: 2 }')).toEqual([['"kind" is missing', 'least']]);
    expect(problemsOf('{ kind: monitoring, most: 2 }')).toEqual([[expect.stringContaining('most'), 'most']]);
  });

  it('leaves a stand-in out whose condition names no kind: without it, it would count far too often', () => {
    const files = [
      {
        path: '.design-answers/evidence/frog.yaml',
        text: FROG.replace('{ kind: croak, least: 2 }', '[{ kind: croak, beside: { kind: pont } }]'),
      },
      { path: '.design-answers/evidence/croak.yaml', text: CROAK },
    ];
    const { rubric: own, problems } = extendRubric(builtInRubric(), files);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('There is no evidence kind "pont"'),
    ]);
    const { evidence } = review('# Data\n\nIt croaks.', own, DEFAULT_SETTINGS, { framework: 'pdrif' });
    expect(evidence.filter(({ kind }) => kind === 'frog')).toEqual([]);
  });

  it('may leave the number out', () => {
    expect(problemsOf('{ kind: monitoring }')).toEqual([]);
  });
});

it('say that an answer holds some, and of their own place nothing', () => {
  const rules = (text: string) =>
    review(text, builtInRubric(), DEFAULT_SETTINGS, { framework: 'pdrif' }).findings.map(({ rule }) => rule);
  // Two hints stand in for a trade-off, and neither is the reason of the technology beside it.
  const hints =
    '# Infrastructure\n\nWe use Kafka for events. Analysts see a score and a reason.\n\nWe use Redis for keys.';
  expect(rules(hints)).not.toContain('design/no-tradeoff');
  expect(rules(hints)).toContain('design/unjustified-technology');
});
