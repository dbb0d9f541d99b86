/** What the shells (language server, command line) may use of the engine. */
export { secondsOfBudget } from './answer/budget.js';
export { LineIndex, overlaps, contains, type Position, type Range, type Span } from './answer/spans.js';
export { completeAt, type Completion } from './complete.js';
export { conversionsAt, type Conversions } from './conversions.js';
export { costModelProblem, costModelTable, tiersOf, type CostModelInput, type Tier } from './costModel.js';
export { quickFixes, type QuickFix } from './fixes.js';
export { expectShortRun } from './rubric/patternMemory.js';
export { hoverAt, type Hover } from './hover.js';
export { inlayHintsIn, type InlayHint } from './inlayHints.js';
export { insertBlock } from './insertBlock.js';
export { nearestName } from './nearestName.js';
export {
  answerPlace,
  judgeQuestions,
  openQuestions,
  type AnswerPlace,
  type AskedQuestion,
  type OpenQuestion,
  type QuestionOutcome,
} from './openQuestions.js';
export { rulePageUrl } from './pages.js';
export { recognize, type Recognition } from './recognize.js';
export {
  figureNamed,
  modelMentions,
  modelNamed,
  referenceFor,
  referenceIn,
  type ModelMention,
  type Reference,
  type ReferenceEntry,
} from './reference/reference.js';
export { checkOf, createReviewCache, review, type ReviewCache, type ReviewOptions } from './review.js';
export * from './report/buildReport.js';
export type { Quote } from './report/quotes.js';
export { builtInRubric } from './rubric/builtIn.js';
export { levelSeconds } from './plannedFramework.js';
export { extendRubric } from './rubric/extendRubric.js';
export * from './rubric/types.js';
export { byWeight, worstGap } from './score.js';
export * from './settings.js';
export {
  answerTemplate,
  budgetText,
  insertSectionEdit,
  plainText,
  sectionTemplate,
  type SectionInsertion,
} from './templates.js';
export * from './types.js';
