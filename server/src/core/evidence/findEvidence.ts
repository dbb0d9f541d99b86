import { addCalculationEvidence } from './calculationEvidence.js';
import { blankPlaceholders, findPlaceholders } from '../answer/placeholders.js';
import { readBlocks, sourceSpan, type Block, type Blocks, type Label } from '../answer/blocks.js';
import { withoutNumbering } from '../answer/headingKey.js';
import { countLanguage, sumLanguage, type LanguageCounts } from '../answer/language.js';
import { hasLetterOrDigit, isHan } from '../answer/letters.js';
import { overlaps, sortInPlace, type Span } from '../answer/spans.js';
import { getOr } from '../getOr.js';
import {
  calculationWords,
  findCalculations,
  type Calculation,
  type CalculationWords,
  type ReadBlock,
} from '../calculations/findCalculations.js';
import type { Cue, Pattern, Rubric } from '../rubric/types.js';
import { readyPatterns } from '../rubric/builtIn.js';
import { linkPatterns, memberBit, memberBits, roleOf, type LinkedPatterns } from '../rubric/linkPatterns.js';
import type { PatternRole } from '../rubric/patternIndex.js';
import { QUANTITY_KINDS } from '../rubric/quantityKinds.js';
import { isEvidenceSlot } from '../rubric/slotKinds.js';
import { StoredWords, TabledWords } from '../rubric/wordFeatures.js';
import type { QuantityValue } from '../types.js';
import {
  PatternProgram,
  PatternRun,
  type PatternMatch,
  type SlotFill,
  type SlotReader,
  type TokenSpan,
} from './matcher.js';
import { withColumnUnits, type Head } from './columnHeads.js';
import { quantitiesOf } from './blockQuantities.js';
import { readQuantities, type Quantity } from './quantities.js';
import { namesIn, type ModelNames } from './modelNames.js';
import { tokenize, type SentenceSpan, type Tokens } from './tokens.js';

/** One piece of evidence inside one chunk; offsets count from the chunk's start. */
export interface ChunkEvidence extends Span {
  readonly kind: string;
  readonly value?: QuantityValue;
  /** Index into `Chunk.blocks`. */
  readonly block: number;
  /** The sentence in its block. */
  readonly sentence: number;
  /** In the writer's answer to a question ("A: …"), which counts also where the questions are passed over. */
  readonly isAnswer?: true;
  /** Below a label of its kind ("Failure modes"): the writer lists it as such. */
  readonly isListed: boolean;
}

/** What the evidence step knows of a stretch of markdown below one heading. */
export interface Chunk {
  readonly blocks: readonly Block[];
  readonly comments: Blocks['comments'];
  readonly tags: readonly Span[];
  /** Unfilled placeholders in the text of blocks; offsets count from the chunk's start, as those of evidence do. */
  readonly placeholders: readonly Span[];
  readonly evidence: readonly ChunkEvidence[];
  /** In the order of the text; offsets count from the chunk's start. */
  readonly calculations: readonly Calculation[];
  /** By block: how many sentences it has. */
  readonly sentences: readonly number[];
  /** Words of the writer's own: no labels without content, no placeholders. */
  readonly words: number;
  readonly language: LanguageCounts;
  /** Some of the text, for telling the language where the counts do not. */
  readonly sample: string;
}

/** Finds evidence in markdown. Made once per rubric. */
export interface EvidenceFinder {
  /**
   * Reads one stretch of markdown. `headings` are the plain texts of the headings above it, the nearest first; `models` are the names of models that the
   * tables to reckon with hold; `isSpoken` says that block quotes are the candidate's. The result depends on these arguments alone.
   */
  find(markdown: string, headings: readonly string[], models?: ModelNames | null, isSpoken?: boolean): Chunk;
  /** Whether a heading's content is no evidence (a glossary, references, talking points). */
  passesOver(heading: string): boolean;
}

// By the kinds, since a rubric whose checks or severities differ finds the same evidence.
const finders = new WeakMap<Rubric['kinds'], EvidenceFinder>();

/** The finder of a rubric; linking its patterns takes a few milliseconds and is done once. */
export function evidenceFinder(rubric: Rubric): EvidenceFinder {
  let finder = finders.get(rubric.kinds);
  if (!finder) {
    finder = createFinder(rubric);
    finders.set(rubric.kinds, finder);
  }
  return finder;
}

function createFinder(rubric: Rubric): EvidenceFinder {
  const ready = readyPatterns(rubric);
  const program = ready
    ? new PatternProgram(ready.linked, new TabledWords(ready.words), ready.memory)
    : new PatternProgram(linkPatterns(rubric), new StoredWords(rubric.patterns.words, rubric.irregular));
  const passed = new Map<string, boolean>();
  // Most kinds are taken back by the same cues.
  const cueRows = new Map<string, Uint8Array>();
  const levelCount = Math.max(0, ...program.linked.levels) + 1;
  const context: FinderContext = {
    rubric,
    program,
    ids: rubric.kinds.map(({ id }) => id),
    bare: Uint8Array.from(rubric.kinds, ({ bare }) => (bare ? 1 : 0)),
    onlyQuestions: Uint8Array.from(rubric.kinds, ({ onlyQuestions }) => (onlyQuestions ? 1 : 0)),
    levels: program.linked.levels,
    levelCount,
    functionWords: new Set(rubric.lists['function-word'] ?? []),
    labelModifiers: new Set(rubric.lists['label-modifier'] ?? []),
    answerLabels: new Set(rubric.lists['answer-label'] ?? []),
    leftOutLabels: (rubric.lists['left-out-label'] ?? []).map(plainLabel),
    leftOut: new Map(),
    negation: rubric.cues.findIndex(({ id }) => id === 'negation'),
    question: rubric.cues.findIndex(({ id }) => id === 'question'),
    takesBack: rubric.kinds.map(({ notUnder, onlyQuestions }) =>
      remembered(cueRows, `${onlyQuestions} ${notUnder.join(' ')}`, () =>
        Uint8Array.from(rubric.cues, ({ id }) =>
          notUnder.includes(id) && !(id === 'question' && onlyQuestions) ? 1 : 0,
        ),
      ),
    ),
    labelCache: new Map(),
    pairCache: new Map(),
    calculationWords: calculationWords(rubric.lists),
    fillsSlots: rubric.kinds.map(
      ({ id }) => Object.hasOwn(program.linked.slotFeatures, id) || QUANTITY_KINDS.includes(id),
    ),
    across: groupsAcross(rubric.kinds, program.linked),
    ofModels: rubric.kinds.flatMap(({ models }, index) => (models ? [index] : [])),
    candidates: new Candidates(),
    byLevel: Array.from({ length: levelCount }, () => []),
  };
  const finder: EvidenceFinder = {
    find: (markdown, headings, models = null, isSpoken = false) =>
      findInChunk(context, finder, markdown, headings, models, isSpoken),
    passesOver: (heading) =>
      remembered(
        passed,
        heading,
        () => program.covering(tokenize(withoutNumbering(heading)), 'passed-over').length > 0,
      ),
  };
  return finder;
}

