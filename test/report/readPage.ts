/** A tag of a page, with the text that stands directly or further down in it. */
export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The names of the tags around it, the outermost first. */
  readonly parents: readonly string[];
  text: string;
}

const VOID = new Set(['meta', 'link', 'img', 'br', 'hr', 'input', 'base', 'embed']);

/**
 * Reads a page the way a browser's tokenizer does: tags with quoted attributes, raw text in style and script, character references. It throws where a
 * page is not as we write it (a tag that is not closed, an attribute without quotes), since there a browser would have to guess.
 */
export function readPage(page: string): Tag[] {
  const tags: Tag[] = [];
  const open: Tag[] = [];
  let at = 0;
  while (at < page.length) {
    const next = page.indexOf('<', at);
    const text = decode(page.slice(at, next < 0 ? page.length : next));
    for (const tag of open) tag.text += text;
    if (next < 0) break;
    if (/^<!doctype html>/i.test(page.slice(next, next + 16))) {
      at = next + 15;
      continue;
    }
    const tag = /^<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<]*")?)*)\s*(\/?)>/.exec(page.slice(next));
    if (!tag) throw new Error(`No tag of ours: ${page.slice(next, next + 80)}`);
    const [whole, isEnd, name = '', written = '', selfClosed] = tag;
    at = next + whole.length;
    if (isEnd) {
      const last = open.pop();
      if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name}>`);
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const [, key = '', value = ''] of written.matchAll(/([a-zA-Z][a-zA-Z0-9:-]*)(?:="([^"<]*)")?/g))
      attributes[key] = decode(value);
    const made: Tag = { name, attributes, parents: open.map((parent) => parent.name), text: '' };
    tags.push(made);
    if (selfClosed || VOID.has(name)) continue;
    if (name === 'style' || name === 'script') {
      at = page.indexOf(`</${name}>`, at) + name.length + 3;
      continue;
    }
    open.push(made);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)!.name}> is not closed`);
  return tags;
}

/** All that a person reads, blanks folded. */
export function textOf(tags: readonly Tag[]): string {
  return (tags.find(({ name }) => name === 'body')?.text ?? '').replace(/\s+/g, ' ');
}

function decode(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) throw new Error(`A character reference that is none: ${text}`);
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
