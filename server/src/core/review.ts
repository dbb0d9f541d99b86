import { isMostlyForeign, sumLanguage } from './answer/language.js';
import { readAnswer, type Answer, type ReviewCache } from './answer/readAnswer.js';
import { sourceSpan } from './answer/blocks.js';
import { placeCalculation, type Calculation } from './calculations/findCalculations.js';
import type { FrontMatter } from './answer/frontMatter.js';
import { overlaps, sortInPlace, type Span } from './answer/spans.js';
import {
  DETECTORS,
  type CheckedSection,
  type Detection,
  type Detector,
  type DetectorInput,
  type PlacedEvidence,
} from './checks/detectors.js';
import type { Chunk } from './evidence/findEvidence.js';
import { byPlace, withStandIns } from './checks/standIns.js';
import { emptySections, wholeSpan } from './checks/structure.js';
import { nearestName } from './nearestName.js';
import { modelNamesOf, referenceFor, type Reference } from './reference/reference.js';
import { tableDateProblems } from './reference/tableDates.js';
import { recognizeWith, type Recognized } from './recognize.js';
import { plannedFramework } from './plannedFramework.js';
import { quoteShort } from './quote.js';
import type { Check, Framework, Level, Rubric, SectionDefinition, Severity } from './rubric/types.js';
import { SEVERITIES } from './rubric/types.js';
import { scoreAnswer, type CheckOutcome } from './score.js';
import type { Settings } from './settings.js';
import { commentProblems, readRuleComments, withoutSuppressed } from './suppression.js';
import type { Evidence, Finding, Judgement, Review, ReviewedSection, ReviewProblem, Timing } from './types.js';

export { createReviewCache, type ReviewCache } from './answer/readAnswer.js';

/** What the shell knows of a text beyond its words. */
export interface ReviewOptions {
  /** The last part of the file's path. */
  readonly fileName?: string;
  /** Whether the file matches the `files` setting. */
  readonly matchesFiles?: boolean;
  /** The id of a framework to hold the text against, whatever it says of itself. */
  readonly framework?: string;
  /** What a timed round on this answer measured. */
  readonly timing?: Timing;
  readonly cache?: ReviewCache;
  /** Today as "2026-03-17", since the engine has no clock; without it, no table is too old. */
  readonly today?: string;
  /** Whether the review says of every check how it came out and by which words: `judgements`, for a report. */
  readonly explain?: boolean;
}

