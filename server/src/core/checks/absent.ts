import type { CheckedSection, Detection, Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { isSeverity } from './detectors.js';
import { evidenceKinds, kindList, oneOf, raise } from './options.js';

/** Finds that nothing of some kinds is there. Reported once, on the heading of the owning section. */
export const absent: Detector = {
  id: 'absent',
  options: {
    evidence: evidenceKinds(),
    scope: oneOf('section', 'answer'),
    unless: evidenceKinds(),
    'only-if': evidenceKinds(),
    raise: raise(),
  },
  required: ['evidence'],
  isAbsence: true,
  needsOwner: true,
  applies: (input, options) => input.owner !== null && isWanted(input, options),
  grounds: (input, options, check, holds) =>
    holds
      ? evidenceIn(input, kindList(options['evidence']), options['scope'] === 'section' ? input.owner : null)
      : evidenceIn(input, check.part, null),
  detect(input, options) {
    const { owner } = input;
    if (!owner || !isWanted(input, options)) return [];
    const kinds = kindList(options['evidence']);
    const area = options['scope'] === 'section' ? owner : null;
    if (holdsAny(input, kinds, area)) return [];
    const detection: Detection = { ...owner.heading, section: owner.id };
    const raised = raisedSeverity(input, options['raise']);
    return [raised ? { ...detection, severity: raised } : detection];
  },
};

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
  return input.evidence.some((item) => isIn(input, item, kinds, area));
}

function isIn(
  input: DetectorInput,
  item: PlacedEvidence,
  kinds: readonly string[],
  area: CheckedSection | null,
): boolean {
  return (
    kinds.includes(item.kind) &&
    (area === null || item.sectionIndex < 0 || input.sections[item.sectionIndex]?.id === area.id)
  );
}

/** What {@link holdsAny} looks for, all of it. */
function evidenceIn(
  input: DetectorInput,
  kinds: readonly string[],
  area: CheckedSection | null,
): readonly PlacedEvidence[] {
  return input.evidence.filter((item) => isIn(input, item, kinds, area));
}

function raisedSeverity(input: DetectorInput, option: unknown) {
  const given = option as { to?: unknown; if?: unknown } | undefined;
  if (!given || !isSeverity(given.to)) return undefined;
  return holdsAny(input, kindList(given.if), null) ? given.to : undefined;
}
