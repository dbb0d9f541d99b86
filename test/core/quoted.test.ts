import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInRubric, DEFAULT_SETTINGS, review } from '../../server/src/core/index.js';

const rubric = builtInRubric();

/** What the messages of one rule quote. */
function quotes(answer: string, rule: string): string[] {
  return review(answer, rubric, DEFAULT_SETTINGS, { framework: 'five-step' })
    .findings.filter((finding) => finding.rule === rule)
    .flatMap(({ message }) => [...message.matchAll(/“([^”]*)”/g)].map(([, words]) => words ?? ''));
}

const open = (words: string) => quotes(`## Problem framing\n\n${words}\n`, 'problem/starts-with-technology');
const unanswered = (words: string) =>
  quotes(
    `## Failure modes\n\n${words}\n- Prompt injection: text from a page is never followed as an instruction.\n`,
    'failure/no-mitigation',
  );

describe('what a message quotes', () => {
  it('a short clause as it stands', () => {
    expect(open('Built on Kafka and Postgres.')).toEqual(['Built on Kafka and Postgres']);
    expect(unanswered('- Context overflow on very long leases')).toEqual(['Context overflow on very long leases']);
  });

  it('words up to the end of their clause, where the sentence is long', () => {
    expect(
      open(
        'After two winters of tide tables on paper, which hung beside the harbor door, it is built on Kafka with Postgres, since both run in the harbor anyway.',
      ),
    ).toEqual(['built on Kafka with Postgres']);
  });

  it('no bracket without its partner', () => {
    for (const words of [
      '- Stale tide table (the one of last year)',
      '- Wrong berth number (say 14 for 41), above all in the rain at night',
    ]) {
      const [quote = ''] = unanswered(words);
      expect(quote).not.toBe('');
      expect(quote.split('(').length).toBe(quote.split(')').length);
    }
  });

  it('one cell of a table, one box of a drawing', () => {
    expect(unanswered('\n| What | Frequency |\n|---|---|\n| Stale index after a holiday | twice a year |\n\n')).toEqual(
      ['Stale index after a holiday'],
    );
    const drawn = '```\n│ Serve with Postgres │-->│ Kafka │-->│ Gate │\n```';
    for (const quote of open(drawn)) expect(quote).toBe('Serve with Postgres');
    expect(open(drawn)).toHaveLength(1);
  });

  it('an arrow of a drawing in the length of one', () => {
    for (const quote of open('encoder ------> built on Kafka ------> Postgres')) expect(quote).not.toContain('--');
    expect(open('Kafka ------> Postgres, built on Redis.').join()).toContain('Kafka → Postgres');
  });

  it('nothing that ends in the middle: no joining word, no colon, no comma', () => {
    const word = fc.constantFrom(
      'gates',
      'for',
      'the',
      'tide',
      'and',
      'pilots',
      'with',
      'of',
      '(',
      ')',
      ',',
      ':',
      '—',
      '→',
      '**',
      '`',
      '/',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (tail) => {
        for (const quote of unanswered(`- Context overflow ${tail.join(' ')}`)) {
          expect(quote).not.toMatch(/[,:(—→]$|^[,:)—→]/);
          expect(quote.replace(/…$/, '').length).toBeGreaterThan(3);
          expect(quote.length).toBeLessThanOrEqual(91);
        }
      }),
      { numRuns: 300 },
    );
  });
});
