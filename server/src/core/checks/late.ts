import type { Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceOf } from './evidenceIndex.js';
import { evidenceKinds } from './options.js';

/**
 * Finds that the first evidence of some kinds comes only after the first of others: of the kinds in `after`, or of those in `after-elsewhere` below another heading. The finding
 * sits on the late words.
 */
export const late: Detector = {
  id: 'late',
  options: { evidence: evidenceKinds(), after: evidenceKinds(), 'after-elsewhere': evidenceKinds() },
  required: ['evidence', 'after'],
  isAbsence: false,
  needsOwner: false,
  applies: (input, options) => firstOf(input, options, 'evidence') !== undefined,
  // It is there, only late: a part of what is asked for.
  grounds: (input, options) => evidenceOf(input, options, 'evidence').slice(0, 1),
  detect(input, options) {
    const wanted = firstOf(input, options, 'evidence');
    if (!wanted) return [];
    const elsewhere = firstOf(input, options, 'after-elsewhere');
    const [other] = [
      firstOf(input, options, 'after'),
      // What is weighed below the same heading is no decision yet.
      elsewhere?.chunk === wanted.chunk ? undefined : elsewhere,
    ]
      .filter((candidate): candidate is PlacedEvidence => candidate !== undefined && candidate.start <= wanted.start)
      .sort((a, b) => a.start - b.start);
    if (!other) return [];
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

/** The first evidence of the kinds that an option names; evidence stands in the order of the text. */
function firstOf(
  input: DetectorInput,
  options: Readonly<Record<string, unknown>>,
  option: string,
): PlacedEvidence | undefined {
  return evidenceOf(input, options, option)[0];
}
