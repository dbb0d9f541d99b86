import type { Root } from 'mdast';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import remarkParse from 'remark-parse';
import { unified, type Processor } from 'unified';

let processor: Processor<Root> | null = null;

/** Parses any markdown, with the two parts of GFM that change what a statement is: tables and struck-out text. Never throws. */
export function parseMarkdown(markdown: string): Root {
  processor ??= createParser();
  return processor.parse(markdown);
}

function createParser(): Processor<Root> {
  const parser = unified().use(remarkParse);
  const data = parser.data();
  data.micromarkExtensions = [gfmTable(), gfmStrikethrough()];
  data.fromMarkdownExtensions = [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown()];
  return parser.freeze() as unknown as Processor<Root>;
}
