import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answerPlace,
  builtInRubric,
  DEFAULT_SETTINGS,
  judgeQuestions,
  openQuestions,
  plainText,
  review,
  type AskedQuestion,
  type OpenQuestion,
  type Review,
} from '../../server/src/core/index.js';

const rubric = builtInRubric();

const ANSWER = `---
framework: five-step
---

# Contract review copilot

## Problem framing

Paralegals who review vendor contracts miss renewal clauses, since search finds only exact words.

## Core interaction design

The paralegal drops a contract in. The model receives its clauses and returns the risky ones.

## Data and feedback loops

Each accepted or rejected clause goes into the evaluation set every week.

## Cost and latency architecture

We use a large model because it is the best. The AI will handle edge cases.

## Constraints and failure modes
`;
const COST = 'cost-latency';

function read(text: string): Review {
  return review(text, rubric, DEFAULT_SETTINGS);
}

function ask(text: string, ...sections: string[]): OpenQuestion[] {
  return openQuestions(read(text), rubric, sections);
}

function rules(text: string, ...sections: string[]): string[] {
  return ask(text, ...sections).map(({ rule }) => rule);
}

/** Writes an answer below a question, as the editor does. */
function answer(text: string, asked: AskedQuestion, words: string): string {
  const place = answerPlace(text, read(text), asked);
  if (!place) throw new Error('no place');
  const inserted = plainText(place.snippet.replace(/(?<!\\)\$0/, '@@'));
  return (text.slice(0, place.offset) + inserted + text.slice(place.offset)).replace('@@', words);
}

function asked(rule: string, section: string, text = ANSWER): AskedQuestion {
  const open = ask(text, section).find((candidate) => candidate.rule === rule);
  const [question] = open?.questions ?? [];
  if (question === undefined) throw new Error(`${rule} is not open: ${rules(text, section).join(', ')}`);
  return { rule, section, question };
}

