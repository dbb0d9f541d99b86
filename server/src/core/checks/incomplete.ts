import { evidenceIn, isWanted } from './absent.js';
import type { CheckedSection, Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceOfKinds } from './evidenceIndex.js';
import { evidenceKinds, groupList, kindGroups, oneOf } from './options.js';

/**
 * Finds that not all of several things are there: one finding on the heading of the owning section, with those that are missing in `{missing}`. Where none
 * is there, and with `only-if`, other checks say so.
 */
export const incomplete: Detector = {
  id: 'incomplete',
  options: {
    'all-of': kindGroups(),
    scope: oneOf('section', 'up-to-section', 'answer'),
    unless: evidenceKinds(),
    'only-if': evidenceKinds(),
  },
  required: ['all-of'],
  isAbsence: true,
  needsOwner: true,
  grounds: (input, options) => {
    const { owner } = input;
    return groupList(options['all-of']).flatMap(({ kinds }) =>
      (owner ? within(input, kinds, owner, options['scope']) : []).slice(0, 1),
    );
  },
  applies: (input, options) => input.owner !== null && isWanted(input, options),
  detect(input, options) {
    const { owner } = input;
    if (!owner || !isWanted(input, options)) return [];
    const missing = groupList(options['all-of']).filter(
      (group) => within(input, group.kinds, owner, options['scope']).length === 0,
    );
    if (missing.length === 0) return [];
    return [{ ...owner.heading, section: owner.id, names: { missing: missing.map((group) => group.name).join(', ') } }];
  },
};

/** What stands in the owning section; with `up-to-section`, what stands before it counts as well. */
function within(
  input: DetectorInput,
  kinds: readonly string[],
  owner: CheckedSection,
  scope: unknown,
): readonly PlacedEvidence[] {
  if (scope !== 'section' && scope !== 'up-to-section') return evidenceOfKinds(input.evidence, kinds);
  const own = evidenceIn(input, kinds, owner);
  if (own.length > 0 || scope === 'section') return own;
  return evidenceOfKinds(input.evidence, kinds).filter((item) => item.start < owner.heading.start);
}