interface FinderContext {
  readonly rubric: Rubric;
  readonly program: PatternProgram;
  /** By kind: its id, and 1 where it is found in a bare keyword too, or in questions alone. In rows of their own, as what is asked of every piece must not look into objects of many shapes. */
  readonly ids: readonly string[];
  readonly bare: Uint8Array;
  readonly onlyQuestions: Uint8Array;
  /** By kind: the level at which it is found, after those that its patterns use as slots. */
  readonly levels: readonly number[];
  readonly levelCount: number;
  readonly functionWords: ReadonlySet<string>;
  /** Words that a label may begin with and mean the same. */
  readonly labelModifiers: ReadonlySet<string>;
  /** Labels of the writer's answer to a question, also where the questions themselves are passed over. */
  readonly answerLabels: ReadonlySet<string>;
  /** Labels of what the writer leaves out ("Out of scope"): what is named below them is negated. */
  readonly leftOutLabels: readonly string[];
  /** By label text: whether it is one of them. */
  readonly leftOut: Map<string, boolean>;
  /** The cue that a thing named below such a label is, or -1. */
  readonly negation: number;
  /** The cue that every question is, or -1. */
  readonly question: number;
  /** By kind and cue: 1 where the cue takes matches of the kind back. */
  readonly takesBack: readonly Uint8Array[];
  /** By label text: the label patterns that cover it. */
  readonly labelCache: Map<string, readonly LabelMatch[]>;
  /** By a column's head and another one: the label patterns that cover both. */
  readonly pairCache: Map<string, Map<string, readonly LabelMatch[]>>;
  readonly calculationWords: CalculationWords;
  /** By kind: whether patterns may use what is found of it, or other kinds take their values from it. */
  readonly fillsSlots: readonly boolean[];
  /** The groups whose members may stand in neighboring sentences (see `groupsAcross`). */
  readonly across: ReadonlySet<number>;
  /** The kinds of which every name of a model is a piece. */
  readonly ofModels: readonly number[];
  /** Of the level at hand. */
  readonly candidates: Candidates;
  /** By level: what was matched in the block at hand. One row for all blocks, which has grown to what they need. */
  readonly byLevel: readonly PatternMatch[][];
}

/** A label that names a kind of evidence. */
interface LabelMatch {
  readonly kind: number;
  /** The number of the pattern. */
  readonly number: number;
  readonly has: Pattern | undefined;
}

function findInChunk(
  context: FinderContext,
  finder: EvidenceFinder,
  markdown: string,
  headings: readonly string[],
  models: ModelNames | null,
  isSpoken: boolean,
): Chunk {
  const { blocks, comments, tags } = readBlocks(markdown, headings, isSpoken);
  const evidence: ChunkEvidence[] = [];
  const sentences: number[] = [];
  const read: ReadBlock[] = [];
  const languages: LanguageCounts[] = [];
  const allPlaceholders: Span[] = [];
  const heads = new Map<string, Head>();
  let words = 0;
  let sample = '';
  let asked: Label | null = null;
  let isAnswered = false;
  blocks.forEach((block, index) => {
    const placeholders = placeholdersIn(block);
    for (const span of placeholders) allPlaceholders.push(sourceSpan(block, span));
    const text = placeholders.length > 0 ? blankPlaceholders(block.text, placeholders) : block.text;
    const tokens = tokenize(text);
    sentences.push(tokens.sentenceList.length);
    const own = ownWords(block, tokens, placeholders.length > 0);
    words += own;
    languages.push(countLanguage(tokens.words, context.functionWords));
    if (sample.length < 2000) sample += `${text}\n`;
    const isAnswer = isAnswerTo(block, context.answerLabels);
    const question = questionIn(block);
    if (question !== null) {
      asked = question;
      isAnswered = false;
    } else if (isAnswer) isAnswered = true;
    const isPassed = !isAnswer && isPassedOver(finder, block);
    // "Answers come back within 2 s:" leads in a list, and is a statement.
    const quantitiesHere = () => (placeholders.length > 0 ? readQuantities(text) : quantitiesOf(block));
    const leadIn = own === 0 && !isPassed && isFullLeadIn(block, tokens) ? quantitiesHere() : [];
    const counts = (own > 0 || leadIn.some(({ kind }) => kind !== 'number' && kind !== 'count')) && !isPassed;
    const quantities = !counts ? [] : own > 0 ? quantitiesHere() : leadIn;
    // "**Total: $1,050**" is a label through and through, and a sum nevertheless.
    const isBoldLine = own === 0 && !isPassed && block.kind === 'item' && block.ownLabel === text.length;
    const summed = isBoldLine && /\d/.test(text) ? quantitiesHere() : quantities;
    read.push({ block, text, quantities: summed, sentences: tokens.sentenceList });
    if (!counts) return;
    const first = evidence.length;
    const above = isAnswered ? asked : null;
    findInBlock(context, block, above, withColumnUnits(block, quantities, heads), index, tokens, models, evidence);
    if (isAnswer) for (let at = first; at < evidence.length; at++) evidence[at] = { ...evidence[at]!, isAnswer };
  });
  const calculations = findCalculations(read, context.calculationWords, heads);
  if (calculations.length > 0) addCalculationEvidence(calculations, read, context.calculationWords, evidence);
  sortInPlace(evidence, (a, b) => a.start - b.start || a.end - b.end);
  return {
    blocks,
    comments,
    tags,
    placeholders: allPlaceholders,
    evidence,
    calculations,
    sentences,
    words,
    language: sumLanguage(languages),
    sample,
  };
}

/** The unfilled placeholders of a block, offsets in its text; a code span holds none. */
function placeholdersIn(block: Block): Span[] {
  const found = findPlaceholders(block.text);
  return found.length === 0 ? found : found.filter((span) => !block.code.some((run) => overlaps(run, span)));
}

/** In a block with placeholders, fewer words than this beside them are the template's ("because", "->"). */
const LEAST_BESIDE_PLACEHOLDERS = 3;

/** A lead-in with so many words says something. */
const LEAST_OF_LEAD_IN = 4;

function isFullLeadIn({ kind, text, ownLabel }: Block, tokens: Tokens): boolean {
  return kind === 'paragraph' && ownLabel === text.length && tokens.count > LEAST_OF_LEAD_IN && /\d/.test(text);
}

/** Words of the writer's own in a block: a label or a row's first cell with nothing behind it is none. */
function ownWords(block: Block, tokens: Tokens, hasPlaceholders: boolean): number {
  const all = countWords(tokens);
  const labelEnd =
    block.kind === 'row' && block.cells.length > 1 && hasPlaceholders ? (block.cells[0]?.end ?? 0) : block.ownLabel;
  if (labelEnd === 0) return hasPlaceholders && all < LEAST_BESIDE_PLACEHOLDERS ? 0 : all;
  let from = 0;
  while (from < tokens.count && (tokens.starts[from] ?? 0) < labelEnd) from++;
  const content = countIn(tokens, from, tokens.count);
  if (content < (hasPlaceholders ? LEAST_BESIDE_PLACEHOLDERS : 1)) return 0;
  return all;
}

/** A bounded memory: what a server that runs for days has once seen does not stay for ever. */
function remembered<T>(memory: Map<string, T>, key: string, find: () => T): T {
  let value = memory.get(key);
  if (value === undefined) {
    value = find();
    if (memory.size > 5_000) memory.clear();
    memory.set(key, value);
  }
  return value;
}

