import { isWanted } from './absent.js';
import type { Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceKinds, kindList, raise } from './options.js';

/** Finds each piece of evidence of some kinds: a fault that stands in the text, on its exact words. */
export const present: Detector = {
  id: 'present',
  options: { evidence: evidenceKinds(), unless: evidenceKinds(), 'only-if': evidenceKinds(), 'unless-near': evidenceKinds(), raise: raise() },
  required: ['evidence'],
  isAbsence: false,
  needsOwner: false,
  detect(input, options) {
    if (!isWanted(input, options)) return [];
    const kinds = kindList(options['evidence']);
    const near = kindList(options['unless-near']);
    return input.evidence
      .filter((item) => kinds.includes(item.kind) && !hasNear(input, item, near))
      .map((item) => ({ start: item.start, end: item.end, section: item.section, names: { text: item.text } }));
  },
};

/** Whether one of the kinds stands in the same sentence or the next. */
function hasNear(input: DetectorInput, item: PlacedEvidence, kinds: readonly string[]): boolean {
  if (kinds.length === 0) return false;
  return input.evidence.some((other) => kinds.includes(other.kind) && other.chunk === item.chunk && (other.flow === item.flow || other.flow === item.flow + 1));
}
