import { blockKey, blockOf, endOfBlock } from './blockOf.js';
import type { Detection, Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceOf } from './evidenceIndex.js';
import { evidenceKinds, kindList, oneOf, someOf, wordList } from './options.js';
import { quoted } from './quoted.js';
import { getOr } from '../getOr.js';
import { sourceSpan } from '../answer/blocks.js';
import type { Chunk } from '../evidence/findEvidence.js';
import { quoteShort } from '../quote.js';
import { byPlace } from './standIns.js';

const NEARNESS = ['list-item', 'table-row', 'paragraph', 'sentence', 'next-sentence'] as const;
type Nearness = (typeof NEARNESS)[number];

/**
 * Finds each piece of evidence that has no partner of another kind close by: one of the kinds in `with`, or what stands behind an arrow. A piece in whose sentence one of `not-with`
 * stands owes none. Where not one has a partner, there is one finding, on the
 * heading: the cause is one. So there is where many have none, on the first of them. Where the owner section holds none, those of the other sections owe a
 * partner: with `elsewhere: listed`, those only that the writer lists as such, also where the owner section names some in passing.
 */
export const unpaired: Detector = {
  id: 'unpaired',
  options: {
    evidence: evidenceKinds(),
    with: evidenceKinds(),
    'not-with': evidenceKinds(),
    within: someOf(...NEARNESS),
    elsewhere: oneOf('any', 'listed'),
    'columns-apart': wordList(),
    // In whose block the words behind a name are no answer, as the writer has none.
    'left-open': evidenceKinds(),
  },
  required: ['evidence', 'with', 'within'],
  isAbsence: true,
  needsOwner: true,
  applies: (input, options) => itemsOf(input, options).length > 0,
  grounds(input, options) {
    const unanswered = new Set(unansweredOf(input, options));
    return firstMentions(itemsOf(input, options).filter((item) => !unanswered.has(item)));
  },
  detect(input, options) {
    const items = itemsOf(input, options);
    const unanswered = unansweredOf(input, options);
    if (unanswered.length === 0) return [];
    const { owner } = input;
    const [foremost] = items;
    if (unanswered.length === items.length && owner && foremost && items.length > 1) {
      const related = items.slice(0, 5).map((item) => ({
        start: item.start,
        end: item.end,
        message: `Named here: ${quoteShort(quoted(input, item))}`,
      }));
      return [
        {
          // In the owner section the heading stands for them all.
          ...(isOwn(input, foremost) ? owner.heading : { start: foremost.start, end: foremost.end }),
          section: isOwn(input, foremost) ? owner.id : foremost.section,
          names: { text: quoteSome(input, firstMentions(items)), count: String(items.length) },
          related,
        },
      ];
    }
    const mentions = firstMentions(unanswered);
    const [first] = mentions;
    if (first && mentions.length > MOST_FINDINGS)
      return [
        {
          start: first.start,
          end: first.end,
          section: first.section,
          names: { text: quoteSome(input, mentions), count: String(mentions.length) },
          related: mentions.slice(1, 1 + MOST_RELATED).map((item) => ({
            start: item.start,
            end: item.end,
            message: `Nor for: ${quoteShort(quoted(input, item))}`,
          })),
        },
      ];
    return mentions.map((item): Detection => ({
      start: item.start,
      end: item.end,
      section: item.section,
      names: { text: quoted(input, item) },
    }));
  },
};

/** More pieces without a partner than this are one finding. */
const MOST_FINDINGS = 3;
/** Places named beside such a finding. */
const MOST_RELATED = 7;

/** The pieces that owe a partner and have none. */
function unansweredOf(input: DetectorInput, options: Readonly<Record<string, unknown>>): PlacedEvidence[] {
  const items = itemsOf(input, options);
  const partners = evidenceOf(input, options, 'with').filter(isItself);
  const within = (options['within'] ?? []) as readonly Nearness[];
  const near = new PartnerIndex(partners);
  const alone = new Set(
    items.filter(
      (item) =>
        !near.isNear(item, within) &&
        !isToldAtLength(item) &&
        !leadsOn(input, item) &&
        !isToldOn(input, item) &&
        !isToldBelow(input, item) &&
        !goesOnInRow(input, item, kindList(options['columns-apart'])),
    ),
  );
  const inList = answeredElsewhere(items, partners);
  const open = new Set(evidenceOf(input, options, 'left-open').map(blockKey));
  for (const item of toldAsOthers(input, items, alone)) if (!open.has(blockKey(item))) alone.delete(item);
  const answeredWords = new Set(items.filter((item) => !alone.has(item)).map((item) => item.text.toLowerCase()));
  // The same words with an answer elsewhere need no second one.
  return items.filter((item) => alone.has(item) && !inList.has(item) && !answeredWords.has(item.text.toLowerCase()));
}