/** What an interviewer may ask is no evidence, and what the writer answers to it is. */
function isAnswerTo({ labels }: Block, answerLabels: ReadonlySet<string>): boolean {
  const [own] = labels;
  return own?.source === 'own' && answerLabels.has(own.text.toLowerCase());
}

/** A question as a label of what answers it ("Q: Why a queue over a cron job?"), without the label of who asks. */
function questionIn({ text, labels, ownLabel }: Block): Label | null {
  const end = text.trimEnd();
  if (!QUESTION_END.test(end) || end.length > LONGEST_QUESTION) return null;
  const [own] = labels;
  const isWhole = own?.source === 'own' && end.length <= ownLabel;
  return { text: (isWhole ? own.text : end.slice(ownLabel)).replace(ASKED_BY, '').trim(), source: 'own' };
}

const QUESTION_END = /\?["”*]*$/;
/** In characters. */
const LONGEST_QUESTION = 160;
const ASKED_BY = /^[^\s:]{1,12}:\s+/;

/** Blocks under a label such as "Glossary:" are passed over like those under such a heading; a sum is the writer's nevertheless ("Prompt: 2,000 tokens × …"). */
function isPassedOver(finder: EvidenceFinder, block: Block): boolean {
  return (
    block.labels.some(
      (label) => label.source !== 'column' && label.source !== 'row' && finder.passesOver(label.text),
    ) && !isReckoned(block)
  );
}

/** Whether a block begins with tokens or an amount behind its label, or links two figures by a sign. */
function isReckoned(block: Block): boolean {
  const quantities = quantitiesOf(block).filter(({ start }) => start >= block.ownLabel);
  const [first, second] = quantities;
  if (!first) return false;
  const isCost = first.kind === 'tokens' || first.kind === 'money';
  if (isCost && !hasLetterOrDigit(block.text.slice(block.ownLabel, first.start))) return true;
  return second !== undefined && /[=×≈]/.test(block.text.slice(first.end, quantities.at(-1)!.start));
}

/** What may be evidence, if no cue takes it back. */
interface Candidate extends TokenSpan {
  /** The pattern that matched; several together have none. */
  readonly row?: Pattern;
  /** True for words that count by their label alone. */
  readonly isPart?: boolean;
}

/** A match of a kind in one block, in tokens. */
interface Found extends TokenSpan {
  readonly kind: number;
  readonly value?: Quantity;
}

/** An occurrence of a cue: its own words, and the tokens that it takes back. */
interface CueReach extends TokenSpan {
  readonly cue: number;
  readonly reachFrom: number;
  readonly reachTo: number;
}

function findInBlock(
  context: FinderContext,
  block: Block,
  asked: Label | null,
  quantities: readonly Quantity[],
  blockIndex: number,
  tokens: Tokens,
  models: ModelNames | null,
  evidence: ChunkEvidence[],
): void {
  if (tokens.count === 0) return;
  const slots = new Slots(tokens, quantities);
  const run = new PatternRun(context.program, tokens, slots);
  const cueMatches: PatternMatch[] = [];
  const { program, levels, byLevel } = context;
  for (let level = 0; level < byLevel.length; level++) byLevel[level]!.length = 0;
  // Counted loops in what every block goes through: an iterator takes as long as the step itself where code is not optimized yet.
  const all = run.match();
  for (let index = 0; index < all.length; index++) {
    const match = all[index]!;
    const { role, owner } = program.roleOf(match.pattern);
    if (role === 'cue' || role === 'cue-except') cueMatches.push(match);
    else byLevel[levels[owner]!]!.push(match);
  }
  const reaches = readCues(context, block.text, tokens, cueMatches);
  addLeftOut(context, block, tokens, reaches);
  const cues = new CueIndex(reaches, tokens);
  const isBare = isBareKeyword(block, tokens);
  const labelled = labelledKinds(context, block, asked, tokens);
  const named = models ? namesIn(models, block.text, tokens) : [];
  for (let level = 0; level < context.levelCount; level++) {
    const early = byLevel[level]!;
    const late = run.matchLate(level);
    const matches = late.length === 0 ? early : early.length === 0 ? late : [...early, ...late];
    if (matches.length === 0 && named.length === 0 && !hasOfLevel(labelled, level, levels)) continue;
    const pieces = findLevel(context, level, matches, run, tokens, cues, isBare, labelled, named);
    for (let index = 0; index < pieces.length; index++) {
      const item = pieces[index]!;
      const kind = context.ids[item.kind]!;
      if (context.fillsSlots[item.kind] === true) {
        slots.add(kind, item);
        run.filled(kind, item);
      }
      const start = tokens.starts[item.from] ?? 0;
      const end = tokens.ends[item.to - 1] ?? start;
      const textSpan = slots.widen(item, { start, end });
      const span = sourceSpan(block, textSpan);
      const quantity = slots.quantityOf(kind, item);
      const found: { -readonly [Key in keyof ChunkEvidence]: ChunkEvidence[Key] } = {
        kind,
        start: span.start,
        end: span.end,
        block: blockIndex,
        sentence: tokens.sentences[item.from] ?? 0,
        isListed: labelled.length > 0 && standsUnder(labelled, item),
      };
      if (quantity) found.value = valueOf(quantity);
      evidence.push(found);
    }
  }
}

/** Whether a part is of a kind of this level. */
function hasOfLevel(parts: readonly LabelledPart[], level: number, levels: readonly number[]): boolean {
  for (let index = 0; index < parts.length; index++) if (levels[parts[index]!.kind] === level) return true;
  return false;
}

function findLevel(
  context: FinderContext,
  level: number,
  matches: readonly PatternMatch[],
  run: PatternRun,
  tokens: Tokens,
  cues: CueIndex,
  isBare: boolean,
  labelled: readonly LabelledPart[],
  named: readonly TokenSpan[],
): Found[] {
  const { candidates, bare, onlyQuestions } = context;
  candidates.clear();
  let exceptions: PatternMatch[] | null = null;
  let members: PatternMatch[] | null = null;
  const { program } = context;
  for (let index = 0; index < matches.length; index++) {
    const match = matches[index]!;
    const { role, owner } = program.roleOf(match.pattern);
    if (role === 'pattern') candidates.add(owner, match);
    else if (role === 'together') (members ??= []).push(match);
    else (exceptions ??= []).push(match);
  }
  if (members) addTogether(context, members, tokens);
  for (let at = 0; at < labelled.length; at++) {
    const part = labelled[at]!;
    if (context.levels[part.kind] !== level) continue;
    const has = part.has;
    if (has === null) {
      // The words that say it are a better quote than all that stands under the label.
      if (!touchesOne(candidates.of(part.kind), part))
        candidates.add(part.kind, { from: part.from, to: part.to, isPart: true });
    } else {
      for (const match of run.matchOne(has, part.from, part.to))
        candidates.add(part.kind, { from: match.from, to: match.to, row: has });
    }
  }
  if (named.length > 0) {
    for (const kind of context.ofModels)
      if (context.levels[kind] === level) for (const span of named) candidates.add(kind, span);
  }
  const refused = exceptions && refusedSpans(context, exceptions, tokens);
  const found: Found[] = [];
  const { kinds } = candidates;
  for (let at = 0; at < kinds.length; at++) {
    const index = kinds[at]!;
    if (isBare && bare[index] === 0 && !isLabelled(labelled, index)) continue;
    const kept: Candidate[] = [];
    const spans = candidates.of(index);
    for (let place = 0; place < spans.length; place++) {
      const span = spans[place]!;
      const sentence = tokens.sentences[span.from] ?? 0;
      if (onlyQuestions[index] === 1 && !tokens.sentenceList[sentence]?.isQuestion) continue;
      if (refused && touchesOne(refused.get(inSentence(index, sentence)), span)) continue;
      if (!isTakenBack(context, index, closing(span, tokens), cues, tokens)) kept.push(span);
    }
    const merged = mergeOverlaps(kept);
    for (let place = 0; place < merged.length; place++) {
      const { from, to } = merged[place]!;
      found.push({ kind: index, from, to });
    }
  }
  return found;
}

// Apart from the loops above, where their closures would cost every candidate an object.

function standsUnder(parts: readonly LabelledPart[], { kind, from, to }: Found): boolean {
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]!;
    if (part.kind === kind && part.has === null && part.from < to && from < part.to) return true;
  }
  return false;
}

