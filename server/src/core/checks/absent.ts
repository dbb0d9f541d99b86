import { overlaps } from '../answer/spans.js';
import type { Severity } from '../rubric/types.js';
import type { RelatedPlace } from '../types.js';
import { blockOf, endOfBlock } from './blockOf.js';
import { evidenceOfKinds, hasEvidence } from './evidenceIndex.js';
import type { CheckedSection, Detection, Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceKinds, kindList, oneOf, positiveNumber, raise, severityChange } from './options.js';
import { named, quoted } from './quoted.js';

/** What parts clauses or cells inside of a piece of evidence. */
const CLAUSE_MARK = /[,;:|→](?:\s|$)|->/;

/**
 * Finds that nothing of some kinds is there. Reported once, on the heading of the owning section. Where `only-if` or `raise` made it a finding, `{because}` in its
 * message is the writer's words that did. A section of more words than `unless-longer` is held to have said it, `unless-in-section` names what keeps the check silent where it stands in the
 * owner section, and `unless-range` what does where its figure is a range. What is part of a piece of a `too-little` kind that ends its paragraph is no evidence: where nothing else is there, the finding sits on that
 * piece, with that option's severity and message.
 */
export const absent: Detector = {
  id: 'absent',
  options: {
    evidence: evidenceKinds(),
    scope: oneOf('section', 'answer'),
    unless: evidenceKinds(),
    'unless-in-section': evidenceKinds(),
    'unless-range': evidenceKinds(),
    'only-if': evidenceKinds(),
    raise: raise(),
    'unless-longer': positiveNumber(),
    'too-little': raise(),
  },
  required: ['evidence'],
  isAbsence: true,
  needsOwner: true,
  applies: (input, options) =>
    input.owner !== null && isAsked(input, options) && (!isMoot(input, options) || holdsEvidence(input, options)),
  grounds: (input, options, check, holds) =>
    holds
      ? evidenceIn(input, kindList(options['evidence']), options['scope'] === 'section' ? input.owner : null)
      : evidenceIn(input, check.part, null),
  detect(input, options) {
    const { owner } = input;
    if (!owner || !isAsked(input, options)) return [];
    if (isMoot(input, options) || holdsEvidence(input, options)) return [];
    const because = firstOf(input, kindList(options['only-if']));
    const detection: Detection = {
      ...owner.heading,
      section: owner.id,
      ...(because ? { names: { because: named(because) }, related: [relatedTo(because)] } : {}),
    };
    const raised = raisedBy(input, options['raise']);
    const little = severityChange(options['too-little']);
    const [by] = little ? barePieces(input, little.kinds) : [];
    if (little && by)
      return [
        {
          start: by.start,
          end: by.end,
          section: by.section,
          severity: raised?.to ?? little.to,
          names: { because: quoted(input, by) },
          ...(little.message === undefined ? {} : { message: little.message }),
        },
      ];
    return [
      raised
        ? {
            ...detection,
            severity: raised.to,
            names: { because: named(raised.by) },
            related: [relatedTo(raised.by)],
            ...(raised.message === undefined ? {} : { message: raised.message }),
          }
        : detection,
    ];
  },
};

/** Whether the owner section is so long that it says it in some words or other: where none of the evidence was found, nothing can be told either way. */
export function isLong({ owner }: DetectorInput, options: Readonly<Record<string, unknown>>): boolean {
  const longest = options['unless-longer'];
  return typeof longest === 'number' && owner !== null && owner.words > longest;
}

/**
 * Whether nothing can be told of what is not found: the owner section is long, or holds one of `unless-in-section` (what stands elsewhere is about something else), or a figure of one
 * of `unless-range` goes from one to another.
 */
function isMoot(input: DetectorInput, options: Readonly<Record<string, unknown>>): boolean {
  const there = kindList(options['unless-in-section']);
  const ranges = kindList(options['unless-range']);
  return (
    isLong(input, options) ||
    (there.length > 0 && holdsAny(input, there, input.owner)) ||
    (ranges.length > 0 && hasEvidence(input.evidence, ranges, (item) => item.value?.max !== undefined))
  );
}

function holdsEvidence(input: DetectorInput, options: Readonly<Record<string, unknown>>): boolean {
  const area = options['scope'] === 'section' ? input.owner : null;
  return holdsEnough(input, options, kindList(options['evidence']), area);
}