describe('open questions', () => {
  test('are what the named sections leave open, warnings first', () => {
    const open = ask(ANSWER, COST);
    expect(open.map(({ rule }) => rule)).toContain('cost/no-numbers');
    expect(open.every(({ section }) => section === COST)).toBe(true);
    expect(open.every(({ questions }) => questions.every((question) => question.endsWith('?')))).toBe(true);
    const order = ['error', 'warning', 'information', 'hint'];
    const weights = open.map(({ severity }) => order.indexOf(severity));
    expect(weights).toEqual([...weights].sort((a, b) => a - b));
  });

  test('of the first section named come before those of the others, weight for weight', () => {
    const nobody = ANSWER.replace('Paralegals who review vendor contracts miss', 'Many people miss');
    const open = ask(nobody, COST, 'problem-framing').filter(({ severity }) => severity === 'warning');
    const sections = open.map(({ section }) => section);
    expect(new Set(sections).size).toBe(2);
    expect(sections).toEqual([...sections].sort((a, b) => Number(b === COST) - Number(a === COST)));
  });

  test('never are of a section that was not named', () => {
    expect(rules(ANSWER, 'core-interaction').filter((rule) => rule.startsWith('cost/'))).toEqual([]);
    expect(ask(ANSWER)).toEqual([]);
    expect(ask(ANSWER, 'no-such-section')).toEqual([]);
  });

  test('are gone once the text says it', () => {
    expect(rules(ANSWER, COST)).toContain('requirements/no-numbers');
    const said = ANSWER.replace('is the best.', 'is the best. It answers within 2 seconds.');
    expect(rules(said, COST)).not.toContain('requirements/no-numbers');
  });

  test('are not about what another section says, although their own lacks it', () => {
    const moved = ANSWER.replace('Paralegals who review vendor contracts miss', 'Many people miss');
    expect(rules(moved.replace(/The paralegal drops[^]*?(?=## Data)/, 'Words.\n\n'), 'problem-framing')).toContain(
      'problem/no-user',
    );
    const said = moved.replace(
      'Each accepted',
      'Paralegals who review vendor contracts at month end correct it. Each accepted',
    );
    expect(read(said).findings.map(({ rule }) => rule)).toContain('problem/no-user');
    expect(rules(said, 'problem-framing')).not.toContain('problem/no-user');
  });

  test('are about words, not about the form of the answer', () => {
    expect(rules(ANSWER, 'failure-modes')).toEqual(['structure/empty-section']);
    const untidy = ANSWER.replace('Each accepted', 'TODO: more. Each accepted');
    expect(read(untidy).findings.map(({ rule }) => rule)).toContain('structure/unfilled-placeholder');
    expect(rules(untidy, 'data-feedback')).not.toContain('structure/unfilled-placeholder');
  });

  test('are about sums that do not come out, before all else', () => {
    const wrong = ANSWER.replace('is the best.', 'is the best. 10,000 queries a day × $0.01 per query = $500 a day.');
    expect(rules(wrong, COST)[0]).toBe('cost/arithmetic');
  });

  test('are not about what comes too late, or too long', () => {
    const late = ANSWER.replace(
      'risky ones.',
      'risky ones. We use Pinecone for retrieval. Success: review time falls by 30 % in three months.',
    );
    const found = read(late).findings.map(({ rule }) => rule);
    expect(found).toContain('problem/metric-after-solution');
    expect(rules(late, 'problem-framing', 'core-interaction')).not.toContain('problem/metric-after-solution');
  });

  test('come once a rule, however often it strikes', () => {
    const twice = ANSWER.replace('edge cases.', 'edge cases. Engineering will figure it out.');
    expect(rules(twice, COST).filter((rule) => rule === 'failure/hand-wave')).toHaveLength(1);
  });

  test('are none in a file that is no answer', () => {
    expect(openQuestions(read('# Shopping\n\n- Bread\n'), rubric, [COST])).toEqual([]);
  });
});

describe('the place for an answer', () => {
  const question = asked('cost/no-numbers', COST);

  test('is under the question, at the end of its section', () => {
    const text = answer(ANSWER, question, 'One review costs $0.04.');
    expect(text).toContain(
      `The AI will handle edge cases.\n\n> ${question.question}\n\nOne review costs $0.04.\n\n## Constraints`,
    );
  });

  test('takes the writer’s words as evidence, and not the interviewer’s', () => {
    const money = { ...question, question: 'Would $0.04 a query be too much?' };
    const empty = answer(ANSWER, money, '');
    expect(read(empty).evidence.filter(({ kind }) => kind === 'money')).toEqual([]);
    expect(read(empty).findings).toHaveLength(read(ANSWER).findings.length);
    const kinds = read(answer(ANSWER, money, 'One review costs $0.05.')).evidence.map(({ kind }) => kind);
    expect(kinds).toContain('running-cost');
  });

  test('is at the end of the text where the section is the last, or gone', () => {
    const last = answer(ANSWER, { ...question, section: 'failure-modes' }, 'Here.');
    expect(last.endsWith(`## Constraints and failure modes\n\n> ${question.question}\n\nHere.\n`)).toBe(true);
    const gone = answer(ANSWER.replace(/## Cost[^]*?(?=## Constraints)/, ''), question, 'Here.');
    expect(gone.endsWith(`> ${question.question}\n\nHere.\n`)).toBe(true);
  });

  test('keeps the line breaks of the text, and quotes what a snippet would take for its own', () => {
    const crlf = answer(ANSWER.replace(/\n/g, '\r\n'), { ...question, question: 'What of $1, ${2} and \\?' }, 'Words.');
    expect(crlf).not.toMatch(/[^\r]\n/);
    expect(crlf).toContain('> What of $1, ${2} and \\?\r\n\r\nWords.\r\n\r\n## Constraints');
  });

  test('is not inside a fence or comment that is still open', () => {
    const fence = ANSWER.replace('## Constraints and failure modes\n', '```text\nA | B\n');
    expect(answerPlace(fence, read(fence), question)).toBeNull();
    const comment = ANSWER.replace('## Constraints and failure modes\n', '<!-- later\n');
    expect(answerPlace(comment, read(comment), question)).toBeNull();
  });

  test('leaves the sections and every word of any text as they are', () => {
    const sections = (text: string) => read(text).sections.map(({ id, heading }) => [id, heading.end - heading.start]);
    fc.assert(
      fc.property(
        fc.nat(ANSWER.length),
        fc.nat(ANSWER.length),
        fc.constantFrom(COST, 'failure-modes'),
        (a, b, section) => {
          const text = ANSWER.slice(0, Math.min(a, b)) + ANSWER.slice(Math.max(a, b));
          const found = read(text);
          const place = answerPlace(text, found, { section, question: question.question });
          if (!place || !found.isAnswer) return;
          const grown = text.slice(0, place.offset) + plainText(place.snippet) + text.slice(place.offset);
          expect(sections(grown)).toEqual(sections(text));
          expect(read(grown).evidence).toHaveLength(found.evidence.length);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('an asked question', () => {
  const question = asked('cost/no-numbers', COST);
  const judge = (text: string, ...questions: AskedQuestion[]) => judgeQuestions(text, read(text), rubric, questions);

  test('is open as long as the text says nothing to it', () => {
    expect(judge(ANSWER, question)).toEqual([{ isAnswered: false, words: null }]);
    expect(judge(answer(ANSWER, question, 'Costs matter a lot to us.'), question)[0]?.isAnswered).toBe(false);
  });

  test('is answered by evidence under it, which is quoted', () => {
    const text = answer(ANSWER, question, 'One review costs $0.04 with a small model.');
    const [outcome] = judge(text, question);
    expect(outcome?.isAnswered).toBe(true);
    expect(text.slice(outcome?.words?.start, outcome?.words?.end)).toContain('$0.04');
  });

  test('is answered by evidence elsewhere, without its words', () => {
    const text = ANSWER.replace('is the best.', 'is the best. One review costs $0.04.');
    expect(judge(text, question)).toEqual([{ isAnswered: true, words: null }]);
  });

  test('is not answered by taking the section away, or all its words', () => {
    expect(judge(ANSWER.replace(/## Cost[^]*?(?=## Constraints)/, ''), question)[0]?.isAnswered).toBe(false);
    expect(judge(ANSWER.replace(/We use a large[^]*?(?=## Constraints)/, ''), question)[0]?.isAnswered).toBe(false);
  });

  test('about a fault is answered when the fault is gone', () => {
    const fault = asked('failure/hand-wave', COST);
    expect(judge(ANSWER, fault)[0]?.isAnswered).toBe(false);
    const mended = ANSWER.replace('The AI will handle edge cases.', 'Long contracts are split at headings.');
    expect(judge(mended, fault)[0]?.isAnswered).toBe(true);
  });

  test('about an empty section is answered by any words of its own', () => {
    const empty = asked('structure/empty-section', 'failure-modes');
    expect(judge(ANSWER, empty)[0]?.isAnswered).toBe(false);
    expect(
      judge(`${ANSWER}\nThe model invents a clause, so each is shown with its source.\n`, empty)[0]?.isAnswered,
    ).toBe(true);
  });

  test('stays unanswered where its rule is unknown', () => {
    expect(judge(ANSWER, { ...question, rule: 'no/such-rule' })).toEqual([{ isAnswered: false, words: null }]);
  });
});