function isLabelled(parts: readonly LabelledPart[], kind: number): boolean {
  for (let index = 0; index < parts.length; index++) if (parts[index]!.kind === kind) return true;
  return false;
}

function touchesOne(spans: readonly TokenSpan[] | undefined, span: TokenSpan): boolean {
  if (spans === undefined) return false;
  for (let index = 0; index < spans.length; index++) {
    const other = spans[index]!;
    if (other.from < span.to && span.from < other.to) return true;
  }
  return false;
}

/** By kind and sentence (see `inSentence`): where exceptions of a kind for which there are candidates refuse them. */
function refusedSpans(
  { candidates, program }: FinderContext,
  exceptions: readonly PatternMatch[],
  { sentences, sentenceList }: Tokens,
): Map<number, TokenSpan[]> | null {
  let refused: Map<number, TokenSpan[]> | null = null;
  for (let index = 0; index < exceptions.length; index++) {
    const match = exceptions[index]!;
    const { owner, role } = program.roleOf(match.pattern);
    if (candidates.of(owner).length === 0) continue;
    const sentence = sentences[match.from] ?? 0;
    // A candidate begins in its sentence, and so overlaps all of it.
    const span = role === 'except' ? match : (sentenceList[sentence] ?? match);
    getOr((refused ??= new Map()), inSentence(owner, sentence), () => []).push(span);
  }
  return refused;
}

/** The candidates of one level of one block. One for the finder, cleared for each level: a page has some hundred of them, and most kinds have none. */
class Candidates {
  /** The kinds that have candidates, in the order of their first ones. */
  readonly kinds: number[] = [];
  private readonly byKind: Candidate[][] = [];

  add(kind: number, candidate: Candidate): void {
    const own = (this.byKind[kind] ??= []);
    if (own.length === 0) this.kinds.push(kind);
    own.push(candidate);
  }

  of(kind: number): readonly Candidate[] {
    return this.byKind[kind] ?? NO_CANDIDATES;
  }

  clear(): void {
    for (let index = 0; index < this.kinds.length; index++) this.byKind[this.kinds[index]!]!.length = 0;
    this.kinds.length = 0;
  }
}

const NO_CANDIDATES: readonly Candidate[] = [];

/** Adds a candidate for each group whose members all match in one sentence, or in neighboring ones where they may. */
function addTogether(context: FinderContext, matches: readonly PatternMatch[], { sentences }: Tokens): void {
  const { candidates, program, across, rubric } = context;
  const { groupOf, groupFirst } = program.linked;
  // By turns a match's number and a place where it counts.
  const counted: number[] = [];
  // Few groups are whole, so that it is first only noted which members each has.
  const seen = new Map<number, number>();
  const places: number[] = [];
  for (let index = 0; index < matches.length; index++) {
    const { pattern, from } = matches[index]!;
    const group = groupOf[pattern]!;
    const bit = memberBit(pattern - groupFirst[group]!);
    const sentence = sentences[from] ?? 0;
    const first = sentence > 0 && across.has(group) ? sentence - 1 : sentence;
    for (let each = sentence; each >= first; each--) {
      const place = inSentence(group, each);
      counted.push(index, place);
      const earlier = seen.get(place);
      if (earlier === undefined) places.push(place);
      seen.set(place, (earlier ?? 0) | bit);
    }
  }
  const roleAt = (place: number): PatternRole => program.roleOf(groupFirst[place % MOST_KINDS]!);
  const whole = new Map<number, Map<number, TokenSpan[]>>();
  for (let index = 0; index < places.length; index++) {
    const place = places[index]!;
    const { owner, group } = roleAt(place);
    if (seen.get(place) === memberBits(rubric.kinds[owner]?.together[group]?.length ?? 0)) whole.set(place, new Map());
  }
  if (whole.size === 0) return;
  for (let at = 0; at < counted.length; at += 2) {
    const members = whole.get(counted[at + 1]!);
    if (members === undefined) continue;
    const match = matches[counted[at]!]!;
    getOr(members, match.pattern - groupFirst[groupOf[match.pattern]!]!, () => []).push(match);
  }
  for (const [place, members] of whole) {
    const span = nearestTogether([...members.values()]);
    if (span) candidates.add(roleAt(place).owner, span);
  }
}

/** The groups (see `LinkedPatterns.groupOf`) whose members are all pieces of evidence: they may stand in neighboring sentences ("Nobody matches. The desk calls."). */
function groupsAcross(kinds: Rubric['kinds'], patterns: LinkedPatterns): Set<number> {
  const found = new Set<number>();
  patterns.groupFirst.forEach((first, number) => {
    const { owner, group } = roleOf(patterns, first);
    const members = kinds[owner]?.together[group] ?? [];
    if (members.every((member) => isEvidenceSlot(member, patterns))) found.add(number);
  });
  return found;
}

/** One number for a kind, or a group of patterns, and a sentence of a block. */
function inSentence(kind: number, sentence: number): number {
  // Small for the first sentences, since a map looks large numbers up slowly.
  return sentence * MOST_KINDS + kind;
}

/** More kinds and groups than a rubric has. */
const MOST_KINDS = 2 ** 20;

/** The tightest span that holds one match of each member. */
function nearestTogether(members: readonly (readonly TokenSpan[])[]): TokenSpan | null {
  let best: TokenSpan | null = null;
  for (const first of members[0] ?? []) {
    let from = first.from;
    let to = first.to;
    for (const others of members.slice(1)) {
      let nearest: TokenSpan | null = null;
      let distance = Infinity;
      for (const other of others) {
        const gap = Math.max(other.from - to, from - other.to, 0);
        if (gap < distance) {
          distance = gap;
          nearest = other;
        }
      }
      if (!nearest) return null;
      from = Math.min(from, nearest.from);
      to = Math.max(to, nearest.to);
    }
    if (!best || to - from < best.to - best.from) best = { from, to };
  }
  return best;
}