const WORDS_PER_MINUTE = 150;
/** From this many words outside of sections on, and where they are most of it, an answer follows a structure of its own. */
const LEAST_WORDS_OF_OWN_STRUCTURE = 80;
/** Below, in words, an answer may not have come to what a check is about, so `only-with` does not hold it back. */
const LEAST_WORDS_TO_TELL = 150;
/** A picture, or a fence such as a diagram's: what no words are counted of. */
const DRAWN = /!\[|<img\b|^ {0,3}(?:```|~~~)/im;
const NO_ANSWER: Review = {
  framework: null,
  isAnswer: false,
  sections: [],
  evidence: [],
  calculations: [],
  findings: [],
  score: null,
  judgements: [],
  onePieceWords: null,
  problems: [],
};

/**
 * The engine's one verb. Same text, rubric, settings and options in, same review out, on every platform; a cache changes the time it takes
 * and nothing else.
 *
 * Invariant: nothing here waits, throws, or knows who asked. A detector that throws becomes a problem in the result, so that one broken check never
 * hides the others.
 */
export function review(text: string, rubric: Rubric, settings: Settings, options: ReviewOptions = {}): Review {
  const recognized = recognizeWith(
    text,
    {
      ...(options.fileName === undefined ? {} : { fileName: options.fileName }),
      ...(options.matchesFiles === undefined ? {} : { matchesFiles: options.matchesFiles }),
      ...(options.framework === undefined ? {} : { forced: options.framework }),
    },
    rubric,
    settings,
  );
  if (!recognized) return NO_ANSWER;
  const levels = levelsFor(rubric, settings, recognized);
  const { frontMatter } = recognized;
  const problems = [...frontMatter.problems, ...ruleProblems(frontMatter, rubric)];
  const reference = referenceFor(rubric, settings.modelPrices, frontMatter.modelPrices?.id ?? null);
  const wrongTable = frontMatter.modelPrices ? tableProblem(frontMatter.modelPrices, reference, rubric) : null;
  if (wrongTable) problems.push(wrongTable);
  if (!recognized.framework) return unclear(text, rubric, recognized, levels, problems);

  const framework = plannedFramework(recognized.framework, frontMatter);
  const answer = withFramework(
    readAnswer(
      text,
      recognized.outline,
      recognized.framework,
      recognized.by !== 'headings',
      rubric,
      modelNamesOf(reference),
      options.cache,
    ),
    framework,
  );
  const marked = checkedSections(answer);
  const isOnePiece = recognized.by === 'file' && hasOwnStructure(answer);
  const sections = isOnePiece ? [...marked, ...unmarkedSections(answer, marked)] : marked;
  const evidence = withStandIns(placedEvidence(answer), rubric.kinds);
  const helpers = helperKinds(rubric);
  const shown = evidence.filter((item) => !helpers.has(item.kind)).map(toEvidence);
  const { comments, problems: wrongComments } = readRuleComments(answer.chunks);
  problems.push(...wrongComments);
  problems.push(
    ...commentProblems(
      comments,
      (rule) => checkOf(rubric, rule) !== null,
      (rule) => suggestion(rule, rubric),
    ),
  );

  const run = isForeign(answer)
    ? { findings: languageFindings(text, recognized, rubric, levels), outcomes: [], judgements: [], problems: [] }
    : runChecks(
        answer,
        sections,
        evidence,
        reference,
        rubric,
        levels,
        options.explain === true,
        options.timing ?? null,
        isOnePiece,
      );
  problems.push(...run.problems);
  problems.push(...tableDateProblems({ text, evidence, chunks: answer.chunks, reference }, options.today));
  const told = isOnePiece && run.outcomes.length > 0 ? frameworkFindings(text, rubric, recognized, levels) : [];
  const findings = withoutSuppressed(inOrder([...told, ...run.findings]), comments, text);
  const budgets = framework.sections.map((section) => ({
    id: section.id,
    budgetSeconds: sections.find((candidate) => candidate.id === section.id)?.budgetSeconds ?? section.budgetSeconds,
  }));
  // What the writer's own comment silences is not judged: it moves no score either.
  const heard = new Set(findings.map((finding) => finding.rule));
  const silenced = new Set(run.findings.map((finding) => finding.rule).filter((rule) => !heard.has(rule)));
  const { score, bySection } = scoreAnswer(
    budgets,
    sections,
    run.outcomes.filter((outcome) => outcome.holds || !silenced.has(outcome.rule)),
    findings.filter((finding) => finding.severity === 'error').map((finding) => finding.rule),
  );
  const isJudged = run.outcomes.length > 0;
  return {
    framework,
    isAnswer: true,
    sections: answer.sections.map((found, index): ReviewedSection => {
      const section = sections[index]!;
      return {
        id: section.id,
        title: section.title,
        start: section.span.start,
        end: section.span.end,
        heading: section.heading,
        body: section.body,
        definition: found.definition,
        words: section.words,
        budgetSeconds: section.budgetSeconds,
        speakingSeconds: section.speakingSeconds,
        score: isJudged ? (bySection.get(section.id) ?? null) : null,
      };
    }),
    onePieceWords: isOnePiece ? wordsOf(answer) : null,
    evidence: shown,
    calculations: placedCalculations(answer),
    findings,
    score: isJudged ? score : null,
    judgements: run.judgements.map((judgement): Judgement =>
      judgement.state !== 'met' && silenced.has(judgement.rule)
        ? { ...judgement, state: 'not-applicable', unjudged: 'suppressed', grounds: [] }
        : judgement,
    ),
    problems,
  };
}

function unclear(
  text: string,
  rubric: Rubric,
  recognized: Recognized,
  levels: ReadonlyMap<string, Level>,
  problems: ReviewProblem[],
): Review {
  return { ...NO_ANSWER, isAnswer: true, findings: frameworkFindings(text, rubric, recognized, levels), problems };
}

/** That the framework is not known: the one that is named, or any. */
function frameworkFindings(
  text: string,
  rubric: Rubric,
  recognized: Recognized,
  levels: ReadonlyMap<string, Level>,
): Finding[] {
  const named = recognized.frontMatter.framework;
  const check = rubric.checks.find((candidate) => candidate.detector === 'framework-unclear');
  const level = check ? levels.get(check.id) : 'off';
  const findings: Finding[] = [];
  if (check && level && level !== 'off') {
    const known = rubric.frameworks.map((framework) => framework.id);
    const nearest = named ? nearestName(named.id, known) : null;
    findings.push({
      rule: check.id,
      // A name that nobody knows is a false statement; a missing one is only unclear.
      severity: named ? 'error' : level,
      message: named ? `There is no framework “${named.id}”; known are ${known.join(', ')}` : check.message,
      section: null,
      related: [],
      ...(named ? { start: named.start, end: named.end } : wholeSpan(text, recognized.outline.bodyStart)),
      ...(named && nearest
        ? {
            fix: { title: `Change to “${nearest}”`, edits: [{ start: named.start, end: named.end, newText: nearest }] },
          }
        : {}),
    });
  }
  return findings;
}

/** The level of every check: its own for the framework, then the settings, then the front matter. Earlier ids count as the present ones. */
function levelsFor(rubric: Rubric, settings: Settings, recognized: Recognized): Map<string, Level> {
  const levels = new Map<string, Level>();
  const id = recognized.framework?.id ?? '*';
  for (const check of rubric.checks) levels.set(check.id, check.severity[id] ?? check.severity['*'] ?? 'off');
  const change = (name: string, level: Level) => {
    if (name.endsWith('/*')) {
      for (const check of rubric.checks) if (check.id.startsWith(name.slice(0, -1))) levels.set(check.id, level);
      return;
    }
    const check = checkOf(rubric, name);
    if (check) levels.set(check.id, level);
  };
  for (const [rule, level] of Object.entries(settings.rules)) change(rule, level);
  for (const { rule, level } of recognized.frontMatter.rules) change(rule, level);
  return levels;
}

/** A check by its id or an earlier one. */
export function checkOf(rubric: Rubric, id: string): Check | null {
  return (
    rubric.checks.find((check) => check.id === id) ?? rubric.checks.find((check) => check.formerly.includes(id)) ?? null
  );
}

function ruleProblems(frontMatter: FrontMatter, rubric: Rubric): ReviewProblem[] {
  return frontMatter.rules
    .filter(({ rule }) => !rule.endsWith('/*') && checkOf(rubric, rule) === null)
    .map(({ rule, start, end }) => ({
      message: `There is no rule "${rule}"${suggestion(rule, rubric)}`,
      span: { start, end },
    }));
}

/** What is wrong with the table that the front matter names: nobody has it, or it has no models to reckon with. */
function tableProblem(
  { id, start, end }: Span & { readonly id: string },
  reference: Reference,
  rubric: Rubric,
): ReviewProblem | null {
  if (reference.isKnown && reference.entries.length > 0) return null;
  const known = rubric.reference.filter((table) => table.models.length > 0).map((table) => table.id);
  // A table is named by its file's name: "ours" for ".design-answers/reference/ours.yaml".
  const file = /([^\\/]*?)(?:\.ya?ml)?$/i.exec(id)?.[1] ?? id;
  const nearest = nearestName(file, known);
  const hint = nearest ? `; did you mean "${nearest}"?` : `; known are ${known.join(', ')}`;
  const message = reference.isKnown
    ? `The reference table "${id}" has no models`
    : `There is no reference table "${id}"`;
  return { message: message + hint, span: { start, end } };
}

function suggestion(rule: string, rubric: Rubric): string {
  const nearest = nearestName(
    rule,
    rubric.checks.map((check) => check.id),
  );
  return nearest ? `; did you mean "${nearest}"?` : '';
}

const helpersByKinds = new WeakMap<Rubric['kinds'], ReadonlySet<string>>();

/** The kinds that stay out of what is shown. */
function helperKinds({ kinds }: Rubric): ReadonlySet<string> {
  let helpers = helpersByKinds.get(kinds);
  if (!helpers) {
    helpers = new Set(kinds.filter((kind) => kind.helper).map((kind) => kind.id));
    helpersByKinds.set(kinds, helpers);
  }
  return helpers;
}

/** An answer with its framework's sections as they are planned for it. */
function withFramework(answer: Answer, framework: Framework): Answer {
  if (framework === answer.framework) return answer;
  const planned = ({ id }: SectionDefinition) => framework.sections.find((section) => section.id === id);
  const sections = answer.sections.map((found) => ({
    ...found,
    definition: planned(found.definition) ?? found.definition,
  }));
  return { ...answer, framework, sections };
}

function checkedSections(answer: Answer): CheckedSection[] {
  return answer.sections.map((found, index): CheckedSection => {
    const words = answer.chunks
      .filter((chunk) => chunk.section === index)
      .reduce((sum, chunk) => sum + chunk.chunk.words, 0);
    const body = { start: Math.min(found.entry.bodyStart, found.span.end), end: found.span.end };
    return {
      id: found.definition.id,
      title: found.definition.title,
      heading: headingSpan(answer.text, found.entry.title),
      body,
      span: found.span,
      words,
      isEmpty: words === 0 && !DRAWN.test(answer.text.slice(body.start, body.end)),
      budgetSeconds: found.headingBudget ?? found.definition.budgetSeconds,
      speakingSeconds: speakingSeconds(words),
    };
  });
}

/** How long words take to say at the catalogue's 150 a minute, in whole seconds. */
export function speakingSeconds(words: number): number {
  return Math.round((words / WORDS_PER_MINUTE) * 60);
}

function wordsOf(answer: Answer): number {
  return answer.chunks.reduce((sum, { chunk }) => sum + chunk.words, 0);
}

/** Whether headings of the writer's own, or none, stand over most of an answer, so that nobody said that a framework's sections are owed. */
function hasOwnStructure(answer: Answer): boolean {
  const outside = answer.chunks.reduce((sum, { section, chunk }) => sum + (section < 0 ? chunk.words : 0), 0);
  return outside >= LEAST_WORDS_OF_OWN_STRUCTURE && outside > wordsOf(answer) / 2;
}

/** The framework's sections that such an answer does not mark, each as all of the text: any of it may hold what they owe. */
function unmarkedSections(answer: Answer, marked: readonly CheckedSection[]): CheckedSection[] {
  const start = answer.outline.bodyStart;
  const span = { start, end: answer.text.length };
  const words = wordsOf(answer);
  const known = new Set(marked.map((section) => section.id));
  const missing = answer.framework.sections.filter((section) => !known.has(section.id));
  return missing.map((definition) => ({
    id: definition.id,
    title: definition.title,
    heading: wholeSpan(answer.text, start),
    body: span,
    span,
    words,
    isEmpty: words === 0,
    budgetSeconds: definition.budgetSeconds,
    speakingSeconds: speakingSeconds(words),
  }));
}

/** A heading's words without emphasis marks at its ends; a heading of nothing else keeps them. */
function headingSpan(text: string, title: Span): Span {
  const raw = text.slice(title.start, title.end);
  const lead = /^[\s*_]*/.exec(raw)?.[0].length ?? 0;
  const trail = /[\s*_:]*$/.exec(raw.slice(lead))?.[0].length ?? 0;
  return raw.length - lead - trail > 0 ? { start: title.start + lead, end: title.end - trail } : title;
}

function placedEvidence(answer: Answer): PlacedEvidence[] {
  const placed: PlacedEvidence[] = [];
  answer.chunks.forEach(({ offset, section, chunk, passedOver }, chunkIndex) => {
    if (chunk.evidence.length === 0) return;
    const places = placesIn(chunk);
    const sectionId = answer.sections[section]?.definition.id ?? null;
    const { evidence } = chunk;
    for (let index = 0; index < evidence.length; index++) {
      const item = evidence[index]!;
      if (passedOver && item.isAnswer !== true) continue;
      const place = places[item.block];
      if (!place) continue;
      const start = offset + item.start;
      const end = offset + item.end;
      const found: { -readonly [Key in keyof PlacedEvidence]: PlacedEvidence[Key] } = {
        kind: item.kind,
        start,
        end,
        section: sectionId,
        text: answer.text.slice(start, end),
        sectionIndex: section,
        chunk: chunkIndex,
        block: item.block,
        sentence: item.sentence,
        items: place.items,
        paragraph: place.paragraph,
        isRow: place.isRow,
        ownLabel: place.ownLabel,
        said: place.said,
        flow: place.flow + item.sentence,
        isListed: item.isListed,
      };
      if (item.value !== undefined) found.value = item.value;
      placed.push(found);
    }
  });
  return sortInPlace(placed, byPlace);
}

/** What evidence has from the block that it stands in. */
type BlockPlace = Pick<PlacedEvidence, 'items' | 'paragraph' | 'isRow' | 'ownLabel' | 'said' | 'flow'>;

const placesByChunk = new WeakMap<Chunk, readonly BlockPlace[]>();

/** By block; found once for each chunk, however often the answer around it is read again. */
function placesIn(chunk: Chunk): readonly BlockPlace[] {
  let places = placesByChunk.get(chunk);
  if (!places) {
    let flow = 0;
    places = chunk.blocks.map((block, index): BlockPlace => {
      const sentences = chunk.sentences[index] ?? 1;
      const place = {
        items: block.items,
        paragraph: block.paragraph,
        isRow: block.kind === 'row',
        ownLabel: block.labels.find((label) => label.source === 'own')?.text ?? null,
        said: { sentences, words: countRuns(block.text, block.ownLabel) },
        flow,
      };
      // Every block holds at least one sentence; blocks count on from one another so that "the next sentence" can cross a line.
      flow += Math.max(1, sentences);
      return place;
    });
    placesByChunk.set(chunk, places);
  }
  return places;
}

/** How many stretches blanks part a text into, from a place on: what splitting it at them would give. */
function countRuns(text: string, from: number): number {
  let count = 1;
  let wasBlank = false;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isBlank = code < 0xa0 ? code === 32 || (code >= 9 && code <= 13) : BLANK.test(text.charAt(at));
    if (isBlank && !wasBlank) count++;
    wasBlank = isBlank;
  }
  return count;
}

const BLANK = /\s/;

/** The calculations of an answer, with offsets in its text. */
function placedCalculations(answer: Answer): Calculation[] {
  return answer.chunks.flatMap(({ offset, chunk, passedOver }) =>
    passedOver ? [] : chunk.calculations.map((calculation) => placeCalculation(calculation, offset)),
  );
}

function toEvidence(item: PlacedEvidence): Evidence {
  const { kind, section, start, end, text, value } = item;
  return value === undefined ? { kind, section, start, end, text } : { kind, section, start, end, text, value };
}

function placeholdersOf(answer: Answer): DetectorInput['placeholders'] {
  return answer.chunks.flatMap(({ offset, section, chunk, passedOver }) => {
    if (passedOver) return [];
    return [...chunk.placeholders, ...chunk.tags]
      .sort((a, b) => a.start - b.start)
      .map((span) => ({ start: offset + span.start, end: offset + span.end, sectionIndex: section }));
  });
}

/** The opening of an answer: its first paragraph, or two sentences where that is shorter. */
function openingOf(answer: Answer): Span {
  for (const { offset, chunk, passedOver } of answer.chunks) {
    const first = passedOver ? undefined : chunk.blocks[0];
    if (!first) continue;
    const start = offset + sourceSpan(first, { start: 0, end: 1 }).start;
    // A one-sentence paragraph: the next one opens the answer too.
    const last = (chunk.sentences[0] ?? 1) >= 2 ? first : (chunk.blocks[1] ?? first);
    return { start, end: offset + last.sourceEnd };
  }
  return { start: 0, end: 0 };
}

function isForeign(answer: Answer): boolean {
  const counts = sumLanguage(answer.chunks.map(({ chunk }) => chunk.language));
  return isMostlyForeign(counts, () =>
    answer.chunks
      .map(({ chunk }) => chunk.sample)
      .join('\n')
      .slice(0, 6000),
  );
}

function languageFindings(
  text: string,
  recognized: Recognized,
  rubric: Rubric,
  levels: ReadonlyMap<string, Level>,
): Finding[] {
  const check = rubric.checks.find((candidate) => candidate.detector === 'unsupported-language');
  const level = check ? levels.get(check.id) : 'off';
  if (!check || !level || level === 'off') return [];
  return [
    {
      ...wholeSpan(text, recognized.outline.bodyStart),
      rule: check.id,
      severity: level,
      message: check.message,
      section: null,
      related: [],
    },
  ];
}

function runChecks(
  answer: Answer,
  sections: readonly CheckedSection[],
  evidence: readonly PlacedEvidence[],
  reference: Reference,
  rubric: Rubric,
  levels: ReadonlyMap<string, Level>,
  explain: boolean,
  timing: Timing | null,
  isOnePiece: boolean,
): { findings: Finding[]; outcomes: CheckOutcome[]; judgements: Judgement[]; problems: ReviewProblem[] } {
  const findings: Finding[] = [];
  const outcomes: CheckOutcome[] = [];
  const judgements: Judgement[] = [];
  const problems: ReviewProblem[] = [];
  const empty = new Set(emptySections(sections).map((section) => section.id));
  const { text, outline, framework, chunks } = answer;
  const placeholders = placeholdersOf(answer);
  const whole = wholeSpan(text, outline.bodyStart);
  const opening = openingOf(answer);
  const kinds = new Set(evidence.map((item) => item.kind));
  // One for each section that owns checks, as there are a hundred checks.
  const inputs = new Map<CheckedSection | null, DetectorInput>();
  const inputOf = (owner: CheckedSection | null): DetectorInput => {
    let input = inputs.get(owner);
    if (input) return input;
    input = {
      text,
      outline,
      framework,
      sections,
      evidence,
      chunks,
      reference,
      placeholders,
      owner,
      whole,
      timing,
      opening,
    };
    inputs.set(owner, input);
    return input;
  };
  const isLong = wordsOf(answer) >= LEAST_WORDS_TO_TELL;
  for (const check of rubric.checks) {
    const level = levels.get(check.id) ?? 'off';
    const detector = DETECTORS.get(check.detector);
    if (level === 'off' || !detector || (isOnePiece && detector.judgesSections)) continue;
    const ownerId = check.owner[answer.framework.id];
    const owner = ownerId === undefined ? null : ownerSection(sections, ownerId);
    if (ownerId === undefined && (detector.needsOwner || Object.keys(check.owner).length > 0)) continue;
    const judge = (
      state: Judgement['state'],
      unjudged: Judgement['unjudged'] = null,
      grounds: readonly Span[] = [],
    ): void => {
      if (explain)
        judgements.push({ rule: check.id, severity: level, section: ownerId ?? null, state, unjudged, grounds });
    };
    // No cascades: a section that is missing or empty has its one finding, and none of those that it owns.
    if (detector.needsOwner && (!owner || empty.has(owner.id))) {
      judge('not-applicable', owner ? 'section-empty' : 'section-missing');
      continue;
    }
    if (check.onlyWith.length > 0 && isLong && !check.onlyWith.some((kind) => kinds.has(kind))) {
      judge('not-applicable', 'no-occasion');
      continue;
    }
    try {
      const input = inputOf(owner);
      const detections = detector.detect(input, check.options, check);
      const holds = detections.length === 0;
      const applies = detector.applies?.(input, check.options, check) ?? true;
      if (applies && ownerId !== undefined) outcomes.push({ rule: check.id, severity: level, section: ownerId, holds });
      if (explain) {
        const pieces = applies ? groundsOf(detector, input, check, holds) : [];
        const grounds = pieces.map(({ start, end }) => ({ start, end }));
        // Words too weak to count once are no merit to praise, whatever they add up to.
        const isWeak = pieces.length > 0 && pieces.every(({ standsIn }) => standsIn === true);
        if (!applies) judge('not-applicable', 'no-occasion');
        else if (!holds) judge(grounds.length > 0 ? 'part' : 'missing', null, grounds);
        // A section that is not there has no faults either, which is no merit.
        else if (ownerId !== undefined && (!owner || empty.has(owner.id)))
          judge('not-applicable', owner ? 'section-empty' : 'section-missing');
        else judge(isWeak ? 'part' : 'met', null, grounds);
      }
      for (const detection of detections) findings.push(toFinding(check, detection, level));
    } catch (error) {
      problems.push({
        message: `The check ${check.id} failed: ${error instanceof Error ? error.message : String(error)}`,
        span: null,
      });
    }
  }
  return {
    findings: withoutEchoes(withoutEffects(withoutLesser(findings, rubric), rubric, framework)),
    outcomes,
    judgements,
    problems,
  };
}

/** Of two checks with one cause, the finding of the one that says more (`unless-told`). */
function withoutLesser(findings: readonly Finding[], { checks }: Rubric): readonly Finding[] {
  const told = new Set(findings.map(({ rule }) => rule));
  const lesser = new Set(
    checks
      .filter(({ id, unlessTold }) => told.has(id) && unlessTold.some((rule) => told.has(rule)))
      .map(({ id }) => id),
  );
  return lesser.size === 0 ? findings : findings.filter(({ rule }) => !lesser.has(rule));
}

/** An answer that opens with its technology, in a section that comes too early, has one finding: the order follows from the opening. */
function withoutEffects(findings: readonly Finding[], { checks }: Rubric, { sections }: Framework): readonly Finding[] {
  const rulesOf = (detector: string) =>
    new Set(checks.filter((check) => check.detector === detector).map(({ id }) => id));
  const openings = rulesOf('opening');
  const opened = findings.find(({ rule, section }) => openings.has(rule) && section !== null);
  const first = sections[0]?.id;
  if (!opened || opened.section === first) return findings;
  const orders = rulesOf('section-order');
  return findings.filter(({ rule, section }) => !orders.has(rule) || (section !== opened.section && section !== first));
}

function groundsOf(detector: Detector, input: DetectorInput, check: Check, holds: boolean): readonly PlacedEvidence[] {
  if (detector.grounds) return detector.grounds(input, check.options, check, holds);
  return holds ? [] : input.evidence.filter((item) => check.part.includes(item.kind));
}

/** The section that owns a check: of two with one id, the first that is filled. */
function ownerSection(sections: readonly CheckedSection[], id: string): CheckedSection | null {
  const same = sections.filter((section) => section.id === id);
  return same.find((section) => !section.isEmpty) ?? same[0] ?? null;
}

function toFinding(check: Check, detection: Detection, level: Severity): Finding {
  const names = detection.names ?? {};
  return {
    rule: check.id,
    severity: detection.severity ?? level,
    message: (detection.message ?? check.message).replace(/\{(\w+)\}/g, (whole, name: string) =>
      quoteShort(names[name] ?? whole),
    ),
    start: detection.start,
    end: detection.end,
    section: detection.section,
    ...(detection.about === undefined ? {} : { about: detection.about }),
    related: detection.related ?? [],
    ...(detection.fix ? { fix: detection.fix } : {}),
  };
}

/** Of two findings of one rule that say the same on overlapping words, the first. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const last = new Map<string, Finding>();
  return [...findings]
    .sort((a, b) => a.start - b.start)
    .filter((finding) => {
      const key = `${finding.rule}\n${finding.message}`;
      const earlier = last.get(key);
      if (earlier && (overlaps(earlier, finding) || (earlier.start === finding.start && earlier.end === finding.end)))
        return false;
      last.set(key, finding);
      return true;
    });
}

function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      a.start - b.start ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      (a.rule < b.rule ? -1 : 1),
  );
}
