import { singleSpaced } from '../answer/letters.js';
import { cutAtWord, LONGEST_QUOTE } from '../quote.js';
import { holdsAny, isLong, isWanted } from './absent.js';
import type { Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceOf, evidenceOfKinds } from './evidenceIndex.js';
import { evidenceKinds, kindList, positiveNumber, text, wordList } from './options.js';
import { quoted } from './quoted.js';

/**
 * Finds that there are some, but fewer than a number of different ones. What stands in an item, a row or a paragraph of its own beside a partner (`or`) counts too,
 * so that one whose words are not known is not held against the writer; what stands in a sentence with one of `not-with` does not. Where there are enough, one of `needs-one-of` is still asked for
 * in an answer that holds one of `needs-it-with`, with the message of `enough`. An owner section of more words than `unless-longer` is held to name others in words that are not known.
 * Reported once, on the heading of the owning section.
 */
export const fewerThan: Detector = {
  id: 'fewer-than',
  options: {
    evidence: evidenceKinds(),
    or: evidenceKinds(),
    least: positiveNumber(),
    'needs-one-of': evidenceKinds(),
    'needs-it-with': evidenceKinds(),
    'not-with': evidenceKinds(),
    enough: text(),
    'enough-from': positiveNumber(),
    'unless-longer': positiveNumber(),
    unless: evidenceKinds(),
    'only-if': evidenceKinds(),
  },
  required: ['evidence', 'least'],
  isAbsence: true,
  needsOwner: true,
  grounds: (input, options) => distinct(found(input, options)),
  applies: (input, options) => {
    const items = found(input, options);
    return (
      input.owner !== null &&
      items.length > 0 &&
      isWanted(input, options) &&
      (!isLong(input, options) || lackOf(items, input, options) === null)
    );
  },
  detect(input, options) {
    const { owner } = input;
    const items = found(input, options);
    if (!owner || items.length === 0 || !isWanted(input, options) || isLong(input, options)) return [];
    const lack = lackOf(items, input, options);
    if (lack === null) return [];
    const { enough } = options;
    return [
      {
        ...owner.heading,
        section: owner.id,
        names: { text: quote(input, items) },
        ...(lack === 'of-one' && typeof enough === 'string' ? { message: enough } : {}),
      },
    ];
  },
};

/** Whether there are too few, or enough of them but none of those that are asked for; null where nothing is missing. */
function lackOf(
  items: readonly PlacedEvidence[],
  input: DetectorInput,
  options: Readonly<Record<string, unknown>>,
): 'of-number' | 'of-one' | null {
  const count = places(items, input, kindList(options['or']));
  if (count < Number(options['least'])) return 'of-number';
  const needed = kindList(options['needs-one-of']);
  const isOneOwed =
    needed.length > 0 && !holdsAny(input, needed, null) && isWanted(input, { 'only-if': options['needs-it-with'] });
  const plenty = options['enough-from'];
  return isOneOwed && !(typeof plenty === 'number' && count >= plenty) ? 'of-one' : null;
}

/** Finds more different ones than a number; on the words of the first one too many. What stands for another one (`joins`: words between the two, beside a slash and a bracket) is none of its own. */
export const moreThan: Detector = {
  id: 'more-than',
  options: {
    evidence: evidenceKinds(),
    most: positiveNumber(),
    unless: evidenceKinds(),
    'only-if': evidenceKinds(),
    alike: wordList(),
    joins: wordList(),
  },
  required: ['evidence', 'most'],
  isAbsence: false,
  needsOwner: false,
  applies: isWanted,
  detect(input, options) {
    if (!isWanted(input, options)) return [];
    const items = withoutSecondNames(found(input, options), input, kindList(options['joins']));
    const different = distinct(items, kindList(options['alike']));
    const most = Number(options['most']);
    const first = different[most];
    if (!first) return [];
    return [
      {
        start: first.start,
        end: first.end,
        section: first.section,
        names: { count: String(different.length), text: first.text },
        related: different
          .slice(0, most)
          .map((item, index) => ({ start: item.start, end: item.end, message: `${index + 1}: ${item.text}` })),
      },
    ];
  },
};