function readCues(context: FinderContext, text: string, tokens: Tokens, matches: readonly PatternMatch[]): CueReach[] {
  const cues: CueReach[] = [];
  const exceptions: { cue: number; span: TokenSpan }[] = [];
  for (let index = 0; index < matches.length; index++) {
    const match = matches[index]!;
    const role = context.program.roleOf(match.pattern);
    const cue = context.rubric.cues[role.owner];
    if (!cue) continue;
    if (role.role === 'cue-except') exceptions.push({ cue: role.owner, span: match });
    else {
      const { reachFrom, reachTo } = reachOf(cue, match, tokens);
      cues.push({ cue: role.owner, from: match.from, to: match.to, reachFrom, reachTo });
    }
  }
  const { question } = context;
  if (question >= 0) {
    const { sentenceList } = tokens;
    for (let index = 0; index < sentenceList.length; index++) {
      const sentence = sentenceList[index]!;
      if (!sentence.isQuestion) continue;
      const next = sentenceList[index + 1];
      cues.push({
        cue: question,
        from: sentence.to,
        to: sentence.to,
        reachFrom: sentence.from,
        reachTo: next && holdsOptions(text, sentence.end, next) ? next.to : sentence.to,
      });
    }
  }
  if (exceptions.length === 0) return cues;
  const bySentence = new Map<number, typeof exceptions>();
  for (const exception of exceptions)
    getOr(bySentence, tokens.sentences[exception.span.from] ?? 0, () => []).push(exception);
  return cues.filter(
    (cue) =>
      !bySentence
        .get(tokens.sentences[cue.from] ?? 0)
        ?.some(({ cue: other, span }) => other === cue.cue && span.from < cue.to && cue.from < span.to),
  );
}

