import { describe, expect, it } from 'vitest';
import { isMostlyQuoted, readBlocks, readBlocksFully } from '../../server/src/core/answer/blocks.js';
import { review } from '../../server/src/core/review.js';
import { builtInRubric } from '../../server/src/core/rubric/builtIn.js';
import { DEFAULT_SETTINGS } from '../../server/src/core/settings.js';

const textIn = (markdown: string): string[] => {
  const { blocks } = readBlocks(markdown);
  expect(blocks).toEqual(readBlocksFully(markdown).blocks);
  return blocks.map(({ text }) => text);
};

describe('block quotes', () => {
  it.each([
    ['the question', '> Design a tutor for children. How would you know that it works?'],
    ['the question in quotation marks', '> "Where would you start, and what would you leave out?"'],
    ['a user', '> "I lose two hours a day to this, and I would pay for anything that helps."'],
    ['a team', '> “We are asked the same thing every week. I’d love a button.”'],
    ['the interviewer of a transcript', '> Interviewer: I would start with the data. Would you?'],
    ['a motto', '> Trust is earned in drops.'],
  ])('are not the writer’s: %s', (_, markdown) => {
    expect(textIn(markdown)).toEqual([]);
  });

  it.each([
    ['a candidate’s turn', '> Candidate: Two stages, small and large.'],
    ['a choice told aloud', '> "I chose two towers because context can be added later."'],
    ['a plan told aloud', '> “I’d start with rules, and measure the share that they answer.”'],
    ['a choice over two lines', '> The first version has no model: we\n> decided that rules are enough to learn from.'],
    ['emphasis within it', '> I **chose** rules.'],
    ['a callout', '> [!NOTE]\n> Rules come first.'],
  ])('are the writer’s: %s', (_, markdown) => {
    expect(textIn(markdown)).not.toEqual([]);
  });

  it('go on as the candidate’s until somebody else speaks', () => {
    const markdown =
      '> I built one route for each risk.\n>\n> Small risks are sent at once.\n>\n> Interviewer: And large ones?';
    expect(textIn(markdown)).toEqual(['I built one route for each risk.', 'Small risks are sent at once.']);
  });
});

describe('a quote below what says that it is said', () => {
  const quote = '> The small model answers first.';
  it.each([
    '**Say:**',
    'What you say (2 minutes):',
    '**My answer:**',
    '**2. How I’d say it:**',
    'Sample answer:',
    '**Elevator pitch:**',
  ])('is the candidate’s: %s', (leadIn) => {
    expect(textIn(`${leadIn}\n\n${quote}`)).toContain('The small model answers first.');
  });

  it.each(['What users say:', '**They said:**', 'What an interviewer says:', 'Say no to this:', 'Answer this:'])(
    'is somebody else’s: %s',
    (leadIn) => {
      expect(textIn(`${leadIn}\n\n${quote}`)).not.toContain('The small model answers first.');
    },
  );

  it('is told by the heading too, past another lead-in, until the interviewer speaks', () => {
    const { blocks } = readBlocks(`**Model:**\n\n${quote}\n>\n> Interviewer: Why?`, [
      'Plan',
      'What you say (2 minutes)',
    ]);
    expect(blocks.map(({ text }) => text)).toEqual(['Model:', 'The small model answers first.']);
    expect(readBlocks(`**Model:**\n\n${quote}`, ['Plan', 'What you draw']).blocks).toHaveLength(1);
  });
});

describe('an answer that is mostly quoted', () => {
  const spoken = [
    '## Infrastructure',
    '',
    '**Setup**: How does the ranking work?',
    '',
    '> "A logistic regression ranks a hundred profiles, since it answers within 1 ms.',
    '>',
    '> - Positive examples are matches, negative ones are passes."',
    '',
    '**Follow-up**: And if it is unsure?',
    '',
    '> It shows the newest profiles instead.',
    ...'Every hour the profiles that were seen are taken out, and new ones come in. '
      .repeat(12)
      .match(/.{60,90}\s/g)!
      .map((line) => `> ${line}`),
  ].join('\n');
  const evidenceIn = (text: string): string[] =>
    review(text, builtInRubric(), DEFAULT_SETTINGS, { framework: 'pdrif' }).evidence.map(({ kind }) => kind);

  it('is told by its letters', () => {
    expect(isMostlyQuoted(spoken)).toBe(true);
    expect(isMostlyQuoted(`> Design a tutor.\n\n${'I begin with the children. '.repeat(3)}`)).toBe(false);
    expect(isMostlyQuoted('a > b\nc')).toBe(false);
    expect(isMostlyQuoted(`\n> ${'Design a tutor for children, please. '.repeat(8)}\n\nI begin with`)).toBe(false);
  });

  it('is read as what its candidate says', () => {
    expect(evidenceIn(spoken)).toContain('latency');
    const mostlyOwn = `${spoken}\n\n${'The rest of this page tells how it went on that day in the office. '.repeat(20)}`;
    expect(evidenceIn(mostlyOwn)).not.toContain('latency');
  });

  it('leaves the interviewer’s turns out', () => {
    const { blocks } = readBlocks(
      '> Interviewer: Design a tutor.\n>\n> Candidate: For children, first.\n\nInterviewer:\n\n> And for adults?',
      [],
      true,
    );
    expect(blocks.map(({ text }) => text)).toEqual(['Candidate: For children, first.', 'Interviewer:']);
  });
});
