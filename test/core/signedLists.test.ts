import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBlocks } from '../../server/src/core/answer/blocks.js';

/** What each block is, with the labels that stand above it. */
const blocksOf = (markdown: string) =>
  readBlocks(markdown).blocks.map(({ kind, text, labels }) => [
    kind,
    text.trim(),
    ...labels.map((label) => label.text),
  ]);

describe('lists that markdown does not know', () => {
  it('reads lines that begin with a sign as items', () => {
    expect(blocksOf('✅ **Search** by photo\n✅ Weather for the field')).toEqual([
      ['item', '✅ Search by photo'],
      ['item', '✅ Weather for the field'],
    ]);
  });

  it('labels them by the line above, with a colon or without', () => {
    expect(blocksOf('Must haves:\n• scan\n• sort')).toEqual([
      ['paragraph', 'Must haves:', 'Must haves'],
      ['item', '• scan', 'Must haves'],
      ['item', '• sort', 'Must haves'],
    ]);
    expect(blocksOf('Must haves\n• scan\n• sort').slice(1)).toEqual([
      ['item', '• scan', 'Must haves'],
      ['item', '• sort', 'Must haves'],
    ]);
  });

  it('leaves one sign in running text alone', () => {
    expect(blocksOf('We ship on Monday\n✅ if the tests pass')).toHaveLength(1);
  });

  it('reads a label behind a sign', () => {
    expect(blocksOf('- ☑ Needs: barcodes')).toEqual([['item', '☑ Needs: barcodes', 'Needs']]);
  });

  it('takes a short line above a list for its title, and a sentence or another block for none', () => {
    expect(blocksOf('functional\n- scan').at(-1)).toEqual(['item', 'scan', 'functional']);
    expect(blocksOf('It works.\n- scan').at(-1)).toEqual(['item', 'scan']);
    expect(blocksOf('functional\n\nWe scan.').at(-1)).toEqual(['paragraph', 'We scan.']);
  });

  it('keeps every place in the source', () => {
    const line = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8}){0,3}$/);
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 2, maxLength: 6 }),
        fc.constantFrom('•', '✅', '☑', '▪️'),
        (lines, sign) => {
          const markdown = lines.map((text) => `${sign} ${text}`).join('\n');
          const { blocks } = readBlocks(markdown);
          expect(blocks.map((block) => markdown.slice(block.map[1], block.sourceEnd).trim())).toEqual(
            lines.map((text) => `${sign} ${text}`),
          );
        },
      ),
    );
  });
});