/** Whether what follows a question only says what its answer might be: "How many items? (thousands vs millions)", not "(say, 10,000)". */
function holdsOptions(text: string, asked: number, { start, end }: SentenceSpan): boolean {
  if (!/^\s*[(（]$/.test(text.slice(asked, start))) return false;
  const inside = text.slice(start, end);
  return OPTIONS.test(inside) && !ANSWERS.test(inside);
}

const OPTIONS = /\b(?:vs|versus|or|e\.g|for example|such as)\b|[?？]/i;
const ANSWERS = /^(?:say|assum|suppose|recommend|let|yes|no\b|we\b|i\b)|\b(?:assume|confirmed|we'll|i'd)\b|->|→/i;

/** Takes back what stands below "Out of scope": the things named, up to where a bracket, a dash or a "because" says what is done instead or why. */
function addLeftOut(context: FinderContext, block: Block, tokens: Tokens, reaches: CueReach[]): void {
  const { negation, leftOutLabels } = context;
  if (negation < 0 || leftOutLabels.length === 0) return;
  const { labels, cells } = block;
  for (let index = 0; index < labels.length; index++) {
    const { text, source } = labels[index]!;
    if (!isLeftOut(context, text)) continue;
    // The other cells of a row say why, or when.
    const end = cells[0]?.end ?? block.text.length;
    addNamed(block.text, source === 'own' ? block.ownLabel : 0, end, negation, tokens, reaches);
    return;
  }
  for (let index = 0; index < cells.length; index++) {
    const { label, start, end } = cells[index]!;
    if (label !== '' && isLeftOut(context, label)) addNamed(block.text, start, end, negation, tokens, reaches);
  }
}

function addNamed(text: string, start: number, end: number, cue: number, tokens: Tokens, reaches: CueReach[]): void {
  const area = text.slice(start, end);
  // What is left out and costs so much has been reckoned with.
  if (/[$€£¥₹]\s?\d/.test(area)) return;
  const rest = END_OF_NAMED.exec(area);
  const { from, to } = tokensIn(tokens, { start, end: start + (rest ? rest.index : area.length) });
  if (to > from) reaches.push({ cue, from, to: from, reachFrom: from, reachTo: to });
}

/** What follows a thing that is left out: what is done instead, and why. */
const END_OF_NAMED =
  /[(（;；:：]|\s[-–—]+\s|[—→]|[.!?。！？](?:\s|$)|\b(?:because|since|instead|unless|until|as we|as it|so)\b/i;

/** A label's words alone: "Non-goals" is "non goals". */
function plainLabel(label: string): string {
  return tokenize(label).words.join(' ');
}

function isLeftOut({ leftOut, leftOutLabels }: FinderContext, label: string): boolean {
  // Asked of every block, so no function is made for it.
  const known = leftOut.get(label);
  return known ?? remembered(leftOut, label, () => namesLeftOut(leftOutLabels, plainLabel(stripLabel(label))));
}

function namesLeftOut(labels: readonly string[], plain: string): boolean {
  return labels.some(
    (entry) =>
      plain === entry || (plain.startsWith(`${entry} `) && OF_WHAT.has(plain.slice(entry.length + 1).split(' ')[0]!)),
  );
}

/** What may follow in such a label: "Out of scope for v1". */
const OF_WHAT = new Set([
  'for',
  'in',
  'of',
  'at',
  'here',
  'now',
  'yet',
  'v1',
  'mvp',
  'on',
  'this',
  'today',
  'initially',
]);

function reachOf(cue: Cue, match: TokenSpan, tokens: Tokens): { reachFrom: number; reachTo: number } {
  const sentence = tokens.sentenceList[tokens.sentences[match.from] ?? 0];
  if (cue.reach === 'block') return { reachFrom: 0, reachTo: tokens.count };
  if (cue.reach === 'sentence') return { reachFrom: sentence?.from ?? 0, reachTo: sentence?.to ?? tokens.count };
  const last = sentence?.to ?? tokens.count;
  if (cue.reach === 'around') {
    let from = match.from;
    while (from > (sentence?.from ?? 0) && !endsClause(tokens, from)) from--;
    let to = match.to;
    while (to < last && !endsClause(tokens, to)) to++;
    return { reachFrom: from, reachTo: to };
  }
  let to = match.to;
  const most = Math.min(last, match.to + cue.words);
  while (to < most && !endsClause(tokens, to)) to++;
  return { reachFrom: match.to, reachTo: to };
}

const CLAUSE_BREAKERS = new Set(['but', 'however', 'instead', 'although', 'though', 'whereas', '->', ':', '[cell]']);

/** Whether a clause ends before this token. A comma does not end it inside a list that goes on to "or" ("no logging, alerts or fallback"). */
function endsClause(tokens: Tokens, token: number): boolean {
  const word = tokens.words[token] ?? '';
  if (CLAUSE_BREAKERS.has(word)) return true;
  if (token === 0 || tokens.clauses[token] === tokens.clauses[token - 1]) return false;
  if (!tokens.afterComma[token]) return true;
  for (let next = token; next < Math.min(token + 5, tokens.count); next++) {
    if (tokens.words[next] === 'or' || tokens.words[next] === 'nor') return false;
  }
  return true;
}

/** Cues by the sentence that they reach; those that reach the whole block apart. */
class CueIndex {
  private readonly bySentence = new Map<number, CueReach[]>();
  private readonly wide: CueReach[] = [];

  constructor(
    cues: readonly CueReach[],
    private readonly tokens: Tokens,
  ) {
    for (let index = 0; index < cues.length; index++) {
      const cue = cues[index]!;
      const first = tokens.sentences[cue.reachFrom] ?? 0;
      const last = tokens.sentences[Math.max(cue.reachFrom, cue.reachTo - 1)] ?? first;
      if (first === last) getOr(this.bySentence, first, () => []).push(cue);
      // A handful of each is enough: a match cannot hold them all among its own words.
      else if (this.wide.filter((other) => other.cue === cue.cue).length < 8) this.wide.push(cue);
    }
  }

  near(span: TokenSpan): readonly CueReach[] {
    const own = this.bySentence.get(this.tokens.sentences[span.from] ?? 0) ?? NO_CUES;
    return this.wide.length === 0 ? own : [...own, ...this.wide];
  }
}

const NO_CUES: readonly CueReach[] = [];

/** Within how many of its first words a cue takes back what counts by its label alone ("Fallback: there is none"). */
const OPENING_WORDS = 5;

function isTakenBack(
  context: FinderContext,
  kindIndex: number,
  span: Candidate,
  cues: CueIndex,
  tokens: Tokens,
): boolean {
  const takesBack = context.takesBack[kindIndex]!;
  const near = cues.near(span);
  for (let index = 0; index < near.length; index++) {
    const cue = near[index]!;
    if (takesBack[cue.cue] !== 1) continue;
    const isInside = cue.from >= span.from && cue.to <= span.to && cue.from < cue.to;
    if (isInside && span.isPart) {
      if (cue.from < span.from + OPENING_WORDS && tokens.clauses[cue.from] === tokens.clauses[span.from]) return true;
      continue;
    }
    // A cue that the pattern spells out is part of what it says; one in a gap takes the rest back.
    if (isInside) {
      const { row } = span;
      if (row === undefined || context.program.spells(row, tokens.words[cue.from] ?? '')) continue;
      if (reachesSpelled(context, row, cue, span, tokens)) return true;
      continue;
    }
    if (span.from < cue.reachTo && cue.reachFrom <= span.from) return true;
  }
  return false;
}

/** Whether a cue in a gap reaches words that the pattern spells out ("log nothing about edits"), not only other gaps. */
function reachesSpelled(
  context: FinderContext,
  pattern: Pattern,
  cue: CueReach,
  span: TokenSpan,
  tokens: Tokens,
): boolean {
  for (let token = Math.max(span.from, cue.reachFrom); token < Math.min(span.to, cue.reachTo); token++) {
    if (token >= cue.from && token < cue.to) continue;
    if (context.program.spells(pattern, tokens.words[token] ?? '')) return true;
  }
  return false;
}

/** Of evidence in two sentences the second one: the first may be a question that it answers. */
function closing(span: Candidate, { sentences, sentenceList }: Tokens): Candidate {
  const last = sentences[span.to - 1] ?? 0;
  return sentences[span.from] === last ? span : { ...span, from: sentenceList[last]?.from ?? span.from };
}

/** Overlapping matches of one kind are one piece of evidence. The list is sorted. */
function mergeOverlaps(spans: TokenSpan[]): readonly TokenSpan[] {
  // Mostly there is one.
  if (spans.length < 2) return spans;
  const merged: { from: number; to: number }[] = [];
  const sorted = sortInPlace(spans, (a, b) => a.from - b.from || b.to - a.to);
  for (let index = 0; index < sorted.length; index++) {
    const span = sorted[index]!;
    const last = merged.at(-1);
    if (last && span.from < last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ from: span.from, to: span.to });
  }
  return merged;
}

/** A part of a block that stands under a label of some kind. */
interface LabelledPart extends TokenSpan {
  readonly kind: number;
  /** What must match in the part, or null where the part itself is the evidence. */
  readonly has: Pattern | null;
}

/** How many words of content a label needs below it. */
const LEAST_CONTENT = 2;

function labelledKinds(context: FinderContext, block: Block, asked: Label | null, tokens: Tokens): LabelledPart[] {
  const parts: LabelledPart[] = [];
  const seen = new Set<string>();
  const whole: Span = { start: 0, end: block.text.length };
  // A nearer label that names what stands below it ("Mitigations:") takes that meaning from those further out that name single things ("Failure modes"); what
  // stands below "Monitoring" is monitored, whatever else it is.
  let claimed: readonly LabelMatch[] | null = null;
  const read = (label: Label, area: Span, matches: readonly LabelMatch[]): void => {
    const isNear = label.source === 'own' || label.source === 'list' || label.source === 'heading';
    const nearer = claimed;
    if (isNear && claimed === null && matches.some(namesWhole)) claimed = matches;
    for (const { kind, number, has } of matches) {
      const isItemized = context.rubric.kinds[kind]?.itemized === true;
      const isClaimed = isItemized && isNear && nearer !== null && has === undefined;
      if (isClaimed && !nearer.some((match) => match.kind === kind && namesWhole(match))) continue;
      const part = contentUnder(label, area, block, tokens, has !== undefined, isItemized);
      if (!part) continue;
      const key = `${number}/${part.from}/${part.to}`;
      if (seen.has(key)) continue;
      seen.add(key);
      parts.push({ kind, has: has ?? null, from: part.from, to: part.to });
    }
  };
  // Most labels name nothing.
  const { labels, cells } = block;
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index]!;
    const matches = labelMatches(context, label.text);
    if (matches.length > 0) read(label, whole, matches);
  }
  if (asked) read(asked, whole, labelMatches(context, asked.text));
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index]!;
    const matches = cell.label ? labelMatches(context, cell.label) : NO_LABELS;
    if (matches.length > 0) read({ text: cell.label, source: 'column' }, cell, matches);
  }
  // Of a pair of heads the cells of the first: what stands under "Reason" is another thing in a table with a column "Alternative".
  if (cells.length < 2 || cells.length > MOST_PAIRED_COLUMNS) return parts;
  for (const cell of cells) {
    for (const other of cells) {
      const matches =
        other !== cell && cell.label && other.label ? pairMatches(context, cell.label, other.label) : NO_LABELS;
      if (matches.length > 0) read({ text: cell.label, source: 'column' }, cell, matches);
    }
  }
  return parts;
}

/** Whether a label's pattern names all that stands under it. */
function namesWhole({ has }: LabelMatch): boolean {
  return has === undefined;
}

const NO_LABELS: readonly LabelMatch[] = [];

/** The label patterns of a column's head with another one behind it. Two borders part them, so that only a pattern that names both reads them. */
function pairMatches(context: FinderContext, head: string, other: string): readonly LabelMatch[] {
  const pairs = remembered(context.pairCache, head, () => new Map<string, readonly LabelMatch[]>());
  return remembered(pairs, other, () => labelMatches(context, `${head} | | ${other}`));
}

/** In columns: a wider table lists data, no options. */
const MOST_PAIRED_COLUMNS = 8;

