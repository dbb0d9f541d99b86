import { insertSectionEdit, type Review, type SectionInsertion } from '../core/index.js';

/** Where a section goes in a reviewed answer, and what is written there; null where its framework has no such section. */
export function insertionOf(text: string, review: Review, section: string): SectionInsertion | null {
  if (!review.framework) return null;
  const placed = review.sections.map(({ id, start, end }) => ({ id, span: { start, end } }));
  return insertSectionEdit(text, review.framework, placed, section);
}
