/** The headings that a text is searched for, folded for comparing. */
export type KnownHeadings = ReadonlySet<string>;

/** Folds the titles and aliases of the frameworks' sections, once. */
export function foldHeadings(headings: readonly string[]): KnownHeadings {
  return new Set(headings.map(fold).filter((heading) => heading !== ''));
}

/**
 * Whether a markdown text may be an answer, so that the server is worth starting. It errs on the side of yes: the server decides, and a
 * wrong yes costs an idle server, while a wrong no loses an answer. Two different section headings are enough, in any form
 * that a heading or lead-in can take; or a front matter with a framework; or the file's name.
 */
export function mayBeAnswer(text: string, fileName: string, known: KnownHeadings): boolean {
  if (/\.answer\.(?:md|markdown)$/i.test(fileName)) return true;
  const head = text.slice(0, FARTHEST);
  return namesFramework(head) || hasHeadings(head, known);
}

/** Characters that are looked at; an answer has its headings long before. */
const FARTHEST = 200_000;

/** A line of the front matter that begins with "framework:". */
function namesFramework(text: string): boolean {
  const opening = /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)/.exec(text);
  if (!opening) return false;
  for (const line of linesOf(text, opening[0].length)) {
    if (/^["']?framework["']?[ \t]*:/.test(line)) return true;
    if (/^(?:---|\.\.\.)[ \t]*$/.test(line)) return false;
  }
  return false;
}

function hasHeadings(text: string, known: KnownHeadings): boolean {
  const found = new Set<string>();
  for (const line of linesOf(text, 0)) {
    for (const candidate of candidatesIn(line)) {
      if (known.has(candidate)) found.add(candidate);
    }
    if (found.size >= 2) return true;
  }
  return false;
}

/** The beginnings of a line that may be a heading: up to each separator, and as a whole. */
function candidatesIn(line: string): string[] {
  const words = line
    .slice(0, LONGEST_LINE)
    .replace(/<!--.*?-->/g, ' ')
    .replace(/[([].*?[)\]]/g, '|')
    // What may stand before the words: #, list marks, bold, emoji, "Step 2:", "1.2", "P —".
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/^(?:step|part|section|phase|stage|question)\s+\w{1,5}\b[^\p{L}\p{N}]*/iu, '')
    .replace(/^\d{1,2}(?:\.\d{1,2})*[^\p{L}\p{N}]+/u, '')
    .replace(/^\p{L}[^\p{L}\p{N}'’]+(?=\p{L}{3})/u, '');
  if (words === '') return [];
  const parts = words.split(/\s*(?:[:|]|\*\*|__|\s[–—-]+\s|[.,](?=\s|$))\s*/u, 4);
  const candidates = parts.map(fold);
  candidates.push(fold(words));
  return candidates.filter((candidate) => candidate !== '' && candidate.length <= LONGEST_HEADING);
}

const LONGEST_LINE = 300;
const LONGEST_HEADING = 80;

/** Letters and digits in lower case, articles dropped, "&" read as "and", plurals and their singulars made one. */
function fold(heading: string): string {
  const words = heading
    .toLowerCase()
    .replace(/[’']s\b/g, '')
    .replace(/&|\+|\//g, ' and ')
    .match(/[\p{L}\p{N}]+/gu);
  if (!words) return '';
  return words
    .filter((word) => !/^(?:a|an|the|our|my)$/.test(word))
    .map((word) => (word.length > 3 ? word.replace(/ies$/, 'y').replace(/(?<![su])s$/, '') : word))
    .join(' ');
}

function* linesOf(text: string, from: number): Generator<string> {
  for (let start = from; start < text.length;) {
    let end = start;
    while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
    yield text.slice(start, end);
    start = end + 1;
  }
}
