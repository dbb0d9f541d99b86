import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBlocks, readBlocksFully } from '../../server/src/core/answer/blocks.js';
import { readPlainMarkdown } from '../../server/src/core/answer/plainMarkdown.js';

describe('plain markdown', () => {
  it.each([
    ['paragraphs', 'One line\nand the next.\n\nAnother one.\n'],
    ['bold, emphasis and code', '**Cost:** a *query* costs `$0.01`, and __that__ is _fine_.'],
    ['lists in lists', '- One\n  - Two\n    goes on\n\n    A paragraph of two.\n- Three\n\n1. First\n2. Second\n'],
    ['tables', '| A | B |\n| --- | :-: |\n| **one** | two |\n'],
    ['fences', '```text\n10 × 5 = 50\n```\n'],
    ['links', 'See [the page](https://example.com/a) for more.'],
    ['quotes of the question', '> Design a tutor.\n> For children.\n\nI assume ten children.'],
    ['approximate figures', '~300 ms, then ~2 s'],
    ['hard breaks', 'One  \nTwo'],
    ['escaped signs', 'It costs \\$5 to \\*start\\*.'],
  ])('is read without the full parser: %s', (_, markdown) => {
    expect(readPlainMarkdown(markdown)).not.toBeNull();
    expect(readBlocks(markdown)).toEqual(readBlocksFully(markdown));
  });

  it.each([
    ['HTML', 'One <b>two</b> three'],
    ['struck-out text', 'We ~~will~~ will not'],
    ['indented code', 'One\n\n    two\n'],
    ['references', 'See [this].\n\n[this]: https://example.com\n'],
    ['headings with underlines', 'One\n===\n'],
    ['a transcript in quotes', '> Interviewer: and?\n> Candidate: yes.\n'],
    ['marks inside words', 'a*b*c'],
    ['fences in lists', '- One\n  ```\n  two\n  ```\n'],
  ])('leaves to the full parser: %s', (_, markdown) => {
    expect(readPlainMarkdown(markdown)).toBeNull();
  });

  it('is read as the full parser reads it, or left to it', () => {
    fc.assert(
      fc.property(MARKDOWN, (markdown) => {
        if (readPlainMarkdown(markdown) === null) return;
        expect(readBlocks(markdown, ['Heading'])).toEqual(readBlocksFully(markdown, ['Heading']));
      }),
      { numRuns: Number(process.env['PLAIN_RUNS'] ?? 3_000) },
    );
  });

  it.each([
    ['blanks', ' '.repeat(60_000) + 'x'],
    ['dashes', '-'.repeat(60_000) + 'x'],
    ['brackets', '['.repeat(60_000)],
    ['closing brackets', '[a] '.repeat(20_000)],
    ['back quotes', '` `` '.repeat(20_000)],
    ['stars', '** a '.repeat(20_000)],
    ['bold', '**a** '.repeat(20_000)],
    ['bars', '|'.repeat(60_000) + '\n|-|-|\n'],
    ['deep lists', Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
    ['items', '- a\n'.repeat(20_000)],
  ])('takes time that is linear in %s', (_, text) => {
    const started = performance.now();
    readPlainMarkdown(text);
    // A quadratic reading of these takes minutes.
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

const INLINE = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('one', 'two', '$5', 'é', '10', 'it’s', 'снег') },
      { weight: 4, arbitrary: fc.constantFrom(' ', ' ', ' ', '  ', '\u00a0') },
      { weight: 3, arbitrary: fc.constantFrom('**', '*', '_', '__', '`', '``', '***') },
      {
        weight: 2,
        arbitrary: fc.constantFrom('~', '[', ']', '](x)', '(', ')', '!', '<', '&', '|', '\\', '\\$', '\\*'),
      },
      { weight: 2, arbitrary: fc.constantFrom('.', ',', ':', '—', '“', '”', '"', '%', '…', '+', '#', '>', '-', '1.') },
      {
        weight: 2,
        arbitrary: fc.constantFrom('**bold**', '*em*', '_em_', '`code`', '[link](x)', '**a:** ', '**`c`**', '(*x*)'),
      },
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const LINE = fc.tuple(
  fc.constantFrom('', '', '', ' ', '  ', '   ', '    ', '      '),
  fc.constantFrom('', '', '', '- ', '* ', '+ ', '1. ', '2. ', '1) ', '> ', '| ', '-   ', '10. ', '# ', '- [ ] '),
  INLINE,
  fc.constantFrom('', '', '', '', ' ', '  ', ' |', '\\'),
);
const BLOCK = fc.oneof(
  { weight: 8, arbitrary: LINE.map((parts) => parts.join('')) },
  { weight: 3, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('---', '***', '===', '- ', '```', '```text', '~~~', '|---|---|', '| --- | :-: |', '-'),
  },
  { weight: 1, arbitrary: fc.tuple(INLINE, INLINE).map(([a, b]) => `| ${a} | ${b} |`) },
  {
    weight: 1,
    arbitrary: fc.tuple(INLINE, INLINE).map(([a, b]) => `| A | B |\n|---|---|\n| ${a} | ${b} |`),
  },
);
const MARKDOWN = fc
  .tuple(fc.array(BLOCK, { maxLength: 9 }), fc.constantFrom('\n', '\n', '\r\n'), fc.constantFrom('', '\n'))
  .map(([lines, eol, end]) => lines.join('\n').replaceAll('\n', eol) + end);
