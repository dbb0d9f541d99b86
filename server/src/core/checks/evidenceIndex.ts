import { overlaps, type Span } from '../answer/spans.js';
import type { DetectorInput, PlacedEvidence } from './detectors.js';
import { kindList } from './options.js';

/**
 * The pieces of evidence that overlap a span, in the order of the list. An answer of a megabyte has tens of thousands, and most checks ask for each of them what
 * stands beside it, so they are found by their place.
 */
export function evidenceAt(evidence: readonly PlacedEvidence[], span: Span): readonly PlacedEvidence[] {
  let stretches = byStretch.get(evidence);
  if (!stretches) byStretch.set(evidence, (stretches = stretchesOf(evidence)));
  const first = stretchOf(span.start);
  const last = Math.max(first, stretchOf(span.end - 1));
  const found: number[] = [];
  for (let stretch = first; stretch <= last; stretch++) {
    const here = stretches.get(stretch);
    if (here === undefined) continue;
    // Counted, as this is asked some thousand times and a short run has no optimized code.
    for (let at = 0; at < here.length; at++) if (overlaps(evidence[here[at]!]!, span)) found.push(here[at]!);
  }
  // What reaches over the border of two stretches stands in both, and the list need not be in the order of the text.
  const inOrder = first === last ? found : [...new Set(found)].sort((a, b) => a - b);
  return inOrder.map((index) => evidence[index]!);
}

/** The pieces of evidence of some kinds, in the order of the list. */
export function evidenceOfKinds(
  evidence: readonly PlacedEvidence[],
  kinds: readonly string[],
): readonly PlacedEvidence[] {
  const index = evidenceByKind(evidence);
  const found: OfKind[] = [];
  for (const kind of kinds) {
    const own = index.get(kind);
    if (own && !found.includes(own)) found.push(own);
  }
  if (found.length <= 1) return found[0]?.items ?? [];
  const places: number[] = [];
  for (const own of found) for (const place of own.places) places.push(place);
  return places.sort((a, b) => a - b).map((place) => evidence[place]!);
}

/** Whether there is evidence of one of some kinds that a test holds for. */
export function hasEvidence(
  evidence: readonly PlacedEvidence[],
  kinds: readonly string[],
  test: (item: PlacedEvidence) => boolean,
): boolean {
  const index = evidenceByKind(evidence);
  return kinds.some((kind) => index.get(kind)?.items.some(test) ?? false);
}

/** The evidence of the kinds that an option of a check names. */
export function evidenceOf(
  { evidence }: Pick<DetectorInput, 'evidence'>,
  options: Readonly<Record<string, unknown>>,
  option: string,
): readonly PlacedEvidence[] {
  return evidenceOfKinds(evidence, kindList(options[option]));
}

/** The evidence of one kind, with the places in the list, both in its order. */
interface OfKind {
  readonly items: PlacedEvidence[];
  readonly places: number[];
}

type ByKind = ReadonlyMap<string, OfKind>;

/** Evidence by its kind; made once for an answer, since most checks ask. */
function evidenceByKind(evidence: readonly PlacedEvidence[]): ByKind {
  let index = byKind.get(evidence);
  if (!index) {
    const made = new Map<string, OfKind>();
    evidence.forEach((item, place) => {
      let same = made.get(item.kind);
      if (!same) made.set(item.kind, (same = { items: [], places: [] }));
      same.items.push(item);
      same.places.push(place);
    });
    index = made;
    byKind.set(evidence, index);
  }
  return index;
}

const byKind = new WeakMap<readonly PlacedEvidence[], ByKind>();

/** By stretch of a text: the indexes of the pieces that touch it. */
type Stretches = ReadonlyMap<number, readonly number[]>;

const byStretch = new WeakMap<readonly PlacedEvidence[], Stretches>();

/** In UTF-16 units. */
const LENGTH_OF_STRETCH = 1_000;

function stretchesOf(evidence: readonly PlacedEvidence[]): Stretches {
  const stretches = new Map<number, number[]>();
  evidence.forEach(({ start, end }, index) => {
    for (let stretch = stretchOf(start); stretch <= Math.max(stretchOf(start), stretchOf(end - 1)); stretch++) {
      const own = stretches.get(stretch);
      if (own) own.push(index);
      else stretches.set(stretch, [index]);
    }
  });
  return stretches;
}

function stretchOf(offset: number): number {
  return Math.floor(offset / LENGTH_OF_STRETCH);
}
