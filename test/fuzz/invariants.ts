import {
  answerPlace,
  answerTemplate,
  completeAt,
  createReviewCache,
  DEFAULT_SETTINGS,
  extendRubric,
  hoverAt,
  judgeQuestions,
  LineIndex,
  openQuestions,
  plainText,
  quickFixes,
  recognize,
  review,
  type Review,
  type ReviewOptions,
  type Rubric,
  type Span,
  type TextEdit,
  type Timing,
} from '../../server/src/core/index.js';
import { mutate, type Mutation } from './documents.js';

/** Texts to start from: the skeletons, every example of every check, and what the caller adds. */
export function startingTexts(rubric: Rubric, more: readonly string[] = []): string[] {
  const skeletons = rubric.frameworks.map((framework) => plainText(answerTemplate(framework)));
  const examples = rubric.checks.flatMap(({ examples: { bad, good } }) => [...bad, ...good].map(({ text }) => text));
  return ['', ...skeletons, ...more, ...examples];
}

/** Reads a text in every way, and throws an error that says what does not hold. */
export function checkDocument(text: string, rubric: Rubric): void {
  const ways: ReviewOptions[] = [
    {},
    { fileName: 'a.answer.md' },
    ...rubric.frameworks.map(({ id }) => ({ framework: id })),
    ...rubric.frameworks.map(({ id, sections }) => ({ framework: id, timing: longRound(sections) })),
  ];
  recognize(text, 'a.md', rubric, DEFAULT_SETTINGS);
  for (const options of ways) checkReview(text, review(text, rubric, DEFAULT_SETTINGS, options), rubric);
}

/** A round in which the first section took an hour and the others nothing. */
function longRound([first]: readonly { readonly id: string }[]): Timing {
  return { usedSeconds: first ? { [first.id]: 3600 } : {}, finished: true };
}

/** Types a sequence of changes with a cache, and throws unless each reading is what a whole one gives. */
export function checkEdits(base: string, changes: readonly Mutation[], rubric: Rubric): void {
  const cache = createReviewCache();
  const options: ReviewOptions = { framework: 'five-step' };
  let text = base;
  for (const change of changes) {
    text = mutate(text, change);
    const incremental = JSON.stringify(review(text, rubric, DEFAULT_SETTINGS, { ...options, cache }));
    const whole = JSON.stringify(review(text, rubric, DEFAULT_SETTINGS, options));
    if (incremental !== whole) throw new Error(`With a cache, another review: ${firstDifference(incremental, whole)}`);
  }
}

/** Reads a text as a rubric file over the built-in rubric, and reviews with what is good in it. */
export function checkRubricFile(text: string, path: string, answer: string, rubric: Rubric): void {
  const extended = extendRubric(rubric, [{ path, text }]);
  for (const problem of extended.problems) checkSpan(problem, text, `rubric problem "${problem.message}"`);
  checkReview(answer, review(answer, extended.rubric, DEFAULT_SETTINGS), extended.rubric);
}

function checkReview(text: string, found: Review, rubric: Rubric): void {
  const fault = found.problems.find(({ message }) =>
    /\b(undefined|null|NaN|\[object)\b|is not a function/.test(message),
  );
  if (fault) throw new Error(`A problem that no writer can mend: ${fault.message}`);

  for (const section of found.sections) {
    checkSpan(section, text, `section ${section.id}`);
    checkSpan(section.heading, text, `heading of ${section.id}`);
    checkSpan(section.body, text, `body of ${section.id}`);
    for (const value of [section.words, section.budgetSeconds, section.speakingSeconds]) checkNumber(value, section.id);
    if (section.score !== null) checkPercent(section.score, `score of ${section.id}`);
  }
  for (const evidence of found.evidence) {
    checkSpan(evidence, text, `evidence ${evidence.kind}`);
    if (text.slice(evidence.start, evidence.end) !== evidence.text)
      throw new Error(`${evidence.kind} quotes other words than its range holds`);
    if (evidence.value) checkNumber(evidence.value.value, evidence.kind);
  }
  for (const finding of found.findings) {
    checkSpan(finding, text, `finding ${finding.rule}`);
    if (finding.message.trim() === '' || /\{\w+\}|\n/.test(finding.message))
      throw new Error(`${finding.rule} says "${finding.message}"`);
    for (const place of finding.related) checkSpan(place, text, `place related to ${finding.rule}`);
  }
  if (found.score) checkPercent(found.score.total, 'score');
  for (const { span, message } of found.problems) if (span) checkSpan(span, text, `problem "${message}"`);

  // What the editor asks for, at the places where it asks.
  for (const finding of found.findings.slice(0, 5)) {
    for (const fix of quickFixes(text, found, finding)) checkEditsFit(fix.edits, text, fix.title);
    hoverAt(text, found, rubric, finding.start);
  }
  const sections = (found.framework?.sections ?? []).map(({ id }) => id);
  for (const { rule, section, questions } of openQuestions(found, rubric, sections)) {
    const question = questions[0];
    if (question === undefined || !sections.includes(section))
      throw new Error(`${rule} asks nothing, or of ${section}`);
    const place = answerPlace(text, found, { section, question });
    if (place) checkSpan({ start: place.offset, end: place.offset }, text, `the answer to ${rule}`);
    const [outcome] = judgeQuestions(text, found, rubric, [{ rule, section, question }]);
    if (outcome?.isAnswered) throw new Error(`${rule} is open, and is answered`);
  }
  const lines = new LineIndex(text);
  for (const offset of [0, Math.floor(text.length / 2), text.length]) {
    hoverAt(text, found, rubric, offset);
    for (const completion of completeAt(text, rubric, DEFAULT_SETTINGS, offset, found))
      checkSpan(completion.replace, text, completion.label);
    const position = lines.toPosition(offset);
    if (position.line >= lines.lineCount) throw new Error(`Offset ${offset} is on no line`);
  }
}

function checkEditsFit(edits: readonly TextEdit[], text: string, title: string): void {
  let end = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    checkSpan(edit, text, `fix "${title}"`);
    if (edit.start < end) throw new Error(`The edits of "${title}" overlap`);
    end = edit.end;
  }
}

function checkSpan({ start, end }: Span, text: string, what: string): void {
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end < start || end > text.length) {
    throw new Error(`The range ${start}–${end} of ${what} is not inside the text of ${text.length}`);
  }
}

function checkNumber(value: number, what: string): void {
  if (!Number.isFinite(value) || value < 0) throw new Error(`${what} has the number ${value}`);
}

function checkPercent(value: number, what: string): void {
  if (!(value >= 0 && value <= 100)) throw new Error(`${what} is ${value}`);
}

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (a[at] === b[at]) at++;
  return `…${a.slice(Math.max(0, at - 60), at + 60)}… instead of …${b.slice(Math.max(0, at - 60), at + 60)}…`;
}