function labelMatches(context: FinderContext, text: string): readonly LabelMatch[] {
  if (text.length > 200) return [];
  const known = context.labelCache.get(text);
  if (known) return known;
  const stripped = stripLabel(text);
  const numbers = labelPatterns(context, stripped);
  // "Security & privacy" is "security and privacy" as well.
  if (stripped.includes('&')) numbers.push(...labelPatterns(context, stripped.replace(/\s*&\s*/g, ' and ')));
  // "Core features (MVP)" names both.
  const inBrackets = LAST_BRACKETS.exec(text)?.[1];
  if (inBrackets !== undefined) numbers.push(...labelPatterns(context, inBrackets));
  const excepted = numbers.length > 0 ? exceptedKinds(context, tokenize(text)) : NO_NUMBERS;
  const matches = [...new Set(numbers)].flatMap((number): LabelMatch[] => {
    const { owner, member } = context.program.roleOf(number);
    return excepted.has(owner) ? [] : [{ kind: owner, number, has: context.rubric.kinds[owner]?.labels[member]?.has }];
  });
  if (context.labelCache.size > 5_000) context.labelCache.clear();
  context.labelCache.set(text, matches);
  return matches;
}

const NO_NUMBERS: ReadonlySet<number> = new Set();

/** The kinds whose exceptions a label's words are: "Phase 2: data" is no phase. */
function exceptedKinds(context: FinderContext, tokens: Tokens): ReadonlySet<number> {
  const kinds = new Set<number>();
  const slots = new Slots(tokens, []);
  for (const { pattern } of new PatternRun(context.program, tokens, slots, true).match()) {
    const { role, owner } = context.program.roleOf(pattern);
    if (role === 'except') kinds.add(owner);
  }
  return kinds;
}

/** In tokens. */
const LONGEST_LABEL = 16;

/** The label patterns that cover all of a text; where there are none, those that cover all but what labels may begin with ("key", "our main"). */
function labelPatterns(context: FinderContext, text: string): number[] {
  const tokens = tokenize(text);
  if (tokens.count > LONGEST_LABEL) return [];
  const numbers = context.program.covering(tokens, 'label');
  if (numbers.length > 0 || tokens.count < 2 || !context.labelModifiers.has(tokens.words[0] ?? '')) return numbers;
  return labelPatterns(context, text.slice(tokens.starts[1]));
}

function stripLabel(text: string): string {
  return text
    .replace(HAN_NUMBERING, '')
    .replace(/^(?:step|part|section)?\s*\(?\d{1,2}(?:\.\d{1,2})*[.):]?\s+/i, '')
    .replace(LAST_BRACKETS, '')
    .trim();
}

const LAST_BRACKETS = /[([（]([^)\]）]{0,40})[)\]）]\s*$/;

/** "一、", "（二）", "3、". */
const HAN_NUMBERING =
  /^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、．.])\s*(?=[\u3400-\u9fff])/;

/** The tokens that stand wholly inside a span of the text. */
function tokensIn({ count, starts, ends }: Tokens, { start, end }: Span): TokenSpan {
  let from = 0;
  while (from < count && starts[from]! < start) from++;
  let to = from;
  while (to < count && ends[to]! <= end) to++;
  return { from, to };
}

/** Which tokens count under a label: those after the block's own label, or that label itself where an outer one gives the meaning. */
function contentUnder(
  label: Label,
  area: Span,
  block: Block,
  tokens: Tokens,
  wholeArea: boolean,
  isItemized: boolean,
): TokenSpan | null {
  // A sentence of running prose is no item of what its heading lists.
  if (isItemized && label.source === 'heading' && !wholeArea && block.kind === 'paragraph' && block.ownLabel === 0)
    return null;
  let start = area.start;
  let end = area.end;
  if (label.source === 'own') start = block.ownLabel;
  else if (label.source === 'row') start = block.cells[1]?.start ?? area.start;
  if (label.source === 'outer' && !wholeArea) return null;
  const outer = label.source === 'heading' || label.source === 'list' || label.source === 'outer';
  if (outer && !wholeArea && block.ownLabel > 0) end = block.ownLabel;
  if (outer && !wholeArea && block.kind === 'row') end = block.cells[0]?.end ?? area.end;
  let { from, to } = tokensIn(tokens, { start, end });
  while (from < to && !isWord(tokens.words[from] ?? '')) from++;
  // A percent sign belongs to the figure before it ("| 83% |" below "Accuracy").
  while (to > from && tokens.words[to - 1] !== '%' && !isWord(tokens.words[to - 1] ?? '')) to--;
  if (from >= to) return null;
  if (isEmptyWord(tokens, from, to)) return null;
  if (wholeArea) return { from, to };
  // Enough of its own to say: an item named by a label counts by all its words.
  const isNamed = outer && block.ownLabel > 0;
  if (countIn(tokens, isNamed ? 0 : from, isNamed ? tokens.count : to) < LEAST_CONTENT) return null;
  // Quote the first sentence, not the paragraph; of a question and its answer the answer ("Which market? - The US").
  let sentence = tokens.sentenceList[tokens.sentences[from] ?? 0];
  while (sentence?.isQuestion === true && sentence.to < to) {
    let next = sentence.to;
    while (next < to && !isWord(tokens.words[next] ?? '')) next++;
    if (next >= to) break;
    from = next;
    sentence = tokens.sentenceList[tokens.sentences[from] ?? 0];
  }
  return { from, to: Math.min(to, Math.max(from + 1, sentence?.to ?? to)) };
}

/** "None", "n/a", "TBD": content that says there is none. */
function isEmptyWord(tokens: Tokens, from: number, to: number): boolean {
  if (!EMPTY_BEGINNINGS.has(tokens.words[from]!.slice(0, 2))) return false;
  const words = tokens.words.slice(from, Math.min(to, from + 3)).join(' ');
  return /^(?:none|n \/ a|n\/a|na|nothing|tbd|todo|tba|xx+|not (?:yet|applicable|needed|decided)|to be (?:decided|determined|defined|added|planned|agreed|discussed|done|written))\b/.test(
    words,
  );
}

/** The first two letters of what `isEmptyWord` tells: nearly all content begins otherwise. */
const EMPTY_BEGINNINGS = new Set(['no', 'n', 'n/', 'na', 'tb', 'to', 'xx']);

function isWord(word: string): boolean {
  const code = word.charCodeAt(0);
  // What begins with a letter from a to z or a digit is one; so are nearly all.
  if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) return true;
  return word !== '[cell]' && hasLetterOrDigit(word);
}

/** Two Han characters are a word, as most Chinese words have two. */
function countIn(tokens: Tokens, from: number, to: number): number {
  const { words } = tokens;
  let count = 0;
  let han = 0;
  for (let token = from; token < to; token++) {
    const word = words[token]!;
    if (isHan(word.charCodeAt(0))) han++;
    else if (isWord(word)) count++;
  }
  return count + Math.ceil(han / 2);
}

function countWords(tokens: Tokens): number {
  return countIn(tokens, 0, tokens.count);
}

/** A list item that only names a thing ("Monitoring") says nothing about it. */
function isBareKeyword(block: Block, tokens: Tokens): boolean {
  if (block.kind !== 'item' || block.labels.some((label) => label.source === 'own')) return false;
  return countWords(tokens) <= 2 && !/\d/.test(block.text);
}

