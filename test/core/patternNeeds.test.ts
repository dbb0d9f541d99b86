import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { evidenceFinder } from '../../server/src/core/evidence/findEvidence.js';
import { linkPatterns } from '../../server/src/core/rubric/linkPatterns.js';
import type { Rubric } from '../../server/src/core/rubric/types.js';
import { builtInRubric, compileForTest } from '../support/rubric.js';

const rubric = builtInRubric();
const root = join(import.meta.dirname, '../..');

/** The same rubric with no needs noted for any pattern, so that each is tried wherever it can begin. */
function withoutNeeds({ kinds, index, ...rest }: Rubric): Rubric {
  const rows: number[] = [];
  for (let at = 0; at < index.rows.length;) {
    const begins = index.rows[at + 1]!;
    rows.push(...index.rows.slice(at, at + 2 + begins), 0);
    at += 2 + begins;
    at += 1 + 2 * index.rows[at]!;
  }
  // New kinds, since a finder is kept for each list of them.
  return { ...rest, kinds: [...kinds], patterns: rubric.patterns, index: { ...index, rows } };
}

/** A pattern of one kind, `thing`, and the texts of what it finds. */
function found(pattern: string, text: string): string[] {
  const own = compileForTest({
    path: '.design-answers/evidence/thing.yaml',
    text: `title: Thing\nis: A thing.\nis-not: Another one.\npatterns:\n  - ${JSON.stringify(pattern)}\n`,
  });
  return evidenceFinder(own)
    .find(text, [])
    .evidence.filter(({ kind }) => kind === 'thing')
    .map(({ start, end }) => text.slice(start, end));
}

/** The texts that stand under labels of one kind. */
function under(label: string, text: string): string[] {
  const own = compileForTest({
    path: '.design-answers/evidence/thing.yaml',
    text: `title: Thing\nis: A thing.\nis-not: Another one.\nwords: { few: ["^ ..2 brass", none] }\npatterns:\n  - qqqq\nlabels:\n  - ${JSON.stringify(label)}\n`,
  });
  return evidenceFinder(own)
    .find(text, [])
    .evidence.filter(({ kind }) => kind === 'thing')
    .map(({ start, end }) => text.slice(start, end));
}

describe('what a pattern cannot do without', () => {
  test('changes which patterns are tried, and nothing that is found', () => {
    const all = evidenceFinder(withoutNeeds(rubric));
    const gated = evidenceFinder(rubric);
    const folder = join(root, 'rubrics/evidence');
    let compared = 0;
    for (const file of readdirSync(folder)) {
      const source = parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string[] | undefined>;
      const examples = [...(source['is-examples'] ?? []), ...(source['is-not-examples'] ?? [])];
      for (const example of examples) expect(gated.find(example, []), example).toEqual(all.find(example, []));
      compared += examples.length;
    }
    expect(compared).toBeGreaterThan(1000);
  });

  test('leaves hardly a pattern without needs', () => {
    const { needsFrom, textPatterns } = linkPatterns(rubric);
    const free = Array.from({ length: textPatterns }, (_, number) => number).filter(
      (number) => needsFrom[number] === needsFrom[number + 1],
    );
    expect(free.length / textPatterns).toBeLessThan(0.1);
  });

  test('may be the word that the match begins with', () => {
    expect(found('(gadget of ..2|the widget)', 'The widget. A gadget of brass.')).toEqual([
      'The widget',
      'gadget of brass',
    ]);
    expect(found('(widget|a new widget) ..2 (works|is fine)', 'The widget works.')).toEqual(['widget works']);
  });

  test('may stand behind the longest way to say what comes before it', () => {
    expect(
      found(
        '(in the first ..3|early) we (kept|keep) (gadgets|the old widgets)',
        'In the first three long weeks we kept the old widgets.',
      ),
    ).toEqual(['In the first three long weeks we kept the old widgets']);
  });

  test('may be missing where an alternative has no word of its own', () => {
    expect(found('keep ({number} ..2|widgets or gadgets)', 'We keep 5. We keep widgets or gadgets.')).toEqual([
      'keep 5',
      'keep widgets or gadgets',
    ]);
    expect(found('keep (..2 now|widgets)', 'We keep them now, and keep widgets.')).toEqual([
      'keep them now',
      'keep widgets',
    ]);
    expect(found('keep (the? widgets)? now', 'We keep now.')).toEqual(['keep now']);
  });

  test('may stand behind a slash that is passed over', () => {
    expect(
      found('(thumbs up|a thumb down) (is|are) logged', 'Thumbs up/down are logged, thumbs / up is logged.'),
    ).toEqual(['thumbs / up is logged']);
  });
});

