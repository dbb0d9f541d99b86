import { readFrontMatter } from '../answer/frontMatter.js';
import { hasOnlyCommonSigns, isCapital, isSmallLetter } from '../answer/letters.js';
import { readOutline } from '../answer/outline.js';
import type { Span } from '../answer/spans.js';
import { isNameOfOneWord, isWrittenAsName, modelNames, type ModelNames } from '../evidence/modelNames.js';
import type { ReferenceFigure, ReferenceModel, ReferenceTable, Rubric } from '../rubric/types.js';

/** A model with the table that knows it; the table is null for the models of the setting. */
export interface ReferenceEntry {
  readonly model: ReferenceModel;
  readonly table: ReferenceTable | null;
}

/** The models and figures to reckon with. */
export interface Reference {
  /** The models in force; of two with one name, the nearer to the writer. */
  readonly entries: readonly ReferenceEntry[];
  readonly figures: readonly (ReferenceFigure & { readonly table: ReferenceTable })[];
  /** False where a table was asked for that nobody has. */
  readonly isKnown: boolean;
}

/** Where a text names a model. */
export interface ModelMention extends Span {
  readonly entry: ReferenceEntry;
  /** `tier` where only the tier is named ("Large"), which means the model only in an answer that names the model's family. */
  readonly by: 'name' | 'tier';
}

/**
 * The figures for one answer. Tables of the user's own go before the built-in ones and the setting's models before all; where the
 * answer names a table, its models alone count. A table that nobody knows counts as none named.
 */
export function referenceFor(rubric: Rubric, own: readonly ReferenceModel[], tableId: string | null): Reference {
  let last = lastReferences.get(rubric.reference);
  if (last?.own !== own || last.tableId !== tableId) {
    last = { own, tableId, reference: makeReference(rubric, own, tableId) };
    lastReferences.set(rubric.reference, last);
  }
  return last.reference;
}

/** The last one asked for, by the rubric's tables: a writer's next keystroke asks for the same, and what was indexed for it still holds. */
const lastReferences = new WeakMap<
  Rubric['reference'],
  { readonly own: readonly ReferenceModel[]; readonly tableId: string | null; readonly reference: Reference }
>();

