import type { Span } from '../answer/spans.js';
import { plainHeading, withoutNumbering } from '../answer/headingKey.js';
import { readOutline } from '../answer/outline.js';
import { findSections } from '../answer/sections.js';
import { insertSectionEdit, plainText, type SectionInsertion } from '../templates.js';
import type { CheckedSection, Detection, Detector, DetectorInput } from './detectors.js';
import { text } from './options.js';

/** Finds framework sections that the answer lacks, with the repair that inserts them in order. */
export const missingSection: Detector = {
  id: 'missing-section',
  options: {},
  required: [],
  isAbsence: true,
  needsOwner: false,
  judgesSections: true,
  detect(input) {
    const present = new Set(input.sections.map((section) => section.id));
    return input.framework.sections
      .filter((section) => !present.has(section.id))
      .map((section): Detection => {
        const edit = takes(
          input,
          insertSectionEdit(input.text, input.framework, input.sections, section.id),
          section.id,
        );
        return {
          ...input.whole,
          section: null,
          about: section.id,
          names: { section: section.title, purpose: section.purpose },
          ...(edit
            ? {
                fix: {
                  title: `Insert “${section.title}”`,
                  edits: [
                    {
                      start: edit.offset,
                      end: edit.offset,
                      newText: edit.before + plainText(edit.snippet) + edit.after,
                    },
                  ],
                },
              }
            : {}),
        };
      });
  },
};

/** The insertion, unless it would not be read as a section there: after a fence or a comment that is still open. */
function takes(input: DetectorInput, edit: SectionInsertion | null, id: string): SectionInsertion | null {
  if (!edit) return null;
  const { text: whole, framework } = input;
  const changed =
    whole.slice(0, edit.offset) + edit.before + plainText(edit.snippet) + edit.after + whole.slice(edit.offset);
  const found = findSections(changed, readOutline(changed), framework, true);
  return found.some((section) => section.definition.id === id) ? edit : null;
}

/** Finds sections with nothing of the writer's own in them. */
export const emptySection: Detector = {
  id: 'empty-section',
  options: {},
  required: [],
  isAbsence: true,
  needsOwner: false,
  judgesSections: true,
  detect: (input) =>
    emptySections(input.sections).map((section) => ({
      ...section.heading,
      section: section.id,
      names: { section: section.title },
    })),
};

/** Sections that are empty, each id once: a section given twice is filled if one of them is. */
export function emptySections(sections: readonly CheckedSection[]): CheckedSection[] {
  return sections.filter((section, index) => {
    const same = sections.filter((other) => other.id === section.id);
    return same.every((other) => other.isEmpty) && sections.findIndex((other) => other.id === section.id) === index;
  });
}

/** Finds sections that stand in another order than the framework's: as few as explain the disorder. */
export const sectionOrder: Detector = {
  id: 'section-order',
  options: {},
  required: [],
  isAbsence: false,
  needsOwner: false,
  judgesSections: true,
  detect(input) {
    const order = new Map(input.framework.sections.map((section, index) => [section.id, index]));
    const firsts = input.sections.filter(
      (section, index) => input.sections.findIndex((other) => other.id === section.id) === index,
    );
    const kept = longestRun(firsts.map((section) => order.get(section.id) ?? 0));
    return firsts
      .filter((_, index) => !kept.has(index))
      .map((section) => {
        const wanted = order.get(section.id) ?? 0;
        const after = input.framework.sections[wanted - 1]?.title ?? '';
        const names = { section: section.title, heading: wordsOfHeading(input, section), after };
        return { ...section.heading, section: section.id, names };
      });
  },
};

/** The indexes of a longest growing run of numbers. */
function longestRun(numbers: readonly number[]): ReadonlySet<number> {
  const lengths = numbers.map(() => 1);
  const previous = numbers.map(() => -1);
  let best = numbers.length > 0 ? 0 : -1;
  numbers.forEach((value, index) => {
    for (let earlier = 0; earlier < index; earlier++) {
      if ((numbers[earlier] ?? 0) < value && (lengths[earlier] ?? 0) + 1 > (lengths[index] ?? 0)) {
        lengths[index] = (lengths[earlier] ?? 0) + 1;
        previous[index] = earlier;
      }
    }
    if ((lengths[index] ?? 0) > (lengths[best] ?? 0)) best = index;
  });
  const kept = new Set<number>();
  for (let index = best; index >= 0; index = previous[index] ?? -1) kept.add(index);
  return kept;
}

/**
 * Finds a section that comes a second time, with another section between the two. One under other words than the first has the message of `renamed`, which can quote
 * them as `{heading}`.
 */