/** Words behind a label that tell something. */
const LEAST_BEHIND_LABEL = 3;

/** What parts a name from what is said of it: a dash with blanks around it, a colon, or the end of a sentence (and of no abbreviation). */
const NAME_END = /\s[–—-]{1,2}\s|(?<!\b(?:e\.g|i\.e|etc|vs|incl|approx))[.:;]\s/;
/** A sentence that goes on about what happens, and not about what is done: "It could read other depots." */
const DESCRIBES =
  /^(?:it|this|that|they|these|those|which)\s+(?:could|can|may|might|would|will|happens?|means?|leads?|is|are|was|were|has|have|causes?|gets?|makes?)\b/i;
/** No more of an item behind a name is looked at, in UTF-16 units. */
const LONGEST_NAME = 120;

/**
 * Of the named items of a section ("**Dialect.** Variant lexicon, …", "Wrong year – validity filter") those that say something behind their name, where most of the others have their answer there: that
 * is what the writer's list has behind its names.
 */
function toldAsOthers(
  input: DetectorInput,
  items: readonly PlacedEvidence[],
  alone: ReadonlySet<PlacedEvidence>,
): readonly PlacedEvidence[] {
  const bySection = new Map<number, PlacedEvidence[]>();
  for (const item of items) {
    if (item.isRow) continue;
    const isLabeled = item.ownLabel !== null && item.said.words >= LEAST_BEHIND_LABEL;
    if (!isLabeled && !goesOnBehind(input, item)) continue;
    getOr(bySection, item.sectionIndex, () => []).push(item);
  }
  return [...bySection.values()].flatMap((named) => {
    const left = named.filter((item) => alone.has(item));
    return left.length > 0 && named.length - left.length >= left.length ? left : [];
  });
}

/** Whether words follow a dash, a colon or the end of the sentence behind the piece, in its own item. */
function goesOnBehind(input: DetectorInput, item: PlacedEvidence): boolean {
  if (blockOf(input, item)?.kind !== 'item') return false;
  const end = Math.min(endOfBlock(input, item), item.end + LONGEST_NAME);
  // The piece may reach beyond the dash itself.
  const [, ...behind] = input.text.slice(item.start, end).split(NAME_END);
  return behind.some((words) => words.trim() !== '' && !DESCRIBES.test(words.trim()));
}

/** What only stands in for its kind neither owes an answer where it stands nor gives one. */
function isItself(item: PlacedEvidence): boolean {
  return item.standsIn !== true;
}

/** The pieces that owe a partner: those of the owner section where it has any, else those anywhere. */
function itemsOf(input: DetectorInput, options: Readonly<Record<string, unknown>>): readonly PlacedEvidence[] {
  const others = new Set(evidenceOf(input, options, 'not-with').map((item) => `${item.chunk}/${item.flow}`));
  const all = evidenceOf(input, options, 'evidence').filter(
    (item) => isItself(item) && !others.has(`${item.chunk}/${item.flow}`),
  );
  const own = withoutDetails(all.filter((item) => isOwn(input, item)));
  if (own.some((item) => item.isListed)) return own;
  const elsewhere = all.filter((item) => !isOwn(input, item));
  const listed = withoutDetails(elsewhere.filter((item) => item.isListed));
  // What is named there in passing is not the writer's list, where there is one.
  if (options['elsewhere'] === 'listed') return [...own, ...listed].sort(byPlace);
  return own.length > 0 ? own : all;
}

/** Without items below another listed one: they are its details, and no pieces of their own. */
function withoutDetails(items: readonly PlacedEvidence[]): readonly PlacedEvidence[] {
  const listed = new Set(
    items.filter((item) => item.isListed).map((item) => `${item.chunk}/${item.items.at(-1) ?? ''}`),
  );
  return items.filter(
    (item) => !item.isListed || !item.items.slice(0, -1).some((outer) => listed.has(`${item.chunk}/${outer}`)),
  );
}