/** Slots of one block: quantities from the grammar, then the evidence of the levels before. */
class Slots implements SlotReader {
  /** By token: what begins there. Most blocks have little, and looking it up is what the matcher does most. */
  private readonly byToken: (TokenFills | undefined)[] = [];
  private readonly numberTokens: boolean[] = [];
  private readonly kinds = new Set<string>();
  /** Where quantities begin and end in the text, by their first token and by the token after their last. */
  private readonly startsAt = new Map<number, number>();
  private readonly endsAt = new Map<number, number>();
  /** By every token of a quantity but its first: where the quantity ends in the text. */
  private goesOn: Map<number, number> | null = null;

  constructor(tokens: Tokens, quantities: readonly Quantity[]) {
    // Pushed, not mapped: see `entriesOf` in the matcher.
    for (let token = 0; token < tokens.count; token++) this.numberTokens.push(startsWithDigit(tokens.words[token]!));
    if (this.numberTokens.includes(true)) this.kinds.add('number');
    let token = 0;
    for (const quantity of quantities) {
      while (token < tokens.count && (tokens.ends[token] ?? 0) <= quantity.start) token++;
      let to = token;
      while (to < tokens.count && (tokens.starts[to] ?? 0) < quantity.end) to++;
      if (to === token) continue;
      this.startsAt.set(token, quantity.start);
      this.endsAt.set(to, quantity.end);
      for (let inside = token + 1; inside < to; inside++) (this.goesOn ??= new Map()).set(inside, quantity.end);
      // A sign before the figure ("< 2 s") belongs to it: patterns may begin at either.
      let from = token;
      while (from < to && /^[<>]=?$/.test(tokens.words[from] ?? '')) from++;
      for (const start of from === token || from === to ? [token] : [token, from]) {
        this.fill(quantity.kind, start, to, quantity.value, quantity.max, quantity);
        if (quantity.kind !== 'number') this.fill('number', start, to, quantity.value);
        // "{money} per …": a pattern may name the denominator itself.
        const amountEnd = quantity.per.length > 0 ? denominatorAfter(tokens, start, to) : -1;
        if (amountEnd > start) this.fill(quantity.kind, start, amountEnd, quantity.value);
      }
    }
  }

  fills(kind: string, token: number): readonly SlotFill[] {
    const known = this.fillsOf(kind, token);
    if (kind === 'number' && !known && this.numberTokens[token])
      return [{ to: token + 1, value: undefined, max: undefined }];
    return known ?? NO_FILLS;
  }

  kindsAt(token: number): readonly string[] {
    const here = this.byToken[token];
    if (!here) return this.numberTokens[token] === true ? BARE_NUMBER : NO_KINDS;
    if (this.numberTokens[token] !== true || here.kinds.includes('number')) return here.kinds;
    return (here.withNumber ??= [...here.kinds, 'number']);
  }

  has(kind: string): boolean {
    return this.kinds.has(kind);
  }

  add(kind: string, span: TokenSpan): void {
    const already = this.fillsOf(kind, span.from)?.some((fill) => fill.to === span.to);
    if (already !== true) this.fill(kind, span.from, span.to);
  }

  /** The quantity that a match of a quantity's own kind is, or the only one of that kind inside it. */
  quantityOf(kind: string, span: TokenSpan): Quantity | null {
    if (this.startsAt.size === 0) return null;
    const exact = this.fillsOf(kind, span.from)?.find(({ to, quantity }) => to === span.to && quantity);
    if (exact?.quantity) return exact.quantity;
    const wanted = VALUE_KIND.get(kind);
    if (!wanted) return null;
    for (let token = span.from; token < span.to; token++) {
      for (const fill of this.fillsOf(wanted, token) ?? NO_FILLS) {
        if (fill.to <= span.to) return fill.quantity ?? null;
      }
    }
    return null;
  }

  /** Grows a span so that it cuts off neither a quantity's own signs ("$", "%", "~") nor the unit behind its figure ("answers in 900" of "900 ms"). */
  widen(span: TokenSpan, text: Span): Span {
    return {
      start: Math.min(text.start, this.startsAt.get(span.from) ?? text.start),
      end: Math.max(text.end, this.endsAt.get(span.to) ?? this.goesOn?.get(span.to) ?? text.end),
    };
  }

  private fillsOf(kind: string, token: number): readonly Fill[] | undefined {
    const here = this.byToken[token];
    if (here === undefined) return undefined;
    const { kinds } = here;
    // Two or three of them, looked up all the time.
    for (let index = 0; index < kinds.length; index++) if (kinds[index] === kind) return here.fills[index];
    return undefined;
  }

  private fill(kind: string, token: number, to: number, value?: number, max?: number, quantity?: Quantity): void {
    this.kinds.add(kind);
    const fill: Fill = { to, value, max, quantity };
    const here = (this.byToken[token] ??= { kinds: [], fills: [], withNumber: null });
    const index = here.kinds.indexOf(kind);
    if (index >= 0) here.fills[index]!.push(fill);
    else {
      here.kinds.push(kind);
      here.fills.push([fill]);
      here.withNumber = null;
    }
  }
}

/** What fills a slot, with the quantity that it is by the grammar. */
interface Fill extends SlotFill {
  readonly quantity?: Quantity | undefined;
}

/** What begins at a token. */
interface TokenFills {
  readonly kinds: string[];
  /** By place in `kinds`. */
  readonly fills: Fill[][];
  /** The kinds and `number`, once that was asked for. */
  withNumber: readonly string[] | null;
}

const NO_FILLS: readonly Fill[] = [];

function startsWithDigit(word: string): boolean {
  const code = word.charCodeAt(0);
  return code >= 48 && code <= 57;
}

/** The first token of a quantity's denominator, or -1. */
function denominatorAfter(tokens: Tokens, from: number, to: number): number {
  for (let token = from + 1; token < to; token++) if (DENOMINATORS.has(tokens.words[token] ?? '')) return token;
  return -1;
}

/** What begins the denominator of a quantity. */
const DENOMINATORS = new Set(['per', '/', 'a', 'an', 'each', 'every']);
const NO_KINDS: readonly string[] = [];
const BARE_NUMBER: readonly string[] = ['number'];

/** The quantity that gives a kind its value. */
const VALUE_KIND: ReadonlyMap<string, string> = new Map([
  ['running-cost', 'money'],
  ['unit-cost', 'money'],
  ['latency', 'duration'],
  ['latency-variance', 'duration'],
  ['response-wait', 'duration'],
  ['context-window', 'tokens'],
  ['output-length', 'tokens'],
  ['prompt-size', 'tokens'],
  ['document-size', 'count'],
  ['response-budget', 'duration'],
  ['latency-stage', 'duration'],
  ['stated-price', 'money'],
  ['average-load', 'rate'],
  ['peak-load', 'rate'],
  ['sized-load', 'rate'],
  ['calls-per-run', 'count'],
  ['call-tokens', 'tokens'],
]);

function valueOf({ value, max, unit, bound, per }: Quantity): QuantityValue {
  if (max !== undefined) return bound === undefined ? { value, max, unit, per } : { value, max, unit, bound, per };
  return bound === undefined ? { value, unit, per } : { value, unit, bound, per };
}