/** Whether evidence of one of the kinds stands there that is no part of a piece of a `too-little` kind. */
function holdsEnough(
  input: DetectorInput,
  options: Readonly<Record<string, unknown>>,
  kinds: readonly string[],
  area: CheckedSection | null,
): boolean {
  const pieces = barePieces(input, severityChange(options['too-little'])?.kinds ?? []);
  // Most answers have none.
  if (pieces.length === 0) return holdsAny(input, kinds, area);
  // Both stand in the order of the text, so that each is looked at once.
  let next = 0;
  for (const item of evidenceIn(input, kinds, area)) {
    while (next < pieces.length && pieces[next]!.end <= item.start) next++;
    const piece = pieces[next];
    if (!piece || !overlaps(piece, item)) return true;
  }
  return false;
}

/** So many words may stand behind a piece that nothing more is said of. */
const MOST_WORDS_BEHIND = 3;

/** The pieces at the end of a paragraph, item or row: what comes behind another may say in any words what is done. */
function barePieces(input: DetectorInput, kinds: readonly string[]): readonly PlacedEvidence[] {
  return evidenceOfKinds(input.evidence, kinds).filter((item) => {
    if (!blockOf(input, item)) return false;
    const behind = input.text.slice(item.end, endOfBlock(input, item));
    return behind.length < LONGEST_BEHIND && behind.split(/\s+/).filter(Boolean).length <= MOST_WORDS_BEHIND;
  });
}

/** In UTF-16 units; so that no long paragraph is cut into words for each piece. */
const LONGEST_BEHIND = 60;

/** What {@link isWanted} tells, without what is too little. */
function isAsked(input: DetectorInput, options: Readonly<Record<string, unknown>>): boolean {
  const unless = kindList(options['unless']);
  const isSpared = unless.length > 0 && holdsEnough(input, options, unless, null);
  return !isSpared && isWanted(input, { 'only-if': options['only-if'] });
}

/** Whether a check with `unless` and `only-if` has anything to ask of this answer. */
export function isWanted(input: DetectorInput, options: Readonly<Record<string, unknown>>): boolean {
  const unless = kindList(options['unless']);
  if (unless.length > 0 && holdsAny(input, unless, null)) return false;
  const onlyIf = kindList(options['only-if']);
  return onlyIf.length === 0 || holdsAny(input, onlyIf, null);
}

/**
 * Whether evidence of one of the kinds stands in a section, or anywhere. Parts of the answer that belong to no section count for every section: a
 * writer's own extra heading must not hide what stands below it.
 */
export function holdsAny(input: DetectorInput, kinds: readonly string[], area: CheckedSection | null): boolean {
  return hasEvidence(input.evidence, kinds, (item) => isIn(input, item, area));
}

function isIn(input: DetectorInput, item: PlacedEvidence, area: CheckedSection | null): boolean {
  return area === null || item.sectionIndex < 0 || input.sections[item.sectionIndex]?.id === area.id;
}

/** What {@link holdsAny} looks for, all of it. */
export function evidenceIn(
  input: DetectorInput,
  kinds: readonly string[],
  area: CheckedSection | null,
): readonly PlacedEvidence[] {
  return evidenceOfKinds(input.evidence, kinds).filter((item) => isIn(input, item, area));
}

/** What raises a check's severity, and the message that it then has, if another. */
function raisedBy(
  input: DetectorInput,
  option: unknown,
): { to: Severity; by: PlacedEvidence; message: string | undefined } | null {
  const change = severityChange(option);
  const by = change && firstOf(input, change.kinds);
  return by ? { to: change.to, by, message: change.message } : null;
}

/**
 * The first evidence of some kinds in the answer: the writer's words that a finding can quote. Words of two clauses or cells ("store calls, answered") are mostly none that anybody
 * meant together, and others are taken where there are any.
 */
function firstOf(input: DetectorInput, kinds: readonly string[]): PlacedEvidence | null {
  const pieces = evidenceOfKinds(input.evidence, kinds);
  return pieces.find(({ text }) => !CLAUSE_MARK.test(text)) ?? pieces[0] ?? null;
}

function relatedTo(item: PlacedEvidence): RelatedPlace {
  return { start: item.start, end: item.end, message: item.text.replace(/\s+/g, ' ') };
}