function isOwn({ sections, owner }: DetectorInput, { sectionIndex }: PlacedEvidence): boolean {
  return sectionIndex >= 0 && sections[sectionIndex]?.id === owner?.id;
}

/**
 * Whether a named item ("**Missed clause:** …") goes on for sentences. What somebody explains at such length is hardly left without an answer, only with one in words that
 * were not recognized: silence is better than a false accusation.
 */
function isToldAtLength(item: PlacedEvidence): boolean {
  return item.ownLabel !== null && item.said.sentences >= 2 && item.said.words >= 18;
}

/** Whether an arrow on its line leads from the piece to words ("Duplicate email -> rejected"): what happens then is said, in whatever words. */
function leadsOn({ text }: DetectorInput, item: PlacedEvidence): boolean {
  const line = /^[^\r\n]*/.exec(text.slice(item.start, item.end + 200))?.[0] ?? '';
  return /(?:->|=>|[→⇒➔➜])\s*\S{2}/.test(line);
}

/** Words behind a failure in its own item that are more than its name; and of an item that is one by its place in a list alone. */
const LEAST_TOLD_ON = 10;
const LEAST_TOLD_IN_ALL = 18;

/** Whether a listed item goes on for a while behind the piece: as in {@link isToldAtLength}, what is said of it there is hardly nothing. */
function isToldOn(input: DetectorInput, item: PlacedEvidence): boolean {
  if (!item.isListed || item.isRow) return false;
  const end = Math.min(endOfBlock(input, item), item.end + LONGEST_LOOK);
  const wordsFrom = (start: number) => wordCount(input.text.slice(start, end));
  return wordsFrom(item.end) >= LEAST_TOLD_ON || wordsFrom(item.start) >= LEAST_TOLD_IN_ALL;
}

/** UTF-16 units behind a piece that are looked at: an item of a megabyte may hold a thousand of them. */
const LONGEST_LOOK = 400;

function wordCount(words: string): number {
  return words.match(/\p{L}{2,}/gu)?.length ?? 0;
}

/** Words in the items below a failure that are more than a name. */
const LEAST_TOLD_BELOW = 4;

/** Whether a listed failure has items of its own below it: they tell what becomes of it, or what it is. */
function isToldBelow({ chunks }: DetectorInput, item: PlacedEvidence): boolean {
  const own = item.isListed ? item.items.at(-1) : undefined;
  const placed = own === undefined ? undefined : chunks[item.chunk];
  if (own === undefined || !placed) return false;
  return toldBelow(placed.chunk).has(own);
}

/** The items of a stretch with others below them that say something; found once, as a list may have thousands. */
function toldBelow(chunk: Chunk): ReadonlySet<number> {
  let told = toldByChunk.get(chunk);
  if (!told) {
    const outer = new Set<number>();
    for (const { items, ownLabel, text } of chunk.blocks) {
      // A label of its own ("Impact: …") says which side of it is told.
      if (items.length < 2 || ownLabel > 0 || wordCount(text) < LEAST_TOLD_BELOW) continue;
      for (const item of items.slice(0, -1)) outer.add(item);
    }
    told = outer;
    toldByChunk.set(chunk, told);
  }
  return told;
}

const toldByChunk = new WeakMap<Chunk, ReadonlySet<number>>();

/** Words in a cell that tell more than a grade. */
const LEAST_WORDS_IN_CELL = 2;

/**
 * Whether another cell of its row says something in words: as behind an arrow, what happens then is said, in whatever words. Cells below heads that name something else (`apart`: how likely,
 * how bad, why) say nothing of it. Only where those heads are known is a row read so.
 */
function goesOnInRow(input: DetectorInput, item: PlacedEvidence, apart: readonly string[]): boolean {
  const placed = input.chunks[item.chunk];
  const block = item.isRow && apart.length > 0 ? blockOf(input, item) : undefined;
  if (!placed || !block) return false;
  return block.cells.some((cell) => {
    const span = sourceSpan(block, cell);
    const isOwn = placed.offset + span.start <= item.start && item.start < placed.offset + span.end;
    const isBefore = placed.offset + span.end <= item.start;
    if (isOwn || isBefore || cell.label === '') return false;
    const head = cell.label.toLowerCase();
    if (apart.some((word) => head === word || head.startsWith(`${word} `) || head.endsWith(` ${word}`))) return false;
    return wordCount(block.text.slice(cell.start, cell.end)) >= LEAST_WORDS_IN_CELL;
  });
}