function makeReference(rubric: Rubric, own: readonly ReferenceModel[], tableId: string | null): Reference {
  const chosen = tableId === null ? undefined : rubric.reference.find((table) => table.id === tableId);
  const tables = chosen ? [chosen] : [...rubric.reference].reverse();
  const candidates: ReferenceEntry[] = [
    ...(chosen ? [] : own.map((model) => ({ model, table: null }))),
    ...tables.flatMap((table) => table.models.map((model) => ({ model, table }))),
  ];
  const seen = new Set<string>();
  const entries = candidates.filter(({ model }) => {
    const key = keyOf(model.name);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
  const figures = [...rubric.reference]
    .reverse()
    .flatMap((table) => table.figures.map((figure) => ({ ...figure, table })));
  return { entries, figures, isKnown: tableId === null || chosen !== undefined };
}

/** The figures for a text, whether it is an answer or not: those that its front matter names, else those in force. */
export function referenceIn(text: string, rubric: Rubric, own: readonly ReferenceModel[]): Reference {
  return referenceFor(rubric, own, readFrontMatter(text, readOutline(text)).modelPrices?.id ?? null);
}

/** The model of that name, however it is spaced, hyphenated and capitalized: "Mistral Large", "mistral-large", "Large". Null where none is. */
export function modelNamed(reference: Reference, name: string): ReferenceEntry | null {
  const key = keyOf(name);
  const by = (namesOf: (model: ReferenceModel) => readonly string[]) =>
    reference.entries.find(({ model }) => namesOf(model).some((candidate) => keyOf(candidate) === key));
  return by((model) => [model.name, ...model.names]) ?? by((model) => model.tiers) ?? null;
}

/** The names of its models, for the reader of evidence; tiers are none, since "Large" is a model beside its family's name alone. */
export function modelNamesOf(reference: Reference): ModelNames | null {
  let names = modelNamesBy.get(reference);
  if (names === undefined) {
    names = modelNames(reference.entries.flatMap(({ model }) => [model.name, ...model.names]));
    modelNamesBy.set(reference, names);
  }
  return names;
}

const modelNamesBy = new WeakMap<Reference, ModelNames | null>();

/** What a message calls a table: its title and its date if it has one, or the setting's name where the models are the user's own. */
export function nameOfTable(table: ReferenceTable | null): string {
  if (!table) return 'designAnswers.modelPrices';
  return table.date === '' ? table.title : `${table.title}, ${table.date}`;
}

/** How the figures are called by which documents are counted in tokens: "tokens-per-page". */
export const TOKENS_PER = 'tokens-per-';

/** The figure of that id, from the nearest table. */
export function figureNamed(reference: Reference, id: string): ReferenceFigure | null {
  return reference.figures.find((figure) => figure.id === id) ?? null;
}

/**
 * Every place where a text names a model of the reference, in order, without overlaps, the longest name first. A version that the name does not
 * hold ("Mistral Large 2") makes it another model. A name or a tier of one word counts with a capital alone ("on Large", not "large contracts").
 */
export function modelMentions(reference: Reference, text: string): readonly ModelMention[] {
  if (text.length > LONGEST_REMEMBERED) return readMentions(reference, text);
  let known = mentionsByText.get(reference);
  if (!known) mentionsByText.set(reference, (known = new Map()));
  let mentions = known.get(text);
  if (!mentions) {
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(text, (mentions = readMentions(reference, text)));
  }
  return mentions;
}

/** By reference and text: several checks ask for the same sentence, and again at every keystroke elsewhere. */
const mentionsByText = new WeakMap<Reference, Map<string, readonly ModelMention[]>>();
/** In UTF-16 units. */
const LONGEST_REMEMBERED = 1_000;
const MOST_REMEMBERED = 500;

function readMentions(reference: Reference, text: string): ModelMention[] {
  const index = indexOf(reference);
  const words = wordsOf(text);
  const mentions: ModelMention[] = [];
  for (let at = 0; at < words.length; at++) {
    const candidates = index.names.get(words[at]?.key ?? '') ?? [];
    const named = candidates.find(({ keys, by }) => {
      if (!keys.every((key, offset) => words[at + offset]?.key === key && isJoined(text, words, at + offset, offset)))
        return false;
      const last = words[at + keys.length - 1]!;
      if (keys.length === 1 && !isMeant(text, words[at]!, by === 'tier' || index.tiers.has(keys[0]!))) return false;
      return !hasVersion(text, last.end);
    });
    if (!named) continue;
    const last = words[at + named.keys.length - 1]!;
    mentions.push({ start: words[at]!.start, end: last.end, entry: named.entry, by: named.by });
    at += named.keys.length - 1;
  }
  return mentions;
}

/** Whether a text names a model's family, by one of its models or by the family's name. */
export function namesFamily(reference: Reference, entry: ReferenceEntry, text: string): boolean {
  const { table } = entry;
  if (!table?.family) return false;
  const family = keyOf(table.family);
  return (
    wordsOf(text).some(({ key }) => key === family) ||
    modelMentions(reference, text).some((mention) => mention.by === 'name' && mention.entry.table === table)
  );
}

interface IndexedName {
  readonly keys: readonly string[];
  readonly entry: ReferenceEntry;
  readonly by: 'name' | 'tier';
}

interface NameIndex {
  /** By their first word, the longest first. */
  readonly names: ReadonlyMap<string, readonly IndexedName[]>;
  /** Words that are tiers of a family. */
  readonly tiers: ReadonlySet<string>;
}

const indexes = new WeakMap<Reference, NameIndex>();

function indexOf(reference: Reference): NameIndex {
  const known = indexes.get(reference);
  if (known) return known;
  const index = new Map<string, IndexedName[]>();
  const add = (name: string, entry: ReferenceEntry, by: 'name' | 'tier') => {
    const keys = wordsOf(name).map(({ key }) => key);
    const first = keys[0];
    if (first === undefined) return;
    index.set(first, [...(index.get(first) ?? []), { keys, entry, by }]);
  };
  for (const entry of reference.entries) {
    for (const name of [entry.model.name, ...entry.model.names]) add(name, entry, 'name');
    for (const tier of entry.model.tiers) add(tier, entry, 'tier');
  }
  for (const [first, names] of index) {
    index.set(
      first,
      [...names].sort((a, b) => b.keys.length - a.keys.length || (a.by < b.by ? -1 : 1)),
    );
  }
  const tiers = new Set(reference.entries.flatMap(({ model }) => model.tiers.map(keyOf)));
  const made = { names: index, tiers };
  indexes.set(reference, made);
  return made;
}

interface Word extends Span {
  readonly key: string;
}

/** Runs of letters, digits and the dots and apostrophes inside them, in lower case. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const word = hasOnlyCommonSigns(text)
    ? /[A-Za-z\d]+(?:[.'’][A-Za-z\d]+)*/g
    : /[\p{L}\p{N}]+(?:[.'’][\p{L}\p{N}]+)*/gu;
  for (const match of text.matchAll(word))
    words.push({
      start: match.index,
      end: match.index + match[0].length,
      key: match[0].toLowerCase().replace(/’/g, "'"),
    });
  return words;
}

/** What is one name in all its spellings: its words, whatever stands between them, in lower case. */
export function keyOf(name: string): string {
  return wordsOf(name)
    .map(({ key }) => key)
    .join(' ');
}

/** Between the words of a name stand spaces, a line's end or a hyphen. */
function isJoined(text: string, words: readonly Word[], at: number, offset: number): boolean {
  if (offset === 0) return true;
  return /^(?:[ \t\n\r]+|-|_)$/.test(text.slice(words[at - 1]?.end ?? 0, words[at]?.start ?? 0));
}

/** Whether a word is a model's name rather than a word of the language that is spelled alike ("fast", "turbo", "the"). */
function isMeant(text: string, word: Word, isTier: boolean): boolean {
  if (isTier) return isTierAlone(text, word);
  return !isNameOfOneWord([word.key]) || isWrittenAsName(text, word.start);
}

/** "Large" as a name: capitalized, and either inside a sentence or with no word right behind it that it could describe. */
function isTierAlone(text: string, word: Word): boolean {
  if (!isCapital(text, word.start)) return false;
  const before = text.charAt(word.start - 1);
  const after = text.charAt(word.end);
  return (
    ((before === ' ' || before === '\t') && isSmallLetter(text, word.start - 2)) ||
    !((after === ' ' || after === '\t' || after === '-') && isSmallLetter(text, word.end + 1))
  );
}

/** " 2", " 3.1", "-2411" right behind a name: another model. " 128K", " 8B" and " 2 s" are no versions. */
function hasVersion(text: string, end: number): boolean {
  return (
    /^[ -]v?\d+(?:\.\d+)?(?![\d.,]*\d)(?![ \t]?(?:[kmb]|tokens?|ms|s|sec|seconds?|x|%|×)\b)(?![ \t]*[%×*/])/i.test(
      text.slice(end, end + 24),
    ) && !/^ \d{3,}(?:,\d+)*[ \t]+\p{Ll}/u.test(text.slice(end, end + 24))
  );
}
