import { readFrontMatter, type FrontMatter } from './answer/frontMatter.js';
import { readOutline, type Outline } from './answer/outline.js';
import { findSections, frameworkOf, makeAnAnswer, type FoundSection } from './answer/sections.js';
import { nearestName } from './nearestName.js';
import type { Framework, Rubric } from './rubric/types.js';
import type { Settings } from './settings.js';

/** How a text was recognized as an answer. */
export interface Recognition {
  /** Null where the front matter names a framework that no rubric has. */
  readonly framework: Framework | null;
  readonly by: 'front-matter' | 'file' | 'headings' | 'forced';
}

/** What recognizing already read, for the review to go on with. */
export interface Recognized extends Recognition {
  readonly outline: Outline;
  readonly frontMatter: FrontMatter;
}

/**
 * Tells whether a text is an answer, and to which framework, by its front matter, its file name (`fileName` is the last part of its path) or
 * its headings, in that order. Null: no answer. It reads lines, not markdown, so it is cheap enough for every markdown file that is opened.
 */
export function recognize(
  text: string,
  fileName: string,
  rubric: Rubric,
  settings: Settings,
  matchesFiles = false,
): Recognition | null {
  const found = recognizeWith(text, { fileName, matchesFiles }, rubric, settings);
  return found && { framework: found.framework, by: found.by };
}

/** The same, with what was read on the way; `forced` is the id of a framework that is taken as given. */
export function recognizeWith(
  text: string,
  given: { readonly fileName?: string; readonly matchesFiles?: boolean; readonly forced?: string },
  rubric: Rubric,
  settings: Settings,
): Recognized | null {
  // A NUL character means a binary file that was opened as text.
  if (text.includes('\u0000')) return null;
  const outline = readOutline(text);
  const named =
    outline.frontMatter &&
    /^\s*framework\s*:/m.test(text.slice(outline.frontMatter.yaml.start, outline.frontMatter.yaml.end));
  // The YAML reader is run only for files that may be answers: the outline of any other costs a fraction of it.
  const read = () => readFrontMatter(text, outline);
  if (given.forced !== undefined) {
    return { framework: frameworkOf(rubric, given.forced), by: 'forced', outline, frontMatter: read() };
  }
  const byFile = given.matchesFiles === true || /\.answer\.(?:md|markdown)$/i.test(given.fileName ?? '');
  if (named) {
    const frontMatter = read();
    const framework = frontMatter.framework && frameworkOf(rubric, frontMatter.framework.id);
    if (framework || (frontMatter.framework && (byFile || meansAnAnswer(text, outline, frontMatter, rubric)))) {
      return { framework, by: 'front-matter', outline, frontMatter };
    }
  }
  if (byFile) {
    const inferred = inferFramework(text, outline, rubric, true);
    return {
      framework: inferred ?? frameworkOf(rubric, settings.defaultFramework),
      by: 'file',
      outline,
      frontMatter: read(),
    };
  }
  const framework = inferFramework(text, outline, rubric, false, settings.defaultFramework);
  return framework && { framework, by: 'headings', outline, frontMatter: read() };
}

/**
 * Whether a text whose front matter names a framework that no rubric has is meant as an answer all the same: the name is near a known one, only fields
 * of an answer stand beside it, or a heading names a section. `framework: Next.js` in a page of a website is none of our business.
 */
function meansAnAnswer(text: string, outline: Outline, frontMatter: FrontMatter, rubric: Rubric): boolean {
  const ids = rubric.frameworks.map((framework) => framework.id);
  if (nearestName(frontMatter.framework?.id ?? '', ids) !== null) return true;
  if (frontMatter.isAnswersOwn || frontMatter.question !== null || frontMatter.rules.length > 0) return true;
  return rubric.frameworks.some((framework) => {
    const sections = findSections(text, outline, framework, true).filter((section) => section.entry.form === 'heading');
    return sections.length >= 2 || sections.some((section) => !section.ordinary);
  });
}

/** The framework with the most of its sections in the text; null where none has enough. */
function inferFramework(
  text: string,
  outline: Outline,
  rubric: Rubric,
  declared: boolean,
  preferred?: string,
): Framework | null {
  let best: Framework | null = null;
  let bestScore = 0;
  for (const framework of rubric.frameworks) {
    const sections = findSections(text, outline, framework, declared);
    if (declared ? sections.length === 0 : !makeAnAnswer(sections, framework)) continue;
    const score = scoreOf(sections) + (framework.id === preferred ? 0.5 : 0);
    if (score > bestScore) {
      best = framework;
      bestScore = score;
    }
  }
  return best;
}

/** Sections found, telling ones counted twice. */
function scoreOf(sections: readonly FoundSection[]): number {
  const ids = new Set(sections.map((section) => section.definition.id));
  const telling = new Set(sections.filter((section) => !section.ordinary).map((section) => section.definition.id));
  return ids.size + telling.size;
}
