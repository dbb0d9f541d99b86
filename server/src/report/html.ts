/** Markup that may stand in a page as it is. Only this file makes it, so that whatever a writer wrote is text and never markup. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What can stand in a template: text is escaped, markup is not, a list is one after another, and null and false are nothing. */
export type Content = string | number | Markup | null | false | readonly Content[];

/**
 * Markup from a template whose values are escaped: they are text between tags, or the value of an attribute in double quotes. There is no template for
 * the inside of a script or a style, where escaping would not help.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = parts[0] ?? '';
  values.forEach((value, index) => {
    text += toText(value) + (parts[index + 1] ?? '');
  });
  return new Markup(text);
}

/** A text as it stands in HTML, between tags or in an attribute's quotes. Characters that HTML forbids become U+FFFD. */
export function escape(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

/** Control characters other than blanks, halves of surrogate pairs, and U+FFFE and U+FFFF. */
const FORBIDDEN =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function toText(content: Content): string {
  if (content === null || content === false) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'string') return escape(content);
  if (typeof content === 'number') return escape(String(content));
  return content.map(toText).join('');
}
