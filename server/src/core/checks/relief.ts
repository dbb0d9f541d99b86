import { groupAround } from '../answer/blockGroups.js';
import { wordsIn } from '../calculations/gaps.js';
import { blockOf } from './blockOf.js';
import type { DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceKinds, kindList } from './options.js';
import { sentenceOf } from './sentenceOf.js';

type Options = Readonly<Record<string, unknown>>;

/** The options by which a check names what takes a claim back, by how near it must stand. */
export const RELIEF_OPTIONS = {
  /** Holds for the whole answer, unless it is said of another thing than the claim. */
  unless: evidenceKinds(),
  /** Holds for the whole answer where it is said of the claim's thing, or of none. */
  'unless-same': evidenceKinds(),
  /** Holds beside the claim, and where it is said of the claim's thing. */
  'unless-here': evidenceKinds(),
  /** What things are told apart by. */
  thing: evidenceKinds(),
};

/**
 * Whether the answer says how it gets round what a claim would be accused of: anywhere or near, by the options of the check, and about the same call. A remark on
 * another thing ("summaries are made overnight") excuses nothing, unless it stands right beside the claim.
 */
export function isRelieved(input: DetectorInput, options: Options, claim: readonly PlacedEvidence[]): boolean {
  const [anywhere, same, here] = [options['unless'], options['unless-same'], options['unless-here']].map(kindList);
  let claimed: ReadonlySet<string> | undefined;
  return input.evidence.some((item) => {
    const isAnywhere = anywhere?.includes(item.kind) ?? false;
    const isSame = same?.includes(item.kind) ?? false;
    if (!isAnywhere && !isSame && !here?.includes(item.kind)) return false;
    if (claim.some((one) => isBeside(input, one, item))) return true;
    const things = thingsOf(input, options, item);
    if (things.size === 0) return isAnywhere || isSame;
    claimed ??= new Set(claim.flatMap((one) => [...thingsOf(input, options, one)]));
    if (claimed.size === 0) return isAnywhere;
    return [...things].some((thing) => claimed?.has(thing));
  });
}

/** How many sentences on a remark still belongs to what was said before. */
const NEAR = 2;

/** Whether two pieces of evidence stand in one paragraph, list or table, or within a few sentences of one section. */
export function isBeside(input: DetectorInput, a: PlacedEvidence, b: PlacedEvidence): boolean {
  if (a.chunk !== b.chunk) return false;
  if (a.paragraph === b.paragraph || Math.abs(a.flow - b.flow) <= NEAR) return true;
  const blocks = input.chunks[a.chunk]?.chunk.blocks ?? [];
  const { first, last } = groupAround(blocks, a.block);
  return first <= b.block && b.block <= last;
}

/** The things that a piece of evidence is about: those that its sentence names, or the labels above it. */
function thingsOf(input: DetectorInput, options: Options, item: PlacedEvidence): ReadonlySet<string> {
  const kinds = kindList(options['thing']);
  const things = new Set<string>();
  for (const other of sentenceOf(input, item).evidence) if (kinds.includes(other.kind)) things.add(stemOf(other.text));
  if (things.size > 0) return things;
  const labels = blockOf(input, item)?.labels ?? [];
  for (const { text } of labels) {
    const words = new Set(wordsIn(text).map(stemOf));
    for (const name of namesOf(input, kinds)) if (words.has(name)) things.add(name);
  }
  return things;
}

const names = new WeakMap<readonly PlacedEvidence[], Map<string, ReadonlySet<string>>>();

/** The names of all things of an answer. */
function namesOf(input: DetectorInput, kinds: readonly string[]): ReadonlySet<string> {
  let known = names.get(input.evidence);
  if (!known) names.set(input.evidence, (known = new Map()));
  const key = kinds.join();
  let found = known.get(key);
  if (!found) {
    found = new Set(input.evidence.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => stemOf(text)));
    known.set(key, found);
  }
  return found;
}

/** "Summaries" and "summary" are one thing. */
function stemOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(?<=[^s])s$/, '');
}
