import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin as BundlePlugin } from 'esbuild';
import { MATCHER, matcherFile, matcherModule } from './assembleMatcher.js';
import { escapeNonAscii } from './escapeNonAscii.js';
import { LineIndex } from '../server/src/core/answer/spans.js';
import { CHECK_TEXTS, KIND_TEXTS, PATTERN_FIELDS } from '../server/src/core/rubric/laterParts.js';
import { compileRubric } from '../server/src/core/rubric/compileRubric.js';
import { packPatterns } from '../server/src/core/rubric/packedPatterns.js';
import type { Rubric, RubricProblem, RubricSource } from '../server/src/core/rubric/types.js';
import type { QuestionInfo } from '../server/src/protocol.js';

/** The folder of the built-in rubric files. */
export const RUBRICS_FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'rubrics');

/** The built-in rubric files with their folders, in a fixed order, so that the same files always make the same rubric. */
export function readBuiltInSources(): { sources: RubricSource[]; folders: string[] } {
  const entries = readdirSync(RUBRICS_FOLDER, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && extname(entry.name) === '.yaml');
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  return {
    sources: paths.map((path) => ({
      path: `rubrics/${relative(RUBRICS_FOLDER, path).split(sep).join('/')}`,
      text: readFileSync(path, 'utf8'),
    })),
    folders: [RUBRICS_FOLDER, ...folders],
  };
}

/**
 * Compiles the built-in rubric files.
 *
 * @throws an error that lists every problem as `path:line:column: message`: a built-in file has none when it is shipped.
 */
export function compileBuiltInRubric(sources: readonly RubricSource[] = readBuiltInSources().sources): Rubric {
  const { rubric, problems } = compileRubric(sources);
  if (problems.length > 0) throw new Error(list(problems, sources));
  return rubric;
}

/** The words that `design-answers:headings` holds: every section title and alias of the frameworks, in lower case. */
export function headingsOf(rubric: Rubric): string[] {
  const titles = rubric.frameworks.flatMap((framework) =>
    framework.sections.flatMap((section) => [section.title, ...section.aliases, ...section.ordinaryAliases]),
  );
  return [...new Set(titles.map((title) => title.toLowerCase()))].sort();
}

/** What `design-answers:questions` holds: the question bank, as the client lists it. */
export function questionsOf(rubric: Rubric): QuestionInfo[] {
  return rubric.questions.map(({ id, title, text, category, framework }) => ({ id, title, text, category, framework }));
}

/**
 * For esbuild: `design-answers:rubric` (the compiled rubric), `design-answers:headings` (a list of words), `design-answers:questions` and `design-answers:matcher`.
 *
 * @param options.file where to write the rubric, for a CommonJS bundle in the same folder to read when it starts, with its patterns beside it, linked and packed:
 *   a text of a megabyte inside a program is compiled with it, which takes longer than reading a file.
 * @param options.draft problems are warnings, and what is good is used: a half-written check must not stop someone's other work.
 */
export function rubricPlugin({ draft = false, file }: { draft?: boolean; file?: string } = {}): BundlePlugin {
  return {
    name: 'rubric',
    setup(build) {
      build.onResolve({ filter: /^design-answers:/ }, ({ path }) => ({ path, namespace: 'rubric' }));
      build.onLoad({ filter: /./, namespace: 'rubric' }, async ({ path }) => {
        if (path === MATCHER) return { contents: await matcherModule(), watchFiles: [matcherFile] };
        const { sources, folders } = readBuiltInSources();
        const { rubric, problems } = compiledOnce(sources);
        if (file !== undefined && path === 'design-answers:rubric') {
          mkdirSync(dirname(file), { recursive: true });
          writeRubric(file, rubric);
        }
        const messages = problems.length > 0 ? [{ text: list(problems, sources) }] : [];
        return {
          watchFiles: sources.map((source) => join(RUBRICS_FOLDER, '..', source.path)),
          watchDirs: folders,
          ...(draft || problems.length === 0
            ? {
                contents:
                  file !== undefined && path === 'design-answers:rubric'
                    ? readsFile(file)
                    : virtualModule(path, rubric),
                warnings: messages,
              }
            : { errors: messages }),
        };
      });
    },
  };
}

/**
 * The same modules for Vite, and so for Vitest. Problems are printed, and what is good is used; that there are none is tested where
 * the bundles are. Typed by shape, so that Vite need not be a dependency of its own.
 */
export function viteRubricPlugin() {
  return {
    name: 'rubric',
    resolveId(id: string): string | undefined {
      return id.startsWith('design-answers:') ? `\0${id}` : undefined;
    },
    async load(this: { addWatchFile(path: string): void }, id: string): Promise<string | undefined> {
      if (!id.startsWith('\0design-answers:')) return undefined;
      if (id === `\0${MATCHER}`) {
        this.addWatchFile(matcherFile);
        return matcherModule();
      }
      const { sources } = readBuiltInSources();
      for (const source of sources) this.addWatchFile(join(RUBRICS_FOLDER, '..', source.path));
      const { rubric, problems } = compileRubric(sources);
      if (problems.length > 0) console.warn(list(problems, sources));
      return virtualModule(id.slice(1), rubric);
    },
  };
}

