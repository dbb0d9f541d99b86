import { sourceSpan, type Block } from '../answer/blocks.js';
import type { PlacedChunk } from '../answer/readAnswer.js';
import { overlaps, type Span } from '../answer/spans.js';
import { tokenize } from '../evidence/tokens.js';
import { modelMentions, namesFamily, type ReferenceEntry } from '../reference/reference.js';
import { blockOf } from './blockOf.js';
import type { DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceAt } from './evidenceIndex.js';

/** The parts of an answer that are looked at. */
export type Readable = Pick<DetectorInput, 'text' | 'evidence' | 'chunks' | 'reference'>;

/** A model of the reference, where a text names it. */
export interface NamedModel extends Span {
  readonly entry: ReferenceEntry;
}

/** What is said in one breath: a sentence, or a table's row. */
export interface Sentence extends Span {
  /** Its evidence, helpers included. */
  readonly evidence: readonly PlacedEvidence[];
  /** Where it is a row: the words that stand over its cells and before them. */
  readonly isRow: boolean;
}

/** The sentence (or row) that a piece of evidence stands in; offsets in the answer. */
export function sentenceOf(input: Readable, item: PlacedEvidence): Sentence {
  const chunk = input.chunks[item.chunk];
  const block = blockOf(input, item);
  if (!chunk || !block) return { start: item.start, end: item.end, evidence: [item], isRow: false };
  let known = sentences.get(input.evidence);
  if (!known) sentences.set(input.evidence, (known = new Map()));
  const key = `${item.chunk}/${item.block}/${item.isRow ? '' : item.sentence}`;
  let sentence = known.get(key);
  if (!sentence) known.set(key, (sentence = readSentence(input, item, chunk, block)));
  return sentence;
}

/** By an answer's evidence and the sentence's place: most checks of figures ask for the same few. */
const sentences = new WeakMap<readonly PlacedEvidence[], Map<string, Sentence>>();

function readSentence(input: Readable, item: PlacedEvidence, chunk: PlacedChunk, block: Block): Sentence {
  const span = item.isRow ? wholeOf(block) : sentenceSpan(block, item.sentence);
  const source = sourceSpan(block, span);
  const place = { start: chunk.offset + source.start, end: chunk.offset + source.end };
  return {
    start: place.start,
    end: place.end,
    evidence: evidenceAt(input.evidence, place).filter(
      (other) => other.chunk === item.chunk && other.block === item.block,
    ),
    isRow: item.isRow,
  };
}

/**
 * The reference's models that a stretch of the answer names, in order; null where it names another model as well, or one that may be meant or not, so that nobody
 * can tell which model a figure belongs to. A tier ("Large") means the model where the answer names its family.
 */
export function modelsIn(
  input: Readable,
  sentence: Pick<Sentence, 'start' | 'end' | 'evidence'>,
  modelKinds: readonly string[],
): NamedModel[] | null {
  const mentions = modelMentions(input.reference, input.text.slice(sentence.start, sentence.end));
  const named: NamedModel[] = [];
  for (const { start, end, entry, by } of mentions) {
    if (by === 'tier' && !isFamilyNamed(input, entry)) return null;
    named.push({ start: sentence.start + start, end: sentence.start + end, entry });
  }
  const others = sentence.evidence.filter(
    (item) => modelKinds.includes(item.kind) && !named.some((model) => overlaps(model, item) || isSizeOf(item, model)),
  );
  return others.length > 0 ? null : named;
}

/** The sentences of a block; offsets are those of its text. */
export function sentencesIn(block: Block): readonly Span[] {
  let spans = sentenceSpans.get(block);
  if (!spans) {
    spans = tokenize(block.text).sentenceList;
    sentenceSpans.set(block, spans);
  }
  return spans;
}

/** Evidence of one kind by its place: the pieces that overlap a span. */
export function within(items: readonly PlacedEvidence[], kinds: readonly string[], span: Span): PlacedEvidence[] {
  return items.filter((item) => kinds.includes(item.kind) && overlaps(span, item));
}

/** "123B" beside the model of that size. */
function isSizeOf(item: PlacedEvidence, { entry }: NamedModel): boolean {
  const { size } = entry.model;
  return size !== undefined && item.text.toLowerCase().replace(/\s/g, '').includes(size.toLowerCase());
}

const families = new WeakMap<readonly PlacedEvidence[], Map<ReferenceEntry, boolean>>();

function isFamilyNamed(input: Readable, entry: ReferenceEntry): boolean {
  let known = families.get(input.evidence);
  if (!known) families.set(input.evidence, (known = new Map()));
  let isNamed = known.get(entry);
  if (isNamed === undefined) known.set(entry, (isNamed = namesFamily(input.reference, entry, input.text)));
  return isNamed;
}

function wholeOf(block: Block): Span {
  return { start: 0, end: block.text.length };
}

const sentenceSpans = new WeakMap<Block, readonly Span[]>();

function sentenceSpan(block: Block, sentence: number): Span {
  return sentencesIn(block)[sentence] ?? wholeOf(block);
}
