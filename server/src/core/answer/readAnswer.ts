import { evidenceFinder, type Chunk } from '../evidence/findEvidence.js';
import type { ModelNames } from '../evidence/modelNames.js';
import type { Framework, Rubric } from '../rubric/types.js';
import { isMostlyQuoted } from './blocks.js';
import { plainHeading } from './headingKey.js';
import { sumLanguage } from './language.js';
import type { Outline, OutlineEntry } from './outline.js';
import { findSections, type FoundSection } from './sections.js';
import type { Span } from './spans.js';

/** A chunk with its place in the answer. */
export interface PlacedChunk {
  /** Where the chunk's text starts in the answer; its own offsets count from there. */
  readonly offset: number;
  readonly end: number;
  /** Index into the answer's sections, or -1 before the first and in parts that are none. */
  readonly section: number;
  readonly chunk: Chunk;
  /** Whether its heading says that nothing in it is evidence (a glossary, references). */
  readonly passedOver: boolean;
}

/** A text read as an answer to one framework. */
export interface Answer {
  readonly text: string;
  readonly outline: Outline;
  readonly framework: Framework;
  readonly sections: readonly FoundSection[];
  readonly chunks: readonly PlacedChunk[];
}

/** Keeps the chunks of earlier readings of one document, so that a keystroke re-reads one of them. */
export interface ReviewCache {
  readonly chunks: Map<string, Chunk>;
  kinds: Rubric['kinds'] | null;
  models: ModelNames | null;
}

/** A cache for one document. */
export function createReviewCache(): ReviewCache {
  return { chunks: new Map(), kinds: null, models: null };
}

const EMPTY_CHUNK: Chunk = {
  blocks: [],
  comments: [],
  tags: [],
  placeholders: [],
  evidence: [],
  calculations: [],
  sentences: [],
  words: 0,
  language: sumLanguage([]),
  sample: '',
};

/**
 * Reads a text as an answer to a framework: its sections, and below each heading a chunk of markdown with its evidence. A chunk's evidence
 * depends on its own text, the headings above it, the names of models, and on whether the answer is mostly quoted, alone.
 */
export function readAnswer(
  text: string,
  outline: Outline,
  framework: Framework,
  declared: boolean,
  rubric: Rubric,
  models: ModelNames | null,
  cache?: ReviewCache,
): Answer {
  const sections = findSections(text, outline, framework, declared);
  const finder = evidenceFinder(rubric);
  const known =
    cache && cache.kinds === rubric.kinds && cache.models === models ? cache.chunks : new Map<string, Chunk>();
  const used = new Map<string, Chunk>();
  const chunks: PlacedChunk[] = [];
  const isSpoken = isMostlyQuoted(text);
  for (const piece of cutAtHeadings(text, outline, sections)) {
    const markdown = text.slice(piece.body.start, piece.body.end);
    const blank = markdown.trim() === '';
    const key = `${piece.headings.join('\n')}\u0000${isSpoken ? '>' : ''}${markdown}`;
    const chunk = blank
      ? EMPTY_CHUNK
      : (known.get(key) ?? used.get(key) ?? finder.find(markdown, piece.headings, models, isSpoken));
    if (!blank) used.set(key, chunk);
    const passedOver = piece.above.some((heading) => finder.passesOver(heading));
    chunks.push({ offset: piece.body.start, end: piece.body.end, section: piece.section, chunk, passedOver });
  }
  if (cache) {
    cache.kinds = rubric.kinds;
    cache.models = models;
    cache.chunks.clear();
    for (const [key, chunk] of used) cache.chunks.set(key, chunk);
  }
  return { text, outline, framework, sections, chunks };
}

interface Piece {
  readonly body: Span;
  readonly section: number;
  /** Plain texts of the headings that give its content meaning, the nearest first. */
  readonly headings: readonly string[];
  /** Headings above it that are no sections. */
  readonly above: readonly string[];
}

/** How many headings above a chunk may give it meaning. */
const MOST_HEADINGS = 3;

function cutAtHeadings(text: string, outline: Outline, sections: readonly FoundSection[]): Piece[] {
  const sectionOf = new Map<OutlineEntry, number>(sections.map((section, index) => [section.entry, index]));
  const cuts = outline.entries.filter((entry) => entry.form === 'heading' || sectionOf.has(entry));
  const pieces: Piece[] = [];
  const first = cuts[0]?.start ?? text.length;
  pieces.push({ body: { start: outline.bodyStart, end: first }, section: -1, headings: [], above: [] });
  let open: OutlineEntry[] = [];
  cuts.forEach((entry, index) => {
    const next = cuts[index + 1]?.start ?? text.length;
    open = [...open.filter((other) => other.depth < entry.depth), entry];
    const own = sectionOf.get(entry) ?? sectionAt(sections, entry.start);
    const section = own >= 0 ? sections[own] : undefined;
    const below = section ? open.filter((other) => other.start >= section.entry.start) : open;
    const texts = below.map((other) => plainHeading(other.raw)).reverse();
    pieces.push({
      body: { start: Math.min(entry.bodyStart, next), end: next },
      section: own,
      headings: texts.slice(0, MOST_HEADINGS),
      above: open.filter((other) => !sectionOf.has(other)).map((other) => plainHeading(other.raw)),
    });
  });
  return pieces;
}

function sectionAt(sections: readonly FoundSection[], offset: number): number {
  return sections.findLastIndex((section) => section.span.start <= offset && offset < section.span.end);
}
