import type { Detector } from './detectors.js';
import { evidenceKinds, kindList } from './options.js';

/** Finds that the answer's opening holds one kind of evidence before any of some others. */
export const opening: Detector = {
  id: 'opening',
  options: { evidence: evidenceKinds(), before: evidenceKinds() },
  required: ['evidence', 'before'],
  isAbsence: false,
  needsOwner: false,
  detect(input, options) {
    const inOpening = input.evidence.filter(
      (item) => item.start >= input.opening.start && item.start < input.opening.end,
    );
    const found = inOpening.find((item) => kindList(options['evidence']).includes(item.kind));
    if (!found) return [];
    const earlier = inOpening.some(
      (item) => kindList(options['before']).includes(item.kind) && item.start < found.start,
    );
    if (earlier) return [];
    return [{ start: found.start, end: found.end, section: found.section, names: { text: found.text } }];
  },
};
