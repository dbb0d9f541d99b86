import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, review } from '../../server/src/core/index.js';
import { compileForTest } from '../support/rubric.js';

const kind = (id: string, rest: string) => ({
  path: `.design-answers/evidence/${id}.yaml`,
  text: `title: ${id}\nis: For this test.\n${rest}\n`,
});

/** What is found of a kind whose members are these. */
const finderOf = (...members: string[]) => {
  const rubric = compileForTest(
    kind('frog', 'patterns: [frog~]'),
    kind('pond', 'patterns: [pond~]'),
    kind('leap', `together:\n  - [${members.map((member) => JSON.stringify(member)).join(', ')}]`),
  );
  return (text: string) =>
    review(`# Data\n\n${text}`, rubric, DEFAULT_SETTINGS, { framework: 'pdrif' })
      .evidence.filter((item) => item.kind === 'leap')
      .map((item) => item.text);
};

describe('words that count together with evidence', () => {
  const found = finderOf('{frog}', 'leaps (far)?');

  it('count in its sentence, before or behind it', () => {
    expect(found('The frog leaps far.')).toEqual(['frog leaps far']);
    expect(found('What leaps here is a frog.')).toEqual(['leaps here is a frog']);
  });

  it('do not count in another sentence, nor without it', () => {
    expect(found('This is a frog. It leaps.')).toEqual([]);
    expect(found('It leaps. The other leaps far.')).toEqual([]);
    expect(found('It leaps. This is a frog. It leaps far.')).toEqual([]);
  });

  it('count in each sentence by itself', () => {
    expect(found('A frog leaps. It leaps. The cat leaps. Two frogs: one leaps far.')).toEqual([
      'frog leaps',
      'frogs: one leaps far',
    ]);
  });

  it('count only where all of a group stand', () => {
    const three = finderOf('leaps', '{frog}', '(over|across) (water|mud)');
    expect(three('The frog leaps over water.')).toEqual(['frog leaps over water']);
    expect(three('The frog leaps over it.')).toEqual([]);
    expect(three('It leaps over mud.')).toEqual([]);
    expect(three('A frog swims across mud.')).toEqual([]);
  });

  it('count where a group waits for evidence of two kinds', () => {
    const two = finderOf('{pond}', 'near', '{frog}');
    expect(two('A frog sits near the pond.')).toEqual(['frog sits near the pond']);
    expect(two('A frog sits at the pond.')).toEqual([]);
    expect(two('The cat sits near the pond.')).toEqual([]);
  });
});

it('evidence alone counts together in neighboring sentences, too', () => {
  const found = finderOf('{frog}', '{pond}');
  expect(found('It is a frog. It sits by the pond.')).toHaveLength(1);
  expect(found('It is a frog. It sits. There is a pond.')).toEqual([]);
});
