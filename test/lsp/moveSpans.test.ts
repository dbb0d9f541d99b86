import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moveThrough, trimEdit } from '../../server/src/lsp/moveSpans.js';

const TEXT = 'one two three';
const TWO = { start: 4, end: 7, related: [] };

describe('a finding on "two" in "one two three"', () => {
  test.each([
    ['typing before it moves it', { start: 0, end: 0, newText: 'x ' }, 'two'],
    ['typing directly before it moves it', { start: 4, end: 4, newText: 'x' }, 'two'],
    ['deleting before it moves it', { start: 0, end: 4, newText: '' }, 'two'],
    ['typing directly behind it leaves it', { start: 7, end: 7, newText: 's' }, 'two'],
    ['typing behind it leaves it', { start: 13, end: 13, newText: '.' }, 'two'],
    ['typing inside it drops it', { start: 5, end: 5, newText: 'x' }, null],
    ['replacing a part of it drops it', { start: 0, end: 5, newText: 'x' }, null],
    ['deleting it drops it', { start: 4, end: 7, newText: '' }, null],
  ] as const)('%s', (_, edit, words) => {
    const after = TEXT.slice(0, edit.start) + edit.newText + TEXT.slice(edit.end);
    const moved = moveThrough([TWO], edit);
    expect(moved.map(({ start, end }) => after.slice(start, end))).toEqual(words === null ? [] : [words]);
  });

  test('is the same object where nothing moved', () => {
    const findings = [TWO];
    expect(moveThrough(findings, { start: 8, end: 9, newText: 'T' })).toBe(findings);
  });

  test('takes its related places along, and loses those that were edited', () => {
    const related = [
      { start: 0, end: 3, message: 'a' },
      { start: 8, end: 13, message: 'b' },
    ];
    const [moved] = moveThrough([{ ...TWO, related }], { start: 0, end: 3, newText: 'zero' });
    expect(moved?.related).toEqual([{ start: 9, end: 14, message: 'b' }]);
  });
});

test('an edit of a whole line is cut down to what it changes', () => {
  expect(trimEdit(TEXT, { start: 0, end: 13, newText: 'one 2 three' })).toEqual({ start: 4, end: 7, newText: '2' });
  expect(trimEdit('aa', { start: 0, end: 2, newText: 'aaa' })).toEqual({ start: 2, end: 2, newText: 'a' });
  expect(trimEdit(TEXT, { start: 0, end: 13, newText: TEXT })).toEqual({ start: 13, end: 13, newText: '' });
});

test('whatever is typed, cutting an edit down changes nothing, and a finding that stays stays on its words', () => {
  const edits = fc.array(
    fc.tuple(fc.nat(), fc.nat(), fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 5 })),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), minLength: 3, maxLength: 30 }),
      fc.nat(),
      fc.nat(),
      edits,
      (text, a, b, all) => {
        const start = a % text.length;
        const end = start + 1 + (b % (text.length - start));
        const words = text.slice(start, end);
        let now = text;
        let shown: readonly { start: number; end: number; related: [] }[] = [{ start, end, related: [] }];
        for (const [from, length, newText] of all) {
          const editStart = from % (now.length + 1);
          const edit = { start: editStart, end: Math.min(now.length, editStart + (length % 4)), newText };
          const trimmed = trimEdit(now, edit);
          const after = now.slice(0, edit.start) + edit.newText + now.slice(edit.end);
          expect(now.slice(0, trimmed.start) + trimmed.newText + now.slice(trimmed.end)).toBe(after);
          shown = moveThrough(shown, trimmed);
          now = after;
        }
        for (const item of shown) expect(now.slice(item.start, item.end)).toBe(words);
      },
    ),
  );
});
