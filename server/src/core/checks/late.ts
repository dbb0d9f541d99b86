import type { Detector, PlacedEvidence } from './detectors.js';
import { evidenceKinds, kindList } from './options.js';

/** Finds that the first evidence of some kinds comes only after the first of others. The finding sits on the late words. */
export const late: Detector = {
  id: 'late',
  options: { evidence: evidenceKinds(), after: evidenceKinds() },
  required: ['evidence', 'after'],
  isAbsence: false,
  needsOwner: false,
  applies: (input, options) => firstOf(input.evidence, kindList(options['evidence'])) !== null,
  // It is there, only late: a part of what is asked for.
  grounds: (input, options) =>
    input.evidence.filter((item) => kindList(options['evidence']).includes(item.kind)).slice(0, 1),
  detect(input, options) {
    const wanted = firstOf(input.evidence, kindList(options['evidence']));
    const other = firstOf(input.evidence, kindList(options['after']));
    if (!wanted || !other || wanted.start < other.start) return [];
    return [
      {
        start: wanted.start,
        end: wanted.end,
        section: wanted.section,
        names: { text: wanted.text, other: other.text },
        related: [{ start: other.start, end: other.end, message: 'This comes before it' }],
      },
    ];
  },
};

function firstOf(evidence: readonly PlacedEvidence[], kinds: readonly string[]): PlacedEvidence | null {
  let first: PlacedEvidence | null = null;
  for (const item of evidence) {
    if (kinds.includes(item.kind) && (first === null || item.start < first.start)) first = item;
  }
  return first;
}
