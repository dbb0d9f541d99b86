import { evidenceIn, isWanted } from './absent.js';
import type { CheckedSection, Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceOfKinds } from './evidenceIndex.js';
import {
  evidenceKinds,
  groupList,
  kindGroups,
  kindList,
  oneOf,
  positiveNumber,
  sectionByFramework,
  wordList,
} from './options.js';

/**
 * Finds that not all of several things are there: one finding on the heading of the owning section, with those that are missing in `{missing}`. Where none
 * is there, and with `only-if`, other checks say so; so do they of those that `if-later` names, unless they stand later in the answer.
 * Where as many are there as `enough` says, the rest is not asked for.
 */
export const incomplete: Detector = {
  id: 'incomplete',
  options: {
    'all-of': kindGroups(),
    scope: oneOf('section', 'up-to-section', 'answer'),
    unless: evidenceKinds(),
    'only-if': evidenceKinds(),
    'if-later': wordList(),
    through: sectionByFramework(),
    enough: positiveNumber(),
  },
  required: ['all-of'],
  isAbsence: true,
  needsOwner: true,
  grounds: (input, options) => {
    const { owner } = input;
    return groupList(options['all-of']).flatMap(({ kinds }) =>
      (owner ? within(input, kinds, owner, options) : []).slice(0, 1),
    );
  },
  applies: (input, options) => input.owner !== null && isWanted(input, options),
  detect(input, options) {
    const { owner } = input;
    if (!owner || !isWanted(input, options)) return [];
    const ifLater = kindList(options['if-later']);
    const groups = groupList(options['all-of']);
    const absent = groups.filter(({ kinds }) => within(input, kinds, owner, options).length === 0);
    const missing = absent.filter(
      ({ name, kinds }) => !ifLater.includes(name) || evidenceOfKinds(input.evidence, kinds).length > 0,
    );
    const enough = options['enough'];
    if (missing.length === 0 || (typeof enough === 'number' && groups.length - absent.length >= enough)) return [];
    return [{ ...owner.heading, section: owner.id, names: { missing: missing.map((group) => group.name).join(', ') } }];
  },
};

/** What stands in the owning section; with `up-to-section`, what stands before it counts as well, and all through the end of the section that `through` names. */
function within(
  input: DetectorInput,
  kinds: readonly string[],
  owner: CheckedSection,
  options: Readonly<Record<string, unknown>>,
): readonly PlacedEvidence[] {
  const { scope } = options;
  if (scope !== 'section' && scope !== 'up-to-section') return evidenceOfKinds(input.evidence, kinds);
  const own = evidenceIn(input, kinds, owner);
  if (own.length > 0 || scope === 'section') return own;
  const through = (options['through'] as Readonly<Record<string, string>> | undefined)?.[input.framework.id];
  const last = input.sections.find(({ id }) => id === through);
  const end = Math.max(owner.heading.start, last?.span.end ?? 0);
  return evidenceOfKinds(input.evidence, kinds).filter((item) => item.start < end);
}
