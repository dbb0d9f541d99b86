/**
 * How long things take, against what they are built on, all in one run and by turns: the machine's mood falls on both sides of a ratio. Beside each figure that
 * is promised stands its bar. Of processes the time of the processor is told too, where the shell can tell it: it hardly depends on who else is at work.
 *
 *   npm run bench -- [--json] [--peer "command {file}"]…
 *
 * A peer is another program's command line, timed beside ours on the same file.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { builtInRubric, createReviewCache, DEFAULT_SETTINGS, review } from '../../server/src/core/index.js';

/** A row of the table; times in milliseconds. */
interface Row {
  readonly what: string;
  readonly median: number;
  readonly fastest: number;
  /** The median time of the processor, of a process. */
  readonly cpu?: number;
  /** How often the median of the row that it is compared with. */
  readonly ratio?: { readonly of: string; readonly times: number; readonly cpuTimes?: number };
  /** The most that the ratio may be. */
  readonly bar?: number;
}

/** What a task took: in milliseconds, the processor's where it is known. */
interface Time {
  readonly wall: number;
  readonly cpu?: number;
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, peer: { type: 'string', multiple: true, default: [] } },
});

/** A program that only parses. */
const PARSE_ONLY = `
import { readFileSync } from 'node:fs';
import { unified } from 'unified';
import remarkParse from 'remark-parse';
import remarkGfm from 'remark-gfm';
import remarkFrontmatter from 'remark-frontmatter';
const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter);
let blocks = 0;
for (const file of process.argv.slice(2)) blocks += parser.parse(readFileSync(file, 'utf8')).children.length;
console.log(blocks);
`;

/** Bash's own `time` tells milliseconds of the processor; other shells round to hundredths, and Windows has none. */
const hasBash = process.platform !== 'win32' && spawnSync('bash', ['-c', 'true']).status === 0;
const rubric = builtInRubric();
const strong = readFileSync('examples/strong.answer.md', 'utf8');
const weak = readFileSync('examples/weak.answer.md', 'utf8');
const typical = answerOf(8 * 1024);
const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter);

const rows: Row[] = [...measureEngine(), ...measureGrowth(), ...(await measureStart())];
if (values.json) {
  console.log(JSON.stringify(rows, null, 2));
} else {
  console.log(`${''.padEnd(50)}    median   fastest       cpu`);
  for (const { what, median, fastest, cpu, ratio, bar } of rows) {
    const times = ratio ? `   ${ratio.times.toFixed(2)}` : '';
    const cpuTimes = ratio?.cpuTimes === undefined ? '' : ` (cpu ${ratio.cpuTimes.toFixed(2)})`;
    const compared = ratio ? `${times}${cpuTimes} × ${ratio.of}${bar === undefined ? '' : `; bar ${bar}`}` : '';
    console.log(
      `${what.padEnd(50)} ${inMs(median)} ${inMs(fastest)} ${cpu === undefined ? ' '.repeat(9) : inMs(cpu)}${compared}`,
    );
  }
}

function measureEngine(): Row[] {
  const cache = createReviewCache();
  review(typical, rubric, DEFAULT_SETTINGS, { cache });
  // A letter is typed into the middle of the answer, another one each time, so that nothing is answered from memory.
  const middle = typical.indexOf('\n\n', typical.length / 2);
  let typed = 0;
  const keystroke = (): void => {
    const letters = 'the quick brown fox ';
    const text = `${typical.slice(0, middle)} ${letters.slice(0, (typed % letters.length) + 1)}${typed++}${typical.slice(middle)}`;
    review(text, rubric, DEFAULT_SETTINGS, { cache });
  };
  const [parse, whole, key] = race(
    [() => void parser.parse(typical), () => void review(typical, rubric, DEFAULT_SETTINGS), keystroke],
    60,
  );
  const name = 'remark-parse with GFM and front matter, 8 KB';
  return [
    row(name, parse),
    row('review, 8 KB, nothing known', whole, name, parse, 1.5),
    row('review after a keystroke, 8 KB', key, name, parse, 0.5),
  ];
}

/** Time per kilobyte must not grow with the length. */
function measureGrowth(): Row[] {
  const sizes = [10, 30, 100, 300, 1024];
  const perKilobyte = sizes.map((size) => {
    const text = answerOf(size * 1024);
    const [times] = race([() => void review(text, rubric, DEFAULT_SETTINGS)], size > 200 ? 1 : 7);
    return (times ?? []).map(({ wall }) => ({ wall: wall / size }));
  });
  const name = 'review per KB, 10 KB';
  return sizes.map((size, index) =>
    index === 0
      ? row(name, perKilobyte[0])
      : row(`review per KB, ${size} KB`, perKilobyte[index], name, perKilobyte[0], 1.5),
  );
}

