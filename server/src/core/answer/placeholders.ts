import type { Span } from './spans.js';

/** HTML that writers use in markdown; any other tag-like text is a hint to fill in. */
const HTML_TAGS = new Set(
  'a abbr article aside audio b base blockquote body br button center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label li link main mark meta nav ol p picture pre q s samp script section select small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead tr tt u ul var video'.split(
    ' ',
  ),
);

// "<who, in which situation>": an opening sign and a letter, no line break, at most 160 units. Digits after the sign are comparisons ("<2 s").
const HINT = /<\/?([A-Za-z][\w-]*)([^<>\n]{0,160})>/g;
// What stands directly before one that is a variable part of an address or a name ("example.org/<code>").
const PART_OF_ADDRESS = /[/=._]/;
// The templates' hints: "‹who, in which situation›". Unlike tags, they are seen in a preview.
// A run of underscores that ends in a slanted stroke is a line of a drawing.
// "TODO", "TBD", "XX", "XX%", "___", "$XX", "$0.XX", "$…", "$___", "[fill in]", "[your answer]".
const BLANKS =
  /‹[^‹›\n]{1,160}›|\$(?:…|\.{3}|_{2,}|\d{0,6}\.?[xX]{1,3}(?![\w])|\?+)|(?<![\w/\\])(?:TODO|TBD|TBA|FIXME)(?!\w)|(?<![\w-])[X]{2,4}(?![\w-])|(?<![\w_\\])_{3,}(?![\w_\\]|\/(?!\w))|\[(?:fill in|insert|your|todo|tbd|add)\b[^\]\n]{0,60}\]/g;

/** The unfilled placeholders in a stretch of plain text: `‹hints›`, `<hints>`, TODO, TBD, XX, ___, `$…`. Links, addresses and HTML tags are none. */
export function findPlaceholders(text: string): Span[] {
  const spans: Span[] = [];
  if (text.includes('<')) {
    for (const match of text.matchAll(HINT)) {
      if (isHint(match[1] ?? '', match[2] ?? '') && !PART_OF_ADDRESS.test(text.charAt(match.index - 1)))
        spans.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  const hints = [...spans];
  let hint = 0;
  // Most texts have none, and a search that starts once more costs less than an iterator.
  BLANKS.lastIndex = 0;
  for (let match = BLANKS.exec(text); match !== null; match = BLANKS.exec(text)) {
    while (hint < hints.length && (hints[hint]?.end ?? 0) <= match.index) hint++;
    const isInHint = (hints[hint]?.start ?? Infinity) <= match.index;
    if (!isInHint && !isQuotedGap(text, match.index))
      spans.push({ start: match.index, end: match.index + match[0].length });
  }
  return spans.length < 2 ? spans : spans.sort((a, b) => a.start - b.start);
}

/** Whether a gap stands inside a quotation, as in “a badge ‘made with ___’”: the gap is what the quoted words are to have. */
function isQuotedGap(text: string, at: number): boolean {
  if (text.charAt(at) !== '_') return false;
  const nearby = text.slice(Math.max(0, at - LONGEST_QUOTATION), at);
  const before = nearby.slice(nearby.lastIndexOf('\n') + 1);
  return before.lastIndexOf('“') > before.lastIndexOf('”') || (before.split('"').length - 1) % 2 === 1;
}

/** UTF-16 units before a gap that are looked at for the opening mark: a line of a megabyte may hold thousands of gaps. */
const LONGEST_QUOTATION = 120;

/** Words by which a hint asks for something, or tells that it does. */
const ASKS =
  /\b(?:who|whom|whose|what|which|how|when|where|why|you|your|our|my|e\.?g|etc|for example|number|insert|describe|name of|or)\b/i;

/** Whether a tag of this name and with this rest is a hint to fill in and no HTML, autolink or generic type. */
export function isHint(name: string, rest: string): boolean {
  if (HTML_TAGS.has(name.toLowerCase())) return false;
  if (/^[:@]|=\s*["']|^\/?\s*$/.test(rest) && !/^\s*$/.test(rest)) return false;
  // A tuple ("<user, item>", "<query document, any document beside it>"): names between its commas, where a hint asks or tells what to write.
  if (rest.includes(',') && !ASKS.test(name + rest)) return false;
  // One capitalized or dotted word is more likely a type or a tag of someone's own ("List<String>", "<UserCard>").
  if (/^\s*\/?$/.test(rest)) return /^[a-z]+(?:-[a-z]+)*$/.test(name);
  return true;
}

/** The text with its placeholders blanked, so that offsets stay. */
export function blankPlaceholders(text: string, placeholders: readonly Span[]): string {
  let blanked = '';
  let at = 0;
  for (const { start, end } of placeholders) {
    blanked += text.slice(at, start) + ' '.repeat(end - Math.max(at, start));
    at = end;
  }
  return blanked + text.slice(at);
}
