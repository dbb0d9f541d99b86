import type { Framework, Rubric, SectionDefinition } from '../rubric/types.js';
import { headingKeyOf, readHeading, type HeadingKey } from './headingKey.js';
import type { Outline, OutlineEntry } from './outline.js';
import type { Span } from './spans.js';

/** A section of a framework, found in the text. */
export interface FoundSection {
  readonly definition: SectionDefinition;
  readonly entry: OutlineEntry;
  /** From the heading's start to the next section's, or to the next heading of the same depth that is none. */
  readonly span: Span;
  /** Seconds, where the heading carries a time. */
  readonly headingBudget: number | null;
  /** Whether its heading alone could stand in any document. */
  readonly ordinary: boolean;
}

/** How a heading names a section. */
interface Match {
  readonly entry: OutlineEntry;
  readonly key: HeadingKey;
  readonly definition: SectionDefinition;
  readonly ordinary: boolean;
  /** False where only the part before a subtitle matched. */
  readonly whole: boolean;
}

/** More sections than this are no answer; the bound keeps the work on a hostile text linear. */
const MOST_SECTIONS = 100;
/** Headings longer than this many UTF-16 units name no section. */
const LONGEST_HEADING = 160;

/**
 * The sections of one framework in the order of the text. With `declared` (the writer named the framework, or the file is an answer by name)
 * an ordinary word with a subtitle counts too; else only whole titles do.
 */
export function findSections(text: string, outline: Outline, framework: Framework, declared: boolean): FoundSection[] {
  const names = sectionNames(framework);
  const letters = framework.sections.map((section) => section.title[0]?.toLowerCase() ?? '');
  const matches: Match[] = [];
  for (const entry of outline.entries) {
    const key = keyOf(entry);
    if (!key) continue;
    const match = matchHeading(key, entry, names, letters, declared);
    if (match) matches.push(match);
  }
  const chosen = chooseLevel(withoutTitle(matches, outline, framework), outline).slice(0, MOST_SECTIONS);
  return chosen.map((match, index) => {
    const next = chosen[index + 1];
    const start = match.entry.start;
    const end = Math.min(next ? next.entry.start : text.length, endOfHeading(outline, match.entry, text.length));
    return {
      definition: match.definition,
      entry: match.entry,
      span: { start, end },
      headingBudget: match.key.budgetSeconds,
      ordinary: match.ordinary,
    };
  });
}

/** Whether sections found without any declaration are enough to say that the text is an answer (the catalogue's rule 3). */
export function makeAnAnswer(sections: readonly FoundSection[], framework: Framework): boolean {
  const ids = new Set(sections.map((section) => section.definition.id));
  const telling = new Set(sections.filter((section) => !section.ordinary).map((section) => section.definition.id));
  if (ids.size >= 3 && telling.size >= 2) return true;
  // All of a framework's own titles, in its order, are a signature even where each word alone is ordinary.
  return (
    ids.size === framework.sections.length &&
    ids.size >= 5 &&
    framework.sections.every(
      (section, index) =>
        sections[index]?.definition.id === section.id &&
        sections[index].entry.form === 'heading' &&
        keyOf(sections[index].entry)?.key === headingKeyOf(section.title),
    )
  );
}

const keys = new WeakMap<OutlineEntry, HeadingKey>();

function keyOf(entry: OutlineEntry): HeadingKey | null {
  if (entry.raw.length > LONGEST_HEADING) return null;
  let key = keys.get(entry);
  if (!key) {
    key = readHeading(entry.raw);
    keys.set(entry, key);
  }
  return key;
}

interface Name {
  readonly definition: SectionDefinition;
  readonly ordinary: boolean;
}

const namesByFramework = new WeakMap<Framework, ReadonlyMap<string, Name>>();

function sectionNames(framework: Framework): ReadonlyMap<string, Name> {
  const known = namesByFramework.get(framework);
  if (known) return known;
  const names = new Map<string, Name>();
  for (const definition of framework.sections) {
    const add = (title: string, ordinary: boolean) => {
      const key = headingKeyOf(title);
      if (key && !names.has(key)) names.set(key, { definition, ordinary });
    };
    add(definition.title, definition.ordinary);
    for (const alias of definition.ordinaryAliases) add(alias, true);
    for (const alias of definition.aliases) add(alias, false);
    // Last, so that what the aliases say of the same words holds.
    add(definition.id.replace(/-/g, ' '), definition.ordinary);
  }
  namesByFramework.set(framework, names);
  return names;
}

function matchHeading(
  key: HeadingKey,
  entry: OutlineEntry,
  names: ReadonlyMap<string, Name>,
  letters: readonly string[],
  declared: boolean,
): Match | null {
  const whole = names.get(key.key);
  if (whole) {
    // "P — Problem": the letter tells what the word alone would not.
    const lettered =
      key.letter !== null && key.letter === whole.definition.title[0]?.toLowerCase() && letters.includes(key.letter);
    return { entry, key, definition: whole.definition, ordinary: whole.ordinary && !lettered, whole: true };
  }
  if (key.main === null || entry.form === 'lead-in') return null;
  const main = names.get(key.main);
  if (!main || (main.ordinary && !declared)) return null;
  return { entry, key, definition: main.definition, ordinary: main.ordinary, whole: false };
}