/** Processes for one file and for 200: ours, a bare Node, a program that only parses, and peers. */
async function measureStart(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'design-answers-bench-'));
  try {
    const file = join(folder, 'typical.answer.md');
    writeFileSync(file, typical);
    const many = Array.from({ length: 200 }, (_, index) => {
      const path = join(folder, `${index}.answer.md`);
      writeFileSync(path, otherAnswer(index));
      return path;
    });
    const parseOnly = join(folder, 'parse.cjs');
    await build({
      stdin: { contents: PARSE_ONLY, resolveDir: process.cwd() },
      outfile: parseOnly,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'silent',
    });
    const node = process.execPath;
    const onlyParsed = 'node, parsing one 8 KB file with remark-parse only';
    const allParsed = 'node, parsing 200 files with remark-parse only';
    return [
      ...processes(
        [
          { what: onlyParsed, command: [node, parseOnly, file] },
          { what: 'node -e 0', command: [node, '-e', '0'] },
          { what: 'design-answers --version', command: [node, 'dist/cli.cjs', '--version'] },
          { what: 'design-answers lint, one 8 KB file', command: [node, 'dist/cli.cjs', 'lint', file], bar: 1.3 },
          ...values.peer.map((peer) => ({ what: peer, command: ['sh', '-c', peer.replaceAll('{file}', file)] })),
        ],
        15,
      ),
      ...processes(
        [
          { what: allParsed, command: [node, parseOnly, ...many] },
          { what: 'design-answers lint, 200 files', command: [node, 'dist/cli.cjs', 'lint', ...many], bar: 1.3 },
        ],
        3,
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Command {
  readonly what: string;
  readonly command: readonly string[];
  readonly bar?: number;
}

/** The rows of some commands, each compared with the first. */
function processes(commands: readonly Command[], rounds: number): Row[] {
  const times = race(
    commands.map(
      ({ what, command }) =>
        () =>
          run(what, command),
    ),
    rounds,
  );
  const [first] = commands;
  return commands.map(({ what, bar }, index) =>
    index === 0 ? row(what, times[0]) : row(what, times[index], first?.what, times[0], bar),
  );
}

/** Where it names certificates, each Node reads them when it starts: on both sides of a ratio, they can be a third of the run, and the ratio looks better than it is. */
const { NODE_EXTRA_CA_CERTS: _certificates, ...PLAIN_ENVIRONMENT } = process.env;

/** Runs a command to its end. The time of the processor in milliseconds, where there is a bash to tell it. */
function run(what: string, command: readonly string[]): number | undefined {
  const [program = '', ...args] = command;
  const result = hasBash
    ? spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>&1`, 'bash', ...command], {
        encoding: 'utf8',
        env: PLAIN_ENVIRONMENT,
      })
    : spawnSync(program, args, { encoding: 'utf8', stdio: 'ignore', env: PLAIN_ENVIRONMENT });
  // A linter that found something ends with 1; anything else that does has failed.
  if (result.error || (result.status ?? 2) > (what.includes('lint') ? 1 : 0))
    throw new Error(`"${what}" ended with ${result.status ?? result.error?.message}`);
  if (!hasBash) return undefined;
  const [user, system] = result.stderr.trim().split(/\s+/).slice(-2).map(Number);
  return ((user ?? NaN) + (system ?? NaN)) * 1000;
}

/** Runs all in turn, so that a slow minute of the machine falls on all of them. A task may return the time of the processor. */
function race(tasks: readonly (() => number | undefined | void)[], rounds: number): Time[][] {
  const times: Time[][] = tasks.map(() => []);
  for (let round = -Math.ceil(rounds / 5); round < rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const started = performance.now();
      const cpu = task() ?? undefined;
      const wall = performance.now() - started;
      // The first rounds only warm up.
      if (round >= 0) times[index]?.push(cpu === undefined ? { wall } : { wall, cpu });
    }
  }
  return times;
}

function row(what: string, times: readonly Time[] = [], of?: string, base: readonly Time[] = [], bar?: number): Row {
  const median = middleOf(times.map(({ wall }) => wall));
  const cpu = cpuOf(times);
  const baseCpu = cpuOf(base);
  return {
    what,
    median,
    fastest: Math.min(...times.map(({ wall }) => wall)),
    ...(cpu === null ? {} : { cpu }),
    ...(of === undefined
      ? {}
      : {
          ratio: {
            of,
            times: median / middleOf(base.map(({ wall }) => wall)),
            ...(cpu === null || baseCpu === null ? {} : { cpuTimes: cpu / baseCpu }),
          },
        }),
    ...(bar === undefined ? {} : { bar }),
  };
}

function cpuOf(times: readonly Time[]): number | null {
  const known = times.flatMap(({ cpu }) => (cpu === undefined ? [] : [cpu]));
  return known.length === 0 ? null : middleOf(known);
}

function middleOf(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** One of many answers: the strong or the weak example, each with other figures and in a length of its own. */
function otherAnswer(turn: number): string {
  const own = turn % 3 === 2 ? weak : strong;
  return answerOf(own.length + (turn % 5) * 1000, own).replace(/(?<!^ *)(?<!\d)\d+/gm, (figure) =>
    String(Number(figure) + turn),
  );
}

/** An answer of about so many bytes: the strong example, its paragraphs repeated inside their sections, each time with other figures. */
function answerOf(bytes: number, example = strong): string {
  const parts = example.split(/(?=^## )/m);
  const longer = [...parts];
  let size = example.length;
  for (let turn = 1; size < bytes; turn++) {
    for (let index = 1; index < parts.length && size < bytes; index++) {
      const [, ...paragraphs] = (parts[index] ?? '').split('\n\n');
      const paragraph = paragraphs[turn % paragraphs.length] ?? '';
      const added = `${paragraph.trimEnd().replace(/\d+/g, (figure) => String(Number(figure) + turn))}\n\n`;
      longer[index] = `${longer[index]?.trimEnd() ?? ''}\n\n${added}`;
      size += added.length;
    }
  }
  return longer.join('');
}

function inMs(time: number): string {
  return `${time.toFixed(time < 10 ? 2 : 0).padStart(6)} ms`;
}
