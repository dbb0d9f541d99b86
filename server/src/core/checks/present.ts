import { isWanted } from './absent.js';
import type { Detector, PlacedEvidence } from './detectors.js';
import { evidenceOf } from './evidenceIndex.js';
import { evidenceKinds, positiveInteger, raise } from './options.js';

/** Finds each piece of evidence of some kinds, or the first `most` of them: a fault that stands in the text, on its exact words. */
export const present: Detector = {
  id: 'present',
  options: {
    evidence: evidenceKinds(),
    unless: evidenceKinds(),
    'only-if': evidenceKinds(),
    'unless-near': evidenceKinds(),
    raise: raise(),
    // What is said again has the same cause.
    most: positiveInteger(),
  },
  required: ['evidence'],
  isAbsence: false,
  needsOwner: false,
  detect(input, options) {
    if (!isWanted(input, options)) return [];
    const flows = new Set(evidenceOf(input, options, 'unless-near').map((item) => `${item.chunk}/${item.flow}`));
    // Near is the same sentence or the next.
    const hasNear = (item: PlacedEvidence) =>
      flows.has(`${item.chunk}/${item.flow}`) || flows.has(`${item.chunk}/${item.flow + 1}`);
    return evidenceOf(input, options, 'evidence')
      .filter((item) => !hasNear(item))
      .slice(0, Number(options['most'] ?? Infinity))
      .map((item) => ({ start: item.start, end: item.end, section: item.section, names: { text: item.text } }));
  },
};
