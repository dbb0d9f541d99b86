import type { Block } from '../answer/blocks.js';
import { overlaps, type Span } from '../answer/spans.js';
import { wordsIn } from '../calculations/gaps.js';
import { quantitiesOf } from '../evidence/blockQuantities.js';
import { evidenceIn, isWanted } from './absent.js';
import { blockOf } from './blockOf.js';
import type { Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceKinds, kindList, wordList } from './options.js';
import { quoted } from './quoted.js';
import { sentenceOf, sentencesIn } from './sentenceOf.js';

/** So many words of a statement, and such a share of them, must stand in a sentence for its figure to be the statement's. */
const SHARED_WORDS = 2;
const SHARE_OF_WORDS = 0.4;
/** Nobody has more goals; each is looked for in the whole answer. */
const MOST_STATEMENTS = 12;
/** No more of a statement's paragraph is looked at for words, in UTF-16 units. */
const LONGEST_STATEMENT = 2_000;
/** Words that agree in so many first letters are forms of one: "completed", "completion". */
const STEM = 5;
/** Words of one or two letters are mostly no names of things; abbreviations of three are. */
const WORDS = /[a-z][a-z'’]{2,}/g;

/**
 * Finds that what some kinds state in the owner section has no figure: neither in its own paragraph or item, nor in any sentence of the answer that says the same words. One of them with a
 * figure is enough, and the finding sits on the first. The paragraph, list or table right behind a statement counts as its own. `common` are words that any two sentences may share, `figures`
 * those that are as good as a figure ("a third", "see the table").
 */
export const unmeasured: Detector = {
  id: 'unmeasured',
  options: {
    evidence: evidenceKinds(),
    unless: evidenceKinds(),
    'only-if': evidenceKinds(),
    common: wordList(),
    figures: wordList(),
  },
  required: ['evidence'],
  isAbsence: false,
  needsOwner: true,
  applies: (input, options) => statementsIn(input, options).length > 0,
  grounds: (input, options) => statementsIn(input, options).slice(0, 1),
  detect(input, options) {
    const statements = statementsIn(input, options);
    const first = statements[0];
    if (first === undefined || statements.some((item) => hasOwnFigure(input, item))) return [];
    const figures = new Set(kindList(options['figures']));
    if (statements.some((item) => saysFigure(input, item, figures))) return [];
    const common = new Set(kindList(options['common']));
    const measured = measuredSentences(input, common);
    if (statements.some((item) => isMeasuredIn(measured, told(input, item, common)))) return [];
    return [{ start: first.start, end: first.end, section: first.section, names: { text: quoted(input, first) } }];
  },
};

function statementsIn(input: DetectorInput, options: Readonly<Record<string, unknown>>): readonly PlacedEvidence[] {
  const { owner } = input;
  if (!owner || !isWanted(input, options)) return [];
  return evidenceIn(input, kindList(options['evidence']), owner).slice(0, MOST_STATEMENTS);
}

/** Whether a figure stands in the same paragraph or item, in what is nested in it or comes right behind it, or below the same label of its kind. */
function hasOwnFigure({ chunks }: DetectorInput, item: PlacedEvidence): boolean {
  const blocks = chunks[item.chunk]?.chunk.blocks ?? [];
  const own = blocks[item.block];
  if (!own) return false;
  const behind = blocksBehind(blocks, own);
  return blocks.some(
    (block) =>
      (block.paragraph === own.paragraph || isNested(block, own) || behind.has(block) || isBeside(block, own)) &&
      quantitiesOf(block).length > 0,
  );
}

/** The paragraph behind a block, or all items of the list, or rows of the table, that begins there. */
function blocksBehind(blocks: readonly Block[], own: Block): ReadonlySet<Block> {
  const behind = new Set<Block>();
  const from = blocks.findLastIndex(({ paragraph }) => paragraph === own.paragraph) + 1;
  const first = blocks[from];
  // Of an item, the next one is another thing.
  if (!first || (own.kind === 'item' && first.kind === 'item')) return behind;
  for (let index = from; index < blocks.length; index++) {
    const block = blocks[index]!;
    if (first.kind === 'paragraph' ? block.paragraph !== first.paragraph : block.kind !== first.kind) break;
    behind.add(block);
  }
  return behind;
}

/** Whether its own paragraph or item says a figure in words. */
function saysFigure(input: DetectorInput, item: PlacedEvidence, figures: ReadonlySet<string>): boolean {
  const text = blockOf(input, item)?.text ?? '';
  return wordsIn(text.slice(0, LONGEST_STATEMENT)).some((word) => figures.has(word));
}

function isNested({ items }: Block, { items: outer }: Block): boolean {
  return outer.length > 0 && items.length > outer.length && outer.every((id, depth) => items[depth] === id);
}

/** Whether both stand in the list below one label ("Success:"). */
function isBeside({ labels }: Block, { labels: own }: Block): boolean {
  const list = own.find(({ source }) => source === 'list');
  return list !== undefined && labels.some(({ text }) => text === list.text);
}

/** What a sentence is about. */
interface About {
  /** The first letters of its words that say something. */
  readonly stems: ReadonlySet<string>;
  /** What stands in capitals in it: the name of a measure ("FCR"), which no other thing has. */
  readonly names: ReadonlySet<string>;
}

/** What the statement's whole sentence is about. */
function told(input: DetectorInput, item: PlacedEvidence, common: ReadonlySet<string>): About {
  const { start, end } = sentenceOf(input, item);
  return aboutOf(input.text.slice(start, end), common);
}

/** What each sentence of the answer that holds a figure is about. */
function measuredSentences({ chunks }: DetectorInput, common: ReadonlySet<string>): readonly About[] {
  return chunks.flatMap(({ chunk }) =>
    chunk.blocks.flatMap((block) =>
      sentencesWithFigure(block).map(({ start, end }) => aboutOf(block.text.slice(start, end), common)),
    ),
  );
}

/** Whether any of the sentences says enough of the same words. */
function isMeasuredIn(sentences: readonly About[], { stems, names }: About): boolean {
  const wanted = Math.max(SHARED_WORDS, Math.ceil(SHARE_OF_WORDS * stems.size));
  return sentences.some(
    (sentence) => countShared(sentence.stems, stems) >= wanted || countShared(sentence.names, names) > 0,
  );
}

/** The sentences of a block that hold a figure. Both stand in the order of the text, so that each is looked at once. */
function sentencesWithFigure(block: Block): readonly Span[] {
  const quantities = quantitiesOf(block);
  if (quantities.length === 0) return [];
  let next = 0;
  return sentencesIn(block).filter((sentence) => {
    while (next < quantities.length && quantities[next]!.end <= sentence.start) next++;
    const quantity = quantities[next];
    return quantity !== undefined && overlaps(quantity, sentence);
  });
}

function aboutOf(text: string, common: ReadonlySet<string>): About {
  const stems = new Set<string>();
  for (const [word] of text.toLowerCase().matchAll(WORDS)) if (!common.has(word)) stems.add(word.slice(0, STEM));
  return { stems, names: new Set(text.match(/\b[A-Z]{2,6}\b/g)) };
}

function countShared(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let count = 0;
  for (const one of some) if (others.has(one)) count++;
  return count;
}
