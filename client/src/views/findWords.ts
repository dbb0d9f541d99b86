/**
 * Where words stand in a text that may have changed since they were seen: of their places the one nearest to where they were, or null where they are gone.
 *
 * @param offset where they began.
 */
export function findWords(text: string, words: string, offset: number): { start: number; end: number } | null {
  if (words === '') return null;
  const after = text.indexOf(words, Math.max(0, offset));
  const before = text.lastIndexOf(words, Math.max(0, offset));
  const isBefore = before >= 0 && (after < 0 || offset - before < after - offset);
  const start = isBefore ? before : after;
  return start < 0 ? null : { start, end: start + words.length };
}