describe('a gap behind the start of a sentence', () => {
  test('lets a match begin so many words further on, which are no part of it', () => {
    expect(
      found('^ ..3 gadgets of', 'Gadgets of brass. We keep the gadgets of tin. We do not keep the gadgets of lead.'),
    ).toEqual(['Gadgets of', 'gadgets of']);
    expect(found('^ ..1 (widget|gadget~ of)', 'The gadgets of brass. All the gadgets of tin.')).toEqual(['gadgets of']);
    expect(
      found('(^ ..2 widgets|gadgets) now', 'We sell widgets now. Then we sell more widgets now, gadgets now.'),
    ).toEqual(['widgets now', 'gadgets now']);
  });

  test('counts from its own sentence, and does not go past the second cell of a row', () => {
    const filler = 'one two three four five six seven eight nine ten. ';
    expect(found('^ ..2 gadgets', `${filler}Our brass gadgets. ${filler}Our own brass gadgets.`)).toEqual(['gadgets']);
    expect(found('^ ..8 gadgets', 'one two three four five six seven eight gadgets.')).toEqual(['gadgets']);
    expect(found('^ ..8 gadgets', 'one two three four five six seven eight nine gadgets.')).toEqual([]);
    expect(found('^ ..8 gadgets', '| a | b | c |\n|---|---|---|\n| one | gadgets | tin |')).toEqual(['gadgets']);
    expect(found('^ ..8 gadgets', '| a | b | c |\n|---|---|---|\n| one | tin | gadgets |')).toEqual([]);
  });

  test('is read in a label as in any other place', () => {
    expect(under('^ ..2 gadgets', '**Two brass gadgets:** in a box.')).toEqual(['in a box']);
    expect(under('^ ..1 gadgets', '**Two brass gadgets:** in a box.')).toEqual([]);
    expect(under('[few] gadgets', '**Two brass gadgets:** in a box.')).toEqual(['in a box']);
  });
});

describe('a label that may begin with any words', () => {
  test('is found by a word that stands further on', () => {
    expect(under('..3 gadgets', '**Three kinds of gadgets:** brass ones.')).toEqual(['brass ones']);
    expect(under('..3 (gadgets|the widgets) ..1', '**Some of the widgets here:** brass ones.')).toEqual(['brass ones']);
    expect(under('((..2 old|new) gadgets|widgets)', '**Our old gadgets:** brass ones.')).toEqual(['brass ones']);
  });

  test('is not found where its words are missing, too far on, or not all of the label', () => {
    expect(under('..3 gadgets', '**Three kinds of widgets:** brass ones.')).toEqual([]);
    expect(under('..1 gadgets', '**Three kinds of gadgets:** brass ones.')).toEqual([]);
    expect(under('..3 gadgets', '**Gadgets of brass:** some of them.')).toEqual([]);
  });

  test('may have alternatives without a word', () => {
    expect(under('(..2|gadgets of brass)', '**Of brass:** widgets and more.')).toEqual(['widgets and more']);
    expect(under('(..2|gadgets of brass)', '**Gadgets of brass:** widgets and more.')).toEqual(['widgets and more']);
    expect(under('(..2|gadgets of brass)', '**Three kinds of brass:** widgets and more.')).toEqual([]);
  });
});
