/**
 * Makes everything that runs outside of development, in `dist/`.
 *
 *   tsx scripts/bundle.ts [--watch] [--dev]
 *
 * `--dev` keeps names, adds source maps, and takes a mistake in a rubric file for a warning; `--watch` does so too, and builds again at
 * every change of code or rubric.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context, type BuildOptions, type Plugin } from 'esbuild';
import { asFunction } from '../server/src/cli/loadBundle.js';
import { escapeNonAscii } from './escapeNonAscii.js';
import { lazyBuilds, lazyPlugin } from './lazyPlugin.js';
import { rubricPlugin } from './rubricPlugin.js';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Where the YAML reader's ES modules are. On Node its manifest offers CommonJS only, of which a bundle must take all, and which an ES
 * bundle cannot load.
 */
export const ALIAS = { yaml: join(ROOT, 'node_modules/yaml/browser/index.js') };

/** Options that a test may change. */
export interface BundleOptions {
  /** Names kept, source maps written, mistakes in rubric files taken for warnings. */
  dev?: boolean;
  /** Where to write; `dist` of the project by default. */
  outdir?: string;
}

/**
 * Builds every bundle once.
 *
 * @throws esbuild's failure, with every message, if a file does not build or a built-in rubric file has a problem.
 */
export async function bundle(options: BundleOptions = {}): Promise<void> {
  const outdir = options.outdir ?? join(ROOT, 'dist');
  // What an earlier release had here, and code that was kept of other bundles.
  for (const name of ['cli', 'cli.js']) rmSync(join(outdir, name), { recursive: true, force: true });
  // The maps of a development build would be taken for those of this one.
  for (const name of existsSync(outdir) ? readdirSync(outdir) : []) {
    if (name.endsWith('.map')) rmSync(join(outdir, name));
  }
  await Promise.all(bundles(options).map((each) => build(each)));
  chmodSync(join(outdir, 'cli.cjs'), 0o755);
  if (options.dev !== true) keepCompiledCode(join(outdir, 'cli'));
}

/**
 * Keeps the compiled code of the command line's bundles for this release of Node, beside them: runs them on answers, and stores what that has compiled.
 * Each is written in ASCII, and gets its digest as its last line, by which it is known which text the code belongs to.
 */
function keepCompiledCode(folder: string): void {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.cjs'))) {
    const module = escapeNonAscii(readFileSync(join(folder, name), 'utf8'));
    const text = RUN_BY_NODE.has(name) ? module : asFunction(module);
    const digest = createHash('sha256').update(text).digest('hex');
    writeFileSync(join(folder, name), `${text}//${digest}`);
  }
  const answers = mkdtempSync(join(tmpdir(), 'design-answers-build-'));
  try {
    const noPlain = join(answers, 'no-plain.answer.md');
    writeFileSync(noPlain, NO_PLAIN_ANSWER);
    const wrongSums = join(answers, 'wrong-sums.answer.md');
    writeFileSync(wrongSums, WRONG_SUMS_ANSWER);
    const examples = readdirSync(join(ROOT, 'examples')).map((name) => join(ROOT, 'examples', name));
    const run = spawnSync(process.execPath, [join(folder, 'keepCode.cjs'), ...examples, noPlain, wrongSums], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (run.status !== 0) throw new Error('The code of the command line was not kept.');
  } finally {
    rmSync(answers, { recursive: true });
  }
}

/** What Node itself runs. All other bundles beside the command line are for `loadBundle`. */
const RUN_BY_NODE = new Set(['keepCode.cjs', 'reviewThread.cjs']);

/** What a wrong sum takes, to be found, told and repaired: the examples hold none. */
const WRONG_SUMS_ANSWER = [
  '---',
  'framework: five-step',
  '---',
  '',
  '## Cost and latency',
  '',
  'A query has 2,000 tokens at $3 per million, which is $0.06 a query. We expect 50,000 queries a day: 50,000 × $0.006 = $3,000 a day, about $9,000 a month.',
  'Input is $0.009, output $0.006 and search $0.002, together $0.027. Retrieval takes 120 ms and the model 450 ms, so the budget of 400 ms holds.',
  '',
  '- model: $6,000',
  '- search: $700',
  '- total: $7,200 a month',
  '',
  '| Path | Calls a day | $ per call | $ per day |',
  '| --- | --- | --- | --- |',
  '| small | 80,000 | 0.001 | 80 |',
  '| large | 20,000 | 0.02 | 4,000 |',
  '| total | 100,000 | | 5,080 |',
  '',
].join('\n');

