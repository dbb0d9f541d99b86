import { evidenceIn, holdsAny, isWanted } from './absent.js';
import type { Detector } from './detectors.js';
import { evidenceKinds, groupList, kindGroups, oneOf } from './options.js';

/**
 * Finds that not all of several things are there: one finding on the heading of the owning section, with those that are missing in `{missing}`. Where none
 * is there, and with `only-if`, other checks say so.
 */
export const incomplete: Detector = {
  id: 'incomplete',
  options: {
    'all-of': kindGroups(),
    scope: oneOf('section', 'answer'),
    unless: evidenceKinds(),
    'only-if': evidenceKinds(),
  },
  required: ['all-of'],
  isAbsence: true,
  needsOwner: true,
  grounds: (input, options) => {
    const area = options['scope'] === 'section' ? input.owner : null;
    return groupList(options['all-of']).flatMap(({ kinds }) => evidenceIn(input, kinds, area).slice(0, 1));
  },
  applies: (input, options) => input.owner !== null && isWanted(input, options),
  detect(input, options) {
    const { owner } = input;
    if (!owner || !isWanted(input, options)) return [];
    const area = options['scope'] === 'section' ? owner : null;
    const missing = groupList(options['all-of']).filter((group) => !holdsAny(input, group.kinds, area));
    if (missing.length === 0) return [];
    return [{ ...owner.heading, section: owner.id, names: { missing: missing.map((group) => group.name).join(', ') } }];
  },
};
