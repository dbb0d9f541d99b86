#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { HELP } from './help.js';
import { UsageError } from './usageError.js';

/**
 * The command line. Exit codes, known only here: 0 nothing to report, 1 findings at or above the asked level, 2 bad usage or input
 * that could not be read.
 *
 * Each command is loaded when it is asked for, since most runs are a `lint` in an editor's or a commit's way.
 */
const [command, ...args] = process.argv.slice(2);

// A run over a few files ends before optimized code has paid for being made: making it took a third of the time. `lint` turns it on again for many files.
setFlagsFromString('--no-opt');

// A reader that closes early (`| head`) is no error: what it did not want is dropped.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// The code is set and not exited with, so that all output is written first, to a slow pipe too.
process.exitCode = await run();

async function run(): Promise<number> {
  try {
    switch (command) {
      case 'lint': {
        const { lint } = await import('./lint.js');
        return await lint(args);
      }
      case 'report': {
        const { report } = await import('./report.js');
        return await report(args);
      }
      case 'rules': {
        const { rules } = await import('./rules.js');
        return rules(args);
      }
      case 'new': {
        const { newAnswer } = await import('./newAnswer.js');
        return newAnswer(args);
      }
      case 'serve':
        return await serve();
      case '--version':
      case '-v':
      case 'version': {
        const { version } = await import('./version.js');
        process.stdout.write(`${version()}\n`);
        return 0;
      }
      case '--help':
      case '-h':
        process.stdout.write(HELP.all);
        return 0;
      case 'help':
        process.stdout.write(helpFor(args[0]));
        return 0;
      case undefined:
        process.stderr.write(HELP.all);
        return 2;
      default:
        throw new UsageError(`There is no command "${command}"; there are lint, report, rules, new and serve.`);
    }
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`design-answers: ${error.message}\n`);
      if (error.command) process.stderr.write(`Try: design-answers ${error.command} --help\n`);
      return 2;
    }
    // A fault of ours. The stack is for the report that we ask for.
    process.stderr.write(
      `design-answers: This is a fault in Design Answers; please report it at https://github.com/design-answers/design-answers/issues\n` +
        `${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return 2;
  }
}

/** Starts the language server, which reads `--stdio` itself and then lives as long as its client. */
async function serve(): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP.serve);
    return 0;
  }
  // Some clients add `--clientProcessId=…`.
  const unknown = args.find((arg) => arg !== '--stdio' && !arg.startsWith('--clientProcessId'));
  if (unknown !== undefined) throw new UsageError(`serve does not know "${unknown}".`, 'serve');
  if (!args.includes('--stdio'))
    throw new UsageError('serve speaks over standard input and output: design-answers serve --stdio', 'serve');
  // Its own bundle, beside this one; it is the same that the editor starts.
  await import('./server.node.cjs');
  return 0;
}

function helpFor(topic: string | undefined): string {
  const text = topic === undefined ? HELP.all : Object.entries(HELP).find(([name]) => name === topic)?.[1];
  if (text === undefined)
    throw new UsageError(`There is no command "${topic}"; there are lint, report, rules, new and serve.`);
  return text;
}
