import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mayMoveSections,
  moveSections,
  sectionAt,
  type TrackedSection,
} from '../../client/src/timer/sectionTracker.js';

const TEXT = '# T\n\n## A\n\none\n\n## B\n\ntwo\n';
const SECTIONS: TrackedSection[] = [
  { id: 'a', start: TEXT.indexOf('## A'), end: TEXT.indexOf('## B') },
  { id: 'b', start: TEXT.indexOf('## B'), end: TEXT.length },
];

describe('the section at a place', () => {
  it('is the one that it stands in, or none', () => {
    expect(sectionAt(SECTIONS, 0)).toBeNull();
    expect(sectionAt(SECTIONS, TEXT.indexOf('## A'))).toBe('a');
    expect(sectionAt(SECTIONS, TEXT.indexOf('one') + 3)).toBe('a');
    expect(sectionAt(SECTIONS, TEXT.indexOf('## B'))).toBe('b');
    expect(sectionAt(SECTIONS, TEXT.length)).toBe('b');
    expect(sectionAt([], 3)).toBeNull();
  });

  it('stays the same while text is typed into it', () => {
    const typed = fc.record({ at: fc.constantFrom('one', 'two'), text: fc.string({ maxLength: 20 }) });
    fc.assert(
      fc.property(fc.array(typed, { maxLength: 20 }), (edits) => {
        let text = TEXT;
        let sections = SECTIONS;
        for (const { at, text: added } of edits) {
          const offset = text.indexOf(at) + at.length;
          text = text.slice(0, offset) + added + text.slice(offset);
          sections = moveSections(sections, { offset, length: 0, text: added });
          expect(sectionAt(sections, offset + added.length)).toBe(at === 'one' ? 'a' : 'b');
        }
      }),
    );
  });

  it('follows a cut, and typing at the very end', () => {
    const cut = moveSections(SECTIONS, { offset: 0, length: 5, text: '' });
    expect(cut.map(({ start }) => start)).toEqual([0, TEXT.indexOf('## B') - 5]);
    const typed = moveSections(SECTIONS, { offset: TEXT.length, length: 0, text: 'three' });
    expect(sectionAt(typed, TEXT.length + 5)).toBe('b');
  });

  it('never gets an impossible place', () => {
    const change = fc.record({ offset: fc.nat(40), length: fc.nat(20), text: fc.string({ maxLength: 10 }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        for (const { id, start, end } of changes.reduce(moveSections, SECTIONS)) {
          expect(['a', 'b']).toContain(id);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
        }
      }),
    );
  });
});

it.each([
  ['a word in a sentence', 'x', 'The agent opens a dispute', false, false],
  ['a new line', '\n', '', false, true],
  ['a removed line', '', 'joined', true, true],
  ['a heading', '5', '## Cost (5 min)', false, true],
  ['a bold lead-in', 'x', '**Problem:** agents', false, true],
  ['a plain lead-in', 'x', 'Cost architecture: cheap', false, true],
  ['front matter', '0', 'budget: 20', false, true],
])('%s', (_, text, line, isRemovingLines, expected) => {
  expect(mayMoveSections({ offset: 0, length: 0, text }, line, isRemovingLines)).toBe(expected);
});