/** What the plain reader of markdown leaves to the full parser: of real answers, three in four hold some of it, and the examples none. */
const NO_PLAIN_ANSWER = [
  '---',
  'framework: five-step',
  '---',
  '',
  'Problem Framing',
  '===============',
  '',
  'See [the *brief*](https://example.com/a "title"), [notes][1] and <https://example.com>; ![a picture](a.png) \\* not a bullet \\*.',
  'A line with a hard break  ',
  'and **bold _nested_ words**, ~~struck out~~, ``code with a ` tick`` &amp; an entity.',
  '',
  '[1]: https://example.com/b',
  '',
  '> A quote with a list:',
  '>',
  '> 1. one',
  '>',
  '>    and its second paragraph',
  '> 2. two',
  '>    * nested',
  '>      1. deeper',
  '',
  '<details><summary>More</summary>',
  '',
  '* loose item',
  '',
  '* another with `code` and a <b>tag</b>',
  '',
  '</details>',
  '',
  '***',
  '',
  '| A \\| B | *C* |',
  '| :----- | --: |',
  '| [x](y) | `z` |',
  '',
  '- [ ] a task',
  '+ another list',
  '',
  '~~~text',
  'fenced',
  '~~~',
  '',
  '    indented code',
].join('\n');

/** Builds again at every change, until the process ends. */
async function watch(): Promise<void> {
  const contexts = await Promise.all(bundles({ dev: true }).map((each) => context(each)));
  await Promise.all(contexts.map((each) => each.watch()));
}

function bundles({ dev = false, outdir = join(ROOT, 'dist') }: BundleOptions): BuildOptions[] {
  const shared: BuildOptions = {
    absWorkingDir: ROOT,
    bundle: true,
    alias: ALIAS,
    // Names are kept: they show in the stacks of logs and reports, and cost a few kilobytes of a packed extension.
    minifyWhitespace: !dev,
    minifySyntax: !dev,
    sourcemap: dev,
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [rubricPlugin({ draft: dev }), reportPlugin()],
  };
  const node: BuildOptions = {
    ...shared,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    mainFields: ['module', 'main'],
  };
  // A command line reads its code at every run, so its names are short. CommonJS, since the loader of ES modules takes as long as the review of an answer.
  const commandLine: BuildOptions = { ...node, target: 'node20', minify: !dev };
  // Without the `worker` condition the markdown parser takes its browser build, which asks for a `document`.
  const worker: BuildOptions = { ...shared, platform: 'browser', target: 'es2022', conditions: ['worker', 'browser'] };
  return [
    { ...node, entryPoints: ['client/src/extension.ts'], outfile: join(outdir, 'extension.cjs'), external: ['vscode'] },
    {
      ...worker,
      format: 'cjs',
      entryPoints: ['client/src/extension.web.ts'],
      // In the web, VS Code adds `.js` to every entry, and takes one that does not end in `.cjs` for an ES module, which it then
      // refuses: the manifest names `extension.web.cjs`, and this is the file that is fetched.
      outfile: join(outdir, 'extension.web.cjs.js'),
      external: ['vscode'],
    },
    { ...node, entryPoints: ['server/src/main.node.ts'], outfile: join(outdir, 'server.node.cjs') },
    {
      ...worker,
      format: 'iife',
      entryPoints: ['server/src/main.worker.ts'],
      outfile: join(outdir, 'server.worker.js'),
    },
    ...lazyBuilds(commandLine, join(outdir, 'cli')),
    {
      ...commandLine,
      entryPoints: ['server/src/cli/main.ts'],
      outfile: join(outdir, 'cli.cjs'),
      external: ['./server.node.cjs'],
    },
    {
      ...commandLine,
      plugins: [rubricPlugin({ draft: dev, file: join(outdir, 'cli', 'rubric.json') }), lazyPlugin(), reportPlugin()],
      entryPoints: ['server/src/cli/commandLine.ts'],
      outfile: join(outdir, 'cli', 'commandLine.cjs'),
    },
    {
      ...commandLine,
      entryPoints: ['server/src/cli/reviewThread.ts'],
      outfile: join(outdir, 'cli', 'reviewThread.cjs'),
    },
    {
      ...commandLine,
      entryPoints: ['server/src/cli/keepCode.ts'],
      outfile: join(outdir, 'cli', 'keepCode.cjs'),
    },
  ];
}

/** Prints what a watcher needs: when a build begins and ends, and every message with its place (the tasks' problem matcher). */
function reportPlugin(): Plugin {
  return {
    name: 'report',
    setup({ onStart, onEnd }) {
      onStart(() => {
        if (isWatching) console.log('[watch] build started');
      });
      onEnd(({ errors, warnings }) => {
        for (const [kind, messages] of Object.entries({ ERROR: errors, WARNING: warnings })) {
          for (const { text, location } of messages) {
            console.error(`✘ [${kind}] ${text}`);
            if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
          }
        }
        if (isWatching) console.log('[watch] build finished');
      });
    },
  };
}

const isMain = process.argv[1] === fileURLToPath(import.meta.url);
const isWatching = isMain && process.argv.includes('--watch');
if (isWatching) {
  await watch();
} else if (isMain) {
  try {
    await bundle({ dev: process.argv.includes('--dev') });
  } catch {
    // The messages are printed already, with their places.
    process.exitCode = 1;
  }
}
