/** How long what a message quotes may be, in UTF-16 units. */
export const LONGEST_QUOTE = 90;
/** To how much a longer one is cut. */
const CUT_QUOTE = 80;

/** A writer's words inside a message: on one line, without marks of emphasis, code, links and tables, cut at about 80 units. */
export function quoteShort(words: string): string {
  const line = words
    .replace(/\]\([^)\s]*\)?|\*\*|__|[`[]/g, '')
    .replace(/\s*\|\s*/g, ', ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > LONGEST_QUOTE ? `${cutAtWord(line, CUT_QUOTE)}…` : line;
}

/** The first so many UTF-16 units of a text, without the word that they may cut in two. */
export function cutAtWord(text: string, most: number): string {
  return text.slice(0, most).replace(/\s+\S*$/, '');
}
