import type { Detection, Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceOf, hasEvidence } from './evidenceIndex.js';
import { evidenceKinds, kindList, raise, severityChange } from './options.js';
import { quoted } from './quoted.js';

/**
 * Finds that the first evidence of some kinds comes only after the first of others: of the kinds in `after`, or of those in `after-elsewhere` below another heading. The finding
 * sits on the late words. What a kind in `unless-before` says before those others is as good; what one in `lower` says there makes it less grave.
 */
export const late: Detector = {
  id: 'late',
  options: {
    evidence: evidenceKinds(),
    after: evidenceKinds(),
    'after-elsewhere': evidenceKinds(),
    'unless-before': evidenceKinds(),
    lower: raise(),
  },
  required: ['evidence', 'after'],
  isAbsence: false,
  needsOwner: false,
  applies: (input, options) => firstOf(input, options, 'evidence') !== undefined,
  // It is there, only late: a part of what is asked for.
  grounds: (input, options) => evidenceOf(input, options, 'evidence').slice(0, 1),
  detect(input, options) {
    const wanted = firstOf(input, options, 'evidence');
    // What only stands in for its kind says nothing of its place.
    if (!wanted || wanted.standsIn) return [];
    const elsewhere = firstOf(input, options, 'after-elsewhere');
    const [other] = [
      firstOf(input, options, 'after'),
      // What is weighed below the same heading is no decision yet.
      elsewhere?.chunk === wanted.chunk ? undefined : elsewhere,
    ]
      .filter((candidate): candidate is PlacedEvidence => candidate !== undefined && candidate.start <= wanted.start)
      .sort((a, b) => a.start - b.start);
    if (!other) return [];
    const isBefore = (item: PlacedEvidence) => item.start < other.start;
    if (hasEvidence(input.evidence, kindList(options['unless-before']), isBefore)) return [];
    return [
      {
        ...loweredBy(input, options['lower'], isBefore),
        start: wanted.start,
        end: wanted.end,
        section: wanted.section,
        names: { text: quoted(input, wanted), other: quoted(input, other) },
        related: [{ start: other.start, end: other.end, message: 'This comes before it' }],
      },
    ];
  },
};

/** The severity and the message that what stands before gives a finding, if any. */
function loweredBy(
  { evidence }: DetectorInput,
  option: unknown,
  isBefore: (item: PlacedEvidence) => boolean,
): Pick<Detection, 'severity' | 'message'> {
  const change = severityChange(option);
  if (!change || !hasEvidence(evidence, change.kinds, isBefore)) return {};
  return { severity: change.to, ...(change.message === undefined ? {} : { message: change.message }) };
}

/** The first evidence of the kinds that an option names; evidence stands in the order of the text. */
function firstOf(
  input: DetectorInput,
  options: Readonly<Record<string, unknown>>,
  option: string,
): PlacedEvidence | undefined {
  return evidenceOf(input, options, option)[0];
}
