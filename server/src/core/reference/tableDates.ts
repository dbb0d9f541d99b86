import type { PlacedEvidence } from '../checks/detectors.js';
import { modelsIn, sentenceOf, type Readable } from '../checks/sentenceOf.js';
import type { ReferenceTable } from '../rubric/types.js';
import type { ReviewProblem } from '../types.js';
import type { Reference } from './reference.js';

/**
 * Whether a table is more than a year old on a day. A table of a month or a year is taken to be of its last day, so that nobody is warned too
 * soon; one without a date never is.
 */
export function isStale(table: ReferenceTable, today: string): boolean {
  const [year, month = '12', day = '31'] = table.date.split('-');
  if (!year || !/^\d{4}-\d{2}-\d{2}$/.test(today)) return false;
  return today > `${String(Number(year) + 1).padStart(4, '0')}-${month}-${day}`;
}

/** Whether a table's day, or the first day of its month or year, is yet to come. */
export function isOfFuture(table: ReferenceTable, today: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(today) && table.date > today.slice(0, table.date.length);
}

/** Says of each table that is old, or dated in the future, once, at the first price in the answer that it is compared with, of when it is. */
export function tableDateProblems(answer: Readable, today: string | undefined): ReviewProblem[] {
  if (today === undefined) return [];
  const doubtful = doubtfulTables(answer.reference, today);
  if (doubtful.size === 0) return [];
  const problems: ReviewProblem[] = [];
  for (const item of answer.evidence) {
    if (doubtful.size === 0) break;
    if (!isTokenPrice(item)) continue;
    const models = modelsIn(answer, sentenceOf(answer, item), []) ?? [];
    for (const { entry } of models) {
      if (!entry.table || !doubtful.delete(entry.table)) continue;
      const { title, date } = entry.table;
      const doubt = isOfFuture(entry.table, today)
        ? 'which is yet to come: see whether this is the right date'
        : 'more than a year old: see whether they still hold';
      problems.push({
        message: `The reference figures “${title}” are from ${date}, ${doubt}`,
        span: { start: item.start, end: item.end },
      });
    }
  }
  return problems;
}

function doubtfulTables(reference: Reference, today: string): Set<ReferenceTable> {
  const tables = reference.entries.flatMap(({ table }) =>
    table && (isStale(table, today) || isOfFuture(table, today)) ? [table] : [],
  );
  return new Set(tables);
}

function isTokenPrice({ kind, value }: PlacedEvidence): boolean {
  return kind === 'money' && value?.per.length === 1 && value.per[0]?.unit === 'token';
}