export const duplicateSection: Detector = {
  id: 'duplicate-section',
  options: { renamed: text() },
  required: [],
  isAbsence: false,
  needsOwner: false,
  judgesSections: true,
  detect(input, options) {
    const { renamed } = options;
    return input.sections.flatMap((section, index): Detection[] => {
      const first = input.sections.findIndex((other) => other.id === section.id);
      const earlier = input.sections[first];
      if (first === index || !earlier) return [];
      const sameWords =
        input.text.slice(section.heading.start, section.heading.end).toLowerCase() ===
        input.text.slice(earlier.heading.start, earlier.heading.end).toLowerCase();
      // Two neighbors with different titles ("Users", "Scope") are parts of one section.
      if (!sameWords && input.sections.slice(first, index).every((other) => other.id === section.id)) return [];
      // Under a heading of its own each: two products in one answer have a problem each.
      if (isInAnotherPart(input, earlier, section)) return [];
      return [
        {
          ...section.heading,
          section: section.id,
          names: { section: section.title, heading: wordsOfHeading(input, section) },
          ...(!sameWords && typeof renamed === 'string' ? { message: renamed } : {}),
          related: [{ ...earlier.heading, message: 'It stands here first' }],
        },
      ];
    });
  },
};

/** A section's heading as the writer has it, without its number. */
function wordsOfHeading({ text }: DetectorInput, { heading }: CheckedSection): string {
  return withoutNumbering(plainHeading(text.slice(heading.start, heading.end)));
}

/** Whether a heading that is less deep than two sections stands between them. */
function isInAnotherPart({ outline }: DetectorInput, first: CheckedSection, second: CheckedSection): boolean {
  const depthOf = (section: CheckedSection) =>
    outline.entries.find((entry) => entry.start === section.span.start)?.depth ?? 0;
  const depth = Math.min(depthOf(first), depthOf(second));
  return outline.entries.some(
    (entry) =>
      entry.form === 'heading' &&
      entry.depth < depth &&
      entry.start > first.span.start &&
      entry.start < second.span.start,
  );
}

/** Finds placeholders left in; those of an empty section are told by that section's one finding. */
export const unfilledPlaceholder: Detector = {
  id: 'unfilled-placeholder',
  options: {},
  required: [],
  isAbsence: false,
  needsOwner: false,
  detect(input) {
    const empty = new Set(emptySections(input.sections).map((section) => section.id));
    const open = input.placeholders.filter(
      (placeholder) => !empty.has(input.sections[placeholder.sectionIndex]?.id ?? ''),
    );
    return runsOfSame(open, input.text).map(([first, ...others]) => ({
      start: first.start,
      end: first.end,
      section: input.sections[first.sectionIndex]?.id ?? null,
      names: { text: input.text.slice(first.start, first.end) },
      related: others.map(({ start, end }) => ({ start, end, message: 'And here' })),
    }));
  },
};

type Placeholder = DetectorInput['placeholders'][number];

/** Placeholders by turns: the same word in one line after the other, as down a column of a table, is one gap. */
function runsOfSame(placeholders: readonly Placeholder[], text: string): [Placeholder, ...Placeholder[]][] {
  const runs: [Placeholder, ...Placeholder[]][] = [];
  for (const placeholder of placeholders) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const [rest, next, ...more] = (last ? text.slice(last.end, placeholder.start) : '').split(/\r\n|\n|\r/);
    const isNextRow = more.length === 0 && rest?.includes('|') && next?.trimStart().startsWith('|');
    const isSame = last && text.slice(last.start, last.end) === text.slice(placeholder.start, placeholder.end);
    if (run && isSame && isNextRow) run.push(placeholder);
    else runs.push([placeholder]);
  }
  return runs;
}

/** Its finding is made by the review, which must know the language before anything else is judged. */
export const unsupportedLanguage: Detector = toldByReview('unsupported-language');

/** Its finding is made by the review: without a framework there is nothing to run checks on. */
export const frameworkUnclear: Detector = toldByReview('framework-unclear');

function toldByReview(id: string): Detector {
  return { id, options: {}, required: [], isAbsence: false, needsOwner: false, applies: () => false, detect: () => [] };
}

/** Where a finding about the whole answer sits: its first line that holds anything, without its # marks. */
export function wholeSpan(text: string, bodyStart: number): Span {
  const match = /[^\s#][^\r\n]*/.exec(text.slice(bodyStart, bodyStart + 4000));
  if (!match) return { start: bodyStart, end: bodyStart };
  const start = bodyStart + match.index;
  return { start, end: start + match[0].trimEnd().length };
}