/** Partners by where they stand, so that each piece is looked up and not compared with all. */
class PartnerIndex {
  private readonly flows = new Map<string, PlacedEvidence>();
  private readonly paragraphs = new Set<string>();
  private readonly items = new Set<string>();
  /** List items that hold a partner in a labelled block ("Mitigation: …"). */
  private readonly labelledItems = new Set<string>();

  constructor(partners: readonly PlacedEvidence[]) {
    for (const partner of partners) {
      this.flows.set(`${partner.chunk}/${partner.flow}`, partner);
      this.paragraphs.add(`${partner.chunk}/${partner.paragraph}`);
      for (const item of partner.items) {
        this.items.add(`${partner.chunk}/${item}`);
        if (partner.ownLabel !== null) this.labelledItems.add(`${partner.chunk}/${item}`);
      }
    }
  }

  isNear(item: PlacedEvidence, within: readonly Nearness[]): boolean {
    // A partner in the same sentence, perhaps in the same words, answers in any case.
    if (this.flows.has(`${item.chunk}/${item.flow}`)) return true;
    return within.some((nearness) => {
      switch (nearness) {
        case 'table-row':
          return item.isRow && this.paragraphs.has(`${item.chunk}/${item.paragraph}`);
        case 'paragraph':
          return this.paragraphs.has(`${item.chunk}/${item.paragraph}`);
        case 'next-sentence': {
          const next = item.isRow ? undefined : this.flows.get(`${item.chunk}/${item.flow + 1}`);
          return next !== undefined && (item.items.length === 0 || next.items.at(-1) === item.items.at(-1));
        }
        case 'list-item':
          return this.sharesItem(item);
        default:
          return false;
      }
    });
  }

  /** In one list item or its children. A labelled child ("Impact: …") speaks for its parent, so its siblings ("Mitigation: …") answer it. */
  private sharesItem(item: PlacedEvidence): boolean {
    const own = item.items.at(-1);
    if (own === undefined) return false;
    if (this.items.has(`${item.chunk}/${own}`)) return true;
    const parent = item.items.at(-2);
    return parent !== undefined && item.ownLabel !== null && this.labelledItems.has(`${item.chunk}/${parent}`);
  }
}

/**
 * A list of failures followed by a list of answers ("Mitigations:") pairs them as a whole: where a section holds at least as many labelled answers, each in an item or paragraph of its own
 * and outside the failures' own, as failures, none is left alone.
 */
function answeredElsewhere(
  items: readonly PlacedEvidence[],
  partners: readonly PlacedEvidence[],
): ReadonlySet<PlacedEvidence> {
  const answered = new Set<PlacedEvidence>();
  for (const index of new Set(items.map((item) => item.sectionIndex))) {
    const own = items.filter((item) => item.sectionIndex === index);
    const last = own.reduce((latest, item) => Math.max(latest, item.start), 0);
    const places = new Set(
      partners
        .filter((partner) => partner.sectionIndex === index && partner.start > last)
        .map((partner) => `${partner.chunk}/${partner.paragraph}`),
    );
    const distinct = new Set(own.map((item) => `${item.chunk}/${item.paragraph}`)).size;
    if (places.size >= distinct && distinct > 1) own.forEach((item) => answered.add(item));
  }
  return answered;
}

/** The first three, as words to stand between quotation marks: `a”, “b”, “c`. */
function quoteSome(input: DetectorInput, items: readonly PlacedEvidence[]): string {
  return items
    .slice(0, 3)
    .map((item) => quoted(input, item))
    .join('”, “');
}

/** One finding for the same words, and one for each sentence. */
function firstMentions(items: readonly PlacedEvidence[]): PlacedEvidence[] {
  const words = new Set<string>();
  const places = new Set<string>();
  return items.filter((item) => {
    const text = item.text.toLowerCase();
    const place = `${item.chunk}/${item.flow}`;
    if (words.has(text) || places.has(place)) return false;
    words.add(text);
    places.add(place);
    return true;
  });
}
