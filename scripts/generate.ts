/**
 * Writes what is made from tables and rubric files: the pages of the checks, the settings, the snippets, the schemas, and the generated
 * parts of package.json and README.md.
 *
 *   npm run generate              writes
 *   npm run generate -- --check   compares, and fails with the command to run
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPages } from './generate/checkPages.js';
import { manifest } from './generate/manifest.js';
import { readme } from './generate/readme.js';
import { reportSchema } from './generate/reportSchema.js';
import { rubricSchemas } from './generate/rubricSchemas.js';
import { settingsPage } from './generate/settingsPage.js';
import { snippets } from './generate/snippets.js';
import { compileBuiltInRubric } from './rubricPlugin.js';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Folders in which everything is generated, so that what is no longer made is taken away. */
const OWNED = ['docs/checks', 'snippets'];

/** What is generated: path from the project's root to text. */
export function generated(): Map<string, string> {
  const rubric = compileBuiltInRubric();
  const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
  return new Map([
    ...checkPages(rubric),
    ...snippets(rubric),
    ...rubricSchemas(rubric),
    ['docs/report.schema.json', reportSchema()],
    ['docs/settings.md', settingsPage(rubric)],
    ['package.json', manifest(read('package.json'), rubric)],
    ['README.md', readme(read('README.md'), rubric)],
  ]);
}

/** The paths whose file is not what it would be made to be, those that should no longer be there included. */
export function outdated(files: ReadonlyMap<string, string> = generated()): string[] {
  const changed = [...files].filter(([path, text]) => readIfThere(path) !== text).map(([path]) => path);
  return [...changed, ...leftovers(files)].sort();
}

function write(files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    if (readIfThere(path) === text) continue;
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
  for (const path of leftovers(files)) rmSync(join(ROOT, path));
}

function leftovers(files: ReadonlyMap<string, string>): string[] {
  const present = OWNED.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
  return present.filter((path) => !files.has(path));
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = generated();
  const paths = outdated(files);
  if (process.argv.includes('--check')) {
    for (const path of paths) console.error(`out of date: ${path}`);
    if (paths.length > 0) console.error('Run: npm run generate');
    process.exitCode = paths.length > 0 ? 1 : 0;
  } else {
    write(files);
    console.log(paths.length > 0 ? paths.map((path) => `written: ${path}`).join('\n') : 'Everything is up to date.');
  }
}
