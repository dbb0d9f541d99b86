import type { CheckedSection, Detection, Detector, DetectorInput } from './detectors.js';
import { positiveNumber, sectionPairs } from './options.js';

/** Below this many words in all, shares say nothing. */
const LEAST_WORDS = 150;
/** How much longer a section must be than one that matters more. */
const LARGER = 1.6;
/** And how much more than its part of the time it must take. */
const OVER_BUDGET = 1.5;
/** Nor do they where more of the answer than this stands below headings that are no sections: budgets are given to sections alone. */
const MOST_OUTSIDE = 0.25;

/** Finds sections whose words are out of proportion to their budgets, or larger than a section that matters more. */
export const share: Detector = {
  id: 'share',
  options: { factor: positiveNumber(), 'larger-than': sectionPairs() },
  required: ['factor'],
  isAbsence: false,
  needsOwner: false,
  judgesSections: true,
  applies: (input) => totalWords(input.sections) >= LEAST_WORDS && isMostlyInSections(input),
  detect(input, options) {
    const words = totalWords(input.sections);
    if (!isMostlyInSections(input)) return [];
    const budget = input.sections.reduce((sum, section) => sum + section.budgetSeconds, 0);
    const filled = input.sections.filter((section) => section.words > 0);
    if (words < LEAST_WORDS || filled.length < 2 || budget === 0) return [];
    const factor = Number(options['factor']);
    const pairs =
      ((options['larger-than'] ?? {}) as Record<string, readonly (readonly [string, string])[]>)[input.framework.id] ??
      [];
    return filled.flatMap((section): Detection[] => {
      const part = section.words / words;
      const due = section.budgetSeconds / budget;
      const isFar = part > factor * due;
      const smaller = pairs
        .filter(([larger]) => larger === section.id)
        .map(([, other]) => filled.find((candidate) => candidate.id === other))
        // Half as much again is no imbalance that a listener would hear.
        .find(
          (other): other is CheckedSection =>
            other !== undefined &&
            section.words > other.words * LARGER &&
            section.words / section.budgetSeconds > (other.words / other.budgetSeconds) * 1.25,
        );
      // A section on its budget took its time from no other.
      if (!isFar && (!smaller || part < OVER_BUDGET * due)) return [];
      return [
        {
          ...section.heading,
          section: section.id,
          names: { section: section.title, share: `${Math.round(part * 100)}%` },
          related: smaller
            ? [{ ...smaller.heading, message: `${smaller.words} words here, ${section.words} there` }]
            : [],
        },
      ];
    });
  },
};

/** Finds sections that, spoken, outlast their budgets. */
export const speakingTime: Detector = {
  id: 'speaking-time',
  options: { 'words-per-minute': positiveNumber() },
  required: ['words-per-minute'],
  isAbsence: false,
  needsOwner: false,
  judgesSections: true,
  detect(input, options) {
    const rate = Number(options['words-per-minute']);
    return input.sections
      .map((section) => ({ section, seconds: Math.round((section.words / rate) * 60) }))
      .filter(({ section, seconds }) => seconds > section.budgetSeconds)
      .map(({ section, seconds }) => ({
        ...section.heading,
        section: section.id,
        names: {
          section: section.title,
          speaking: minutes(seconds),
          budget: minutes(section.budgetSeconds),
          words: String(section.words),
        },
      }));
  },
};

function isMostlyInSections({ chunks }: DetectorInput): boolean {
  let all = 0;
  let outside = 0;
  for (const { chunk, section } of chunks) {
    all += chunk.words;
    if (section < 0) outside += chunk.words;
  }
  return outside <= MOST_OUTSIDE * all;
}

function totalWords(sections: readonly CheckedSection[]): number {
  return sections.reduce((sum, section) => sum + section.words, 0);
}

/** 90 → "1:30", 120 → "2:00". */
function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;
}