let last: { readonly sources: string; readonly compiled: ReturnType<typeof compileRubric> } | null = null;

/** Every bundle asks for the same rubric, and compiling it takes a second. */
function compiledOnce(sources: readonly RubricSource[]): ReturnType<typeof compileRubric> {
  const key = JSON.stringify(sources);
  if (last?.sources !== key) last = { sources: key, compiled: compileRubric(sources) };
  return last.compiled;
}

/** The files that `readsFile` names. */
function writeRubric(file: string, rubric: Rubric): void {
  const { rest, patterns, texts } = parts(rubric);
  const packed = packPatterns(rubric);
  writeFileSync(file, escapeNonAscii(rest));
  writeFileSync(besides(file, 'patterns'), escapeNonAscii(patterns));
  writeFileSync(besides(file, 'texts'), escapeNonAscii(texts));
  writeFileSync(besides(file, 'packed'), escapeNonAscii(packed.text));
  writeFileSync(besides(file, 'packed', '.bin'), packed.numbers);
}

function besides(file: string, part: string, extension = '.json'): string {
  return join(dirname(file), `${basename(file, '.json')}.${part}${extension}`);
}

function readsFile(file: string): string {
  const name = (path: string): string => JSON.stringify(basename(path));
  return `import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
// They are ASCII: nothing is decoded.
const read = (name) => readFileSync(join(__dirname, name), 'latin1');
export default read(${name(file)});
export const readPatterns = () => read(${name(besides(file, 'patterns'))});
export const readTexts = () => read(${name(besides(file, 'texts'))});
export function readPacked(room) {
  const file = openSync(join(__dirname, ${name(besides(file, 'packed', '.bin'))}));
  try {
    const { size } = fstatSync(file);
    const numbers = room(size);
    for (let at = 0, count = 0; at < size; at += count) {
      count = readSync(file, numbers, at, size - at, null);
      if (count === 0) throw new Error('The rubric beside the command line is cut off.');
    }
    return { text: read(${name(besides(file, 'packed'))}), numbers };
  } finally {
    closeSync(file);
  }
}`;
}

/** The rubric as JSON texts: its patterns, what it says to people, and all else. */
function parts({ patterns, index, kinds, checks, ...rest }: Rubric): { rest: string; patterns: string; texts: string } {
  return {
    rest: JSON.stringify({
      ...rest,
      kinds: kinds.map((kind) => without(kind, [...PATTERN_FIELDS, ...KIND_TEXTS])),
      checks: checks.map((check) => without(check, CHECK_TEXTS)),
    }),
    patterns: JSON.stringify({ patterns, index, kinds: kinds.map((kind) => only(kind, PATTERN_FIELDS)) }),
    texts: JSON.stringify({
      kinds: kinds.map((kind) => only(kind, KIND_TEXTS)),
      checks: checks.map((check) => only(check, CHECK_TEXTS)),
    }),
  };
}

function only<T extends object>(whole: T, keys: readonly (keyof T)[]): Partial<T> {
  return Object.fromEntries(keys.map((key) => [key, whole[key]])) as Partial<T>;
}

function without<T extends object>(whole: T, keys: readonly (keyof T & string)[]): Partial<T> {
  return Object.fromEntries(
    Object.entries(whole).filter(([key]) => !(keys as readonly string[]).includes(key)),
  ) as Partial<T>;
}

function virtualModule(id: string, rubric: Rubric): string {
  if (id === 'design-answers:rubric') {
    const { rest, patterns, texts } = parts(rubric);
    return `export default ${JSON.stringify(rest)};
const patterns = ${JSON.stringify(patterns)};
export const readPatterns = () => patterns;
const texts = ${JSON.stringify(texts)};
export const readTexts = () => texts;
export const readPacked = () => null;`;
  }
  if (id === 'design-answers:headings') return `export default ${JSON.stringify(headingsOf(rubric))};`;
  if (id === 'design-answers:questions') return `export default ${JSON.stringify(questionsOf(rubric))};`;
  throw new Error(`There is no module "${id}".`);
}

function list(problems: readonly RubricProblem[], sources: readonly RubricSource[]): string {
  const lines = problems.map((problem) => {
    const text = sources.find((source) => source.path === problem.path)?.text ?? '';
    const { line, character } = new LineIndex(text).toPosition(problem.start);
    return `  ${problem.path}:${line + 1}:${character + 1}: ${problem.message}`;
  });
  return `The built-in rubric has problems:\n${lines.join('\n')}`;
}
