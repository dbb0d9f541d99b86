import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerFileName, localDate } from '../../client/src/answerFile.js';

it('is made of the title', () => {
  expect(answerFileName('An AI tutor', [])).toBe('an-ai-tutor.answer.md');
  expect(answerFileName('P.D.R.I.F.', [])).toBe('p-d-r-i-f.answer.md');
  expect(answerFileName('Résumé-Screening: fair?', [])).toBe('résumé-screening-fair.answer.md');
  expect(answerFileName('  ', [])).toBe('answer.answer.md');
  expect(answerFileName('Design an assistant that reads a thousand contracts a day', [])).toBe(
    'design-an-assistant-that-reads-a.answer.md',
  );
});

it('is none that is taken', () => {
  expect(answerFileName('An AI tutor', ['An-AI-Tutor.answer.md', 'notes.md'])).toBe('an-ai-tutor-2.answer.md');
  expect(answerFileName('x', ['x.answer.md', 'x-2.answer.md'])).toBe('x-3.answer.md');
});

it('can be a file everywhere', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
      const name = answerFileName(title, []);
      expect(name).toMatch(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}-]*\.answer\.md$/u);
      expect(name.length).toBeLessThanOrEqual(60);
    }),
  );
});

it('dates an answer by the calendar of its writer', () => {
  expect(localDate(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
});
