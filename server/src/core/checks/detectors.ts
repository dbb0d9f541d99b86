import type { Outline } from '../answer/outline.js';
import type { Span } from '../answer/spans.js';
import type { PlacedChunk } from '../answer/readAnswer.js';
import { nearestName } from '../nearestName.js';
import type { Reference } from '../reference/reference.js';
import type { Check, Framework, Severity } from '../rubric/types.js';
import { SEVERITIES } from '../rubric/types.js';
import type { Evidence, Fix, RelatedPlace, Timing } from '../types.js';
import { absent } from './absent.js';
import { arithmetic } from './arithmetic.js';
import { fewerThan, moreThan } from './count.js';
import { incomplete } from './incomplete.js';
import { infeasibleLatency } from './infeasibleLatency.js';
import { late } from './late.js';
import { opening } from './opening.js';
import { outputPrice } from './outputPrice.js';
import { present } from './present.js';
import { priceMismatch } from './priceMismatch.js';
import { share, speakingTime } from './proportion.js';
import {
  duplicateSection,
  emptySection,
  frameworkUnclear,
  missingSection,
  sectionOrder,
  unfilledPlaceholder,
  unsupportedLanguage,
} from './structure.js';
import { timeNeglected, timeSpent } from './time.js';
import { unmeasured } from './unmeasured.js';
import { unpaired } from './unpaired.js';
import { claimedWindow, overfullWindow } from './windowChecks.js';

/** Evidence with its place in the answer's structure. */
export interface PlacedEvidence extends Evidence {
  /** Index into the answer's sections, or -1. */
  readonly sectionIndex: number;
  readonly chunk: number;
  readonly block: number;
  readonly sentence: number;
  /** Ids of the list items around it, the outermost first; unique in its chunk. */
  readonly items: readonly number[];
  readonly paragraph: number;
  readonly isRow: boolean;
  /** The text of the block's own label ("Impact"), or null. */
  readonly ownLabel: string | null;
  /** How much its block says after the block's own label. */
  readonly said: { readonly sentences: number; readonly words: number };
  /** The sentence's number in its chunk, counted through all blocks. */
  readonly flow: number;
  /** The writer lists it as what it is, below a label of its kind ("Failure modes"). */
  readonly isListed: boolean;
  /** It only stands in for its kind: that the answer holds some is all that it says, and of its own place nothing. */
  readonly standsIn?: true;
}

/** A section as detectors see it. */
export interface CheckedSection {
  readonly id: string;
  readonly title: string;
  readonly heading: Span;
  readonly body: Span;
  readonly span: Span;
  readonly words: number;
  /** Whether it holds no words, picture or code of the writer's own. */
  readonly isEmpty: boolean;
  readonly budgetSeconds: number;
  readonly speakingSeconds: number;
}

/** What a detector may look at. */
export interface DetectorInput {
  readonly text: string;
  readonly outline: Outline;
  readonly framework: Framework;
  readonly sections: readonly CheckedSection[];
  readonly evidence: readonly PlacedEvidence[];
  /** The stretches of text below headings, with their blocks, which `PlacedEvidence.chunk` and `block` name. */
  readonly chunks: readonly PlacedChunk[];
  /** The models and figures to reckon with in this answer. */
  readonly reference: Reference;
  readonly placeholders: readonly (Span & { readonly sectionIndex: number })[];
  /** The check's owner section where it stands, or null where the framework gives it none or the text lacks it. */
  readonly owner: CheckedSection | null;
  /** Where a finding about the whole answer sits: its first line of text. */
  readonly whole: Span;
  /** What a round on this answer measured, or null where there was none. */
  readonly timing: Timing | null;
  /** The first words of the answer: its first paragraph, at least two sentences of it. */
  readonly opening: Span;
}

/** What a detector found; the review turns it into a finding. */
export interface Detection extends Span {
  readonly section: string | null;
  /** See `Finding.about`. */
  readonly about?: string;
  /** Fills `{name}` in the check's message. */
  readonly names?: Readonly<Record<string, string>>;
  readonly severity?: Severity;
  /** Stands for the check's own message. */
  readonly message?: string;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: Fix;
}

/** The type of one option: how its value is judged, and its JSON Schema. */
export interface OptionType {
  readonly schema: Readonly<Record<string, unknown>>;
  /** What is wrong with a value, or null. */
  readonly problem: (value: unknown, kinds: ReadonlySet<string>) => string | null;
}

/** A detector: a function over evidence that knows no words. Its option table is validation and schema in one. */
export interface Detector {
  readonly id: string;
  readonly options: Readonly<Record<string, OptionType>>;
  /** Options that must be given. */
  readonly required: readonly string[];
  /** Whether a finding says that something is not there. Absences do not cascade, and are not told of answers in another language. */
  readonly isAbsence: boolean;
  /** Whether it needs the check's owner section to stand in the answer. */
  readonly needsOwner: boolean;
  /** Whether it judges how the sections lie, so that it has nothing to say of an answer with a structure of its own. */
  readonly judgesSections?: true;
  /** Whether the check has anything to judge in this answer; a score counts only those that have. */
  readonly applies?: (input: DetectorInput, options: Readonly<Record<string, unknown>>, check: Check) => boolean;
  /**
   * The words that speak for a check: what it rests on where it holds, and what is there of it where it fails. Asked for only by a report. Without
   * it, the kinds of the check's `part` speak for a check that fails.
   */
  readonly grounds?: (
    input: DetectorInput,
    options: Readonly<Record<string, unknown>>,
    check: Check,
    holds: boolean,
  ) => readonly PlacedEvidence[];
  readonly detect: (
    input: DetectorInput,
    options: Readonly<Record<string, unknown>>,
    check: Check,
  ) => readonly Detection[];
}

/** All detectors by id. The set is closed: a check that cannot be written with them is a reason to add one here. */
export const DETECTORS: ReadonlyMap<string, Detector> = new Map(
  [
    absent,
    incomplete,
    fewerThan,
    moreThan,
    present,
    unmeasured,
    unpaired,
    late,
    opening,
    share,
    speakingTime,
    timeSpent,
    timeNeglected,
    infeasibleLatency,
    overfullWindow,
    claimedWindow,
    priceMismatch,
    missingSection,
    emptySection,
    sectionOrder,
    duplicateSection,
    unfilledPlaceholder,
    unsupportedLanguage,
    frameworkUnclear,
    arithmetic,
    outputPrice,
  ].map((detector) => [detector.id, detector]),
);

/** What is wrong with a check's options, option by option. */
export function optionProblems(
  detectorId: string,
  options: Readonly<Record<string, unknown>>,
  kinds: ReadonlySet<string>,
): { option: string | null; message: string }[] {
  const detector = DETECTORS.get(detectorId);
  if (!detector) return [];
  const problems: { option: string | null; message: string }[] = [];
  for (const name of detector.required) {
    if (options[name] === undefined)
      problems.push({ option: null, message: `The detector "${detectorId}" needs the option "${name}"` });
  }
  const known = Object.keys(detector.options);
  for (const [name, value] of Object.entries(options)) {
    const type = detector.options[name];
    if (!type) {
      const nearest = nearestName(name, known);
      problems.push({
        option: name,
        message: `The detector "${detectorId}" has no option "${name}"${nearest ? `; did you mean "${nearest}"?` : ''}`,
      });
      continue;
    }
    const message = type.problem(value, kinds);
    if (message !== null) problems.push({ option: name, message });
  }
  return problems;
}

/** Whether a severity's name is one. */
export function isSeverity(value: unknown): value is Severity {
  return SEVERITIES.some((severity) => severity === value);
}