function found(input: DetectorInput, options: Readonly<Record<string, unknown>>): readonly PlacedEvidence[] {
  const others = new Set(evidenceOf(input, options, 'not-with').map((item) => `${item.chunk}/${item.flow}`));
  return evidenceOf(input, options, 'evidence').filter((item) => !others.has(`${item.chunk}/${item.flow}`));
}

/** In one row of so many names, a slash no longer parts choices. */
const MOST_CHOICES = 4;

/** Without what only names the one before it again or another one in its place: "Pinecone / Weaviate", "vector database (Pinecone)", "Kafka (or RabbitMQ)", and what `joins` stands between. */
function withoutSecondNames(
  items: readonly PlacedEvidence[],
  { text }: DetectorInput,
  joins: readonly string[],
): readonly PlacedEvidence[] {
  const runs: PlacedEvidence[][] = [];
  items.forEach((item, index) => {
    const before = items[index - 1];
    const isOfOneBlock = before?.chunk === item.chunk && before.block === item.block && before.end <= item.start;
    const run = runs.at(-1);
    if (run && isOfOneBlock && isSecondName(text.slice(before.end, item.start), joins)) run.push(item);
    else runs.push([item]);
  });
  return runs.flatMap((run) => (run.length > MOST_CHOICES ? run : run.slice(0, 1)));
}

/** The longest that may stand between two names of which one is for the other, in UTF-16 units. */
const LONGEST_JOIN = 24;

function isSecondName(between: string, joins: readonly string[]): boolean {
  if (between.length > LONGEST_JOIN) return false;
  const words = between.toLowerCase().trim();
  return words === '/' || words === '(' || joins.includes(words.replace(/^[\s,;([]+/, ''));
}

/** The first of each, told apart by their words in any case and number; those that hold one of the words in `alike` count as that word. */
function distinct(items: readonly PlacedEvidence[], alike: readonly string[] = []): PlacedEvidence[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const words = item.text.toLowerCase().replace(/\s+/g, ' ').replace(/s$/, '');
    const key = alike.find((word) => words.includes(word)) ?? words;
    return !seen.has(key) && seen.add(key);
  });
}

/** In how many sentences different ones stand, and in how many blocks there are only partners. */
function places(items: readonly PlacedEvidence[], input: DetectorInput, partnerKinds: readonly string[]): number {
  const sentences = new Set(distinct(items).map((item) => `${item.chunk}/${item.flow}`));
  const blocks = new Set(items.map((item) => `${item.chunk}/${item.block}`));
  const allPartners = evidenceOfKinds(input.evidence, partnerKinds);
  const partners = new Set(
    allPartners
      .filter((item) => item.sectionIndex === items[0]?.sectionIndex)
      .map((item) => `${item.chunk}/${item.block}`)
      .filter((block) => !blocks.has(block)),
  );
  // A run of failures in one paragraph ("(a) … (b) …") is half of its sentences, whichever half was understood.
  const spoken = new Set(
    [...items, ...allPartners.filter((item) => blocks.has(`${item.chunk}/${item.block}`))].map(
      (item) => `${item.chunk}/${item.flow}`,
    ),
  );
  return Math.max(sentences.size + partners.size, Math.ceil(spoken.size / 2));
}

/** The first three, as words to stand between quotation marks; each is cut by itself, so that a long one leaves room for the others. */
function quote(input: DetectorInput, items: readonly PlacedEvidence[]): string {
  const first = distinct(items).slice(0, 3);
  const most = Math.floor(LONGEST_QUOTE / first.length) - JOINT.length;
  return first.map((item) => shortened(singleSpaced(quoted(input, item)), most)).join(JOINT);
}

const JOINT = '”, “';

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${cutAtWord(text, most - 1)}…`;
}
