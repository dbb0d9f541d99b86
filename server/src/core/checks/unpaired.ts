import type { Detection, Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceKinds, kindList, someOf } from './options.js';

const NEARNESS = ['list-item', 'table-row', 'paragraph', 'sentence', 'next-sentence'] as const;
type Nearness = (typeof NEARNESS)[number];

/**
 * Finds each piece of evidence that has no partner of another kind close by. Where not one has a partner, there is one finding, on the
 * heading: the cause is one.
 */
export const unpaired: Detector = {
  id: 'unpaired',
  options: { evidence: evidenceKinds(), with: evidenceKinds(), within: someOf(...NEARNESS) },
  required: ['evidence', 'with', 'within'],
  isAbsence: true,
  needsOwner: true,
  applies: (input, options) => itemsOf(input, options).length > 0,
  detect(input, options) {
    const items = itemsOf(input, options);
    const partners = input.evidence.filter((item) => kindList(options['with']).includes(item.kind));
    const within = (options['within'] ?? []) as readonly Nearness[];
    const alone = items.filter((item) => !partners.some((partner) => isNear(item, partner, within)));
    const inList = answeredElsewhere(items, partners);
    const unanswered = alone.filter((item) => !inList.has(item) && !repeatsAnswered(item, items, alone));
    if (unanswered.length === 0) return [];
    const { owner } = input;
    if (unanswered.length === items.length && owner && items.length > 1) {
      const related = items.slice(0, 5).map((item) => ({ start: item.start, end: item.end, message: `Named here: ${item.text}` }));
      return [{ ...owner.heading, section: owner.id, names: { text: quoteSome(firstMentions(items)), count: String(items.length) }, related }];
    }
    return firstMentions(unanswered).map(
      (item): Detection => ({ start: item.start, end: item.end, section: item.section, names: { text: item.text } }),
    );
  },
};

/** The pieces that owe a partner: those of the owner section where it has any, else those anywhere. */
function itemsOf(input: DetectorInput, options: Readonly<Record<string, unknown>>): PlacedEvidence[] {
  const all = input.evidence.filter((item) => kindList(options['evidence']).includes(item.kind));
  const own = all.filter((item) => item.sectionIndex >= 0 && input.sections[item.sectionIndex]?.id === input.owner?.id);
  return own.length > 0 ? own : all;
}

function isNear(item: PlacedEvidence, partner: PlacedEvidence, within: readonly Nearness[]): boolean {
  if (item.chunk !== partner.chunk) return false;
  // A partner in the same words is the same statement read twice, and still answers.
  if (item.flow === partner.flow) return true;
  return within.some((nearness) => {
    switch (nearness) {
      case 'table-row':
        return item.isRow && item.paragraph === partner.paragraph;
      case 'paragraph':
        return item.paragraph === partner.paragraph;
      case 'next-sentence':
        return partner.flow === item.flow + 1 && !item.isRow && (item.items.length === 0 || partner.items.at(-1) === item.items.at(-1));
      case 'list-item':
        return sharesItem(item, partner);
      default:
        return false;
    }
  });
}

/**
 * Whether both stand in one list item or its children. A labelled child ("Impact: …") speaks for its parent, so its siblings ("Mitigation: …") answer it.
 */
function sharesItem(item: PlacedEvidence, partner: PlacedEvidence): boolean {
  const own = item.items.at(-1);
  if (own === undefined) return false;
  if (partner.items.includes(own)) return true;
  const parent = item.items.at(-2);
  return parent !== undefined && item.ownLabel !== null && partner.ownLabel !== null && partner.items.includes(parent);
}

/**
 * A list of failures followed by a list of answers ("Mitigations:") pairs them as a whole: where a section holds at least as many labelled answers, each in an item or paragraph of its own
 * and outside the failures' own, as failures, none is left alone.
 */
function answeredElsewhere(items: readonly PlacedEvidence[], partners: readonly PlacedEvidence[]): ReadonlySet<PlacedEvidence> {
  const answered = new Set<PlacedEvidence>();
  for (const index of new Set(items.map((item) => item.sectionIndex))) {
    const own = items.filter((item) => item.sectionIndex === index);
    const last = Math.max(...own.map((item) => item.start));
    const places = new Set(partners.filter((partner) => partner.sectionIndex === index && partner.start > last).map((partner) => `${partner.chunk}/${partner.paragraph}`));
    const distinct = new Set(own.map((item) => `${item.chunk}/${item.paragraph}`)).size;
    if (places.size >= distinct && distinct > 1) own.forEach((item) => answered.add(item));
  }
  return answered;
}

/** The first three, as words to stand between quotation marks: `a”, “b”, “c`. */
function quoteSome(items: readonly PlacedEvidence[]): string {
  return items.slice(0, 3).map((item) => item.text.replace(/\s+/g, ' ')).join('”, “');
}

/** Whether the same words stand elsewhere with an answer. */
function repeatsAnswered(item: PlacedEvidence, items: readonly PlacedEvidence[], alone: readonly PlacedEvidence[]): boolean {
  const words = item.text.toLowerCase();
  return items.some((other) => other !== item && !alone.includes(other) && other.text.toLowerCase() === words);
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