/**
 * Leaves out the title of the whole answer ("# System design: a rate limiter"): the first heading, the only one of its depth with none less deep, whose first words
 * alone name a section, and one that no framework begins with.
 */
function withoutTitle(matches: readonly Match[], outline: Outline, framework: Framework): readonly Match[] {
  const [first] = matches;
  const headings = outline.entries.filter((entry) => entry.form === 'heading');
  if (!first || first.whole || first.entry !== headings[0] || first.definition === framework.sections[0])
    return matches;
  const isAlone = headings.length > 1 && headings.slice(1).every((entry) => entry.depth > first.entry.depth);
  return isAlone ? matches.slice(1) : matches;
}

/**
 * Keeps the matches that are sections and not parts of one: headings of the depth at which most of them stand, or less deep; a
 * deeper one only where no section holds it, and of two that name the same one inside the other the inner. Lead-ins count only in a text whose headings name fewer
 * than two sections, and with no heading between them or below the one that does: elsewhere they are labels inside of sections of the writer's own.
 */
function chooseLevel(matches: readonly Match[], outline: Outline): Match[] {
  const headings = matches.filter((match) => match.entry.form === 'heading');
  const distinct = (list: readonly Match[]) => new Set(list.map((match) => match.definition.id)).size;
  if (distinct(headings) < 2) {
    const leadIns = matches.filter((match) => match.entry.form === 'lead-in');
    if (
      distinct(leadIns) >= 2 &&
      distinct(leadIns) > distinct(headings) &&
      areDirectlyBelow(leadIns, headings[0]?.entry.start ?? -1, outline)
    )
      return leadInSections(leadIns, headings);
  }
  let depth = 1;
  let most = 0;
  for (let candidate = 1; candidate <= 6; candidate++) {
    const count = distinct(headings.filter((match) => match.entry.depth === candidate));
    if (count > most) {
      most = count;
      depth = candidate;
    }
  }
  const atDepth = new Set(headings.filter((match) => match.entry.depth <= depth).map((match) => match.definition.id));
  const chosen: Match[] = [];
  let holder: Match | null = null;
  let entryIndex = 0;
  for (const match of headings) {
    // A heading that names no section, of the holder's depth or less, ends what the holder holds.
    while (outline.entries[entryIndex] !== match.entry) {
      const passed = outline.entries[entryIndex++];
      if (passed && passed.form === 'heading' && holder && passed.depth <= holder.entry.depth) holder = null;
    }
    entryIndex++;
    const isPart = match.entry.depth > depth && (holder !== null || atDepth.has(match.definition.id));
    if (isPart) continue;
    chosen.push(match);
    holder = match;
  }
  return chosen
    .slice(0, 2 * MOST_SECTIONS)
    .filter((match, index) => !isCommonTitle(match, chosen.slice(index + 1, index + 20), outline));
}

/** Whether no heading stands between any of them, nor between them and one that is given (-1: none is). */
function areDirectlyBelow(matches: readonly Match[], heading: number, { entries }: Outline): boolean {
  const first = matches[0]?.entry.start ?? 0;
  const last = matches.at(-1)?.entry.start ?? 0;
  const from = heading < 0 ? first : heading;
  return (
    first > heading && !entries.some((other) => other.form === 'heading' && other.start > from && other.start < last)
  );
}

/** Whether a section below names the same inside of this one: "## Requirements" over "### Scope" and "### Requirements" is but their common title. */
function isCommonTitle({ entry, definition }: Match, next: readonly Match[], outline: Outline): boolean {
  const same = next.find((other) => other.definition === definition && other.entry.depth > entry.depth);
  return same !== undefined && endOfHeading(outline, entry, Infinity) > same.entry.start;
}

/** A lead-in that repeats a section already named is a label inside it ("Data: …" twice), not a second section. */
function leadInSections(leadIns: readonly Match[], headings: readonly Match[]): Match[] {
  const seen = new Set(headings.map((match) => match.definition.id));
  const chosen = [...headings];
  for (const match of leadIns) {
    if (seen.has(match.definition.id)) continue;
    seen.add(match.definition.id);
    chosen.push(match);
  }
  return chosen.sort((a, b) => a.entry.start - b.entry.start);
}

function endOfHeading(outline: Outline, entry: OutlineEntry, textEnd: number): number {
  for (const other of outline.entries) {
    if (other.start <= entry.start || other.form !== 'heading') continue;
    if (entry.form === 'lead-in' || other.depth <= entry.depth) return other.start;
  }
  return textEnd;
}

/** The framework of a rubric with the given id, or null. */
export function frameworkOf(rubric: Rubric, id: string): Framework | null {
  const wanted = id.trim().toLowerCase();
  return rubric.frameworks.find((framework) => framework.id.toLowerCase() === wanted) ?? null;
}
