import type { Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceKinds, kindList } from './options.js';
import { quoted } from './quoted.js';

/** Finds that the answer's opening holds one kind of evidence before any of some others. */
export const opening: Detector = {
  id: 'opening',
  options: { evidence: evidenceKinds(), before: evidenceKinds() },
  required: ['evidence', 'before'],
  isAbsence: false,
  needsOwner: false,
  grounds: (input, options, _check, holds) =>
    holds ? openingEvidence(input).filter((item) => kindList(options['before']).includes(item.kind)) : [],
  detect(input, options) {
    const inOpening = openingEvidence(input);
    const found = inOpening.find((item) => kindList(options['evidence']).includes(item.kind));
    if (!found) return [];
    const earlier = inOpening.some(
      (item) => kindList(options['before']).includes(item.kind) && item.start < found.start,
    );
    if (earlier) return [];
    return [{ start: found.start, end: found.end, section: found.section, names: { text: quoted(input, found) } }];
  },
};

function openingEvidence({ evidence, opening: span }: DetectorInput): PlacedEvidence[] {
  return evidence.filter((item) => item.start >= span.start && item.start < span.end);
}
