import { HELP } from './help.js';
import { lint } from './lint.js';
import { UsageError } from './usageError.js';
import { version } from './version.js';

export { reviewOnThread } from './reviewInParallel.js';

/**
 * The command line. Exit codes, known only here: 0 nothing to report, 1 findings at or above the asked level, 2 bad usage or input
 * that could not be read.
 *
 * Most runs are a `lint` in an editor's or a commit's way, so the modules of the other commands are first evaluated when they are asked for.
 *
 * @param startServer starts the language server, which reads `--stdio` itself and then lives as long as its client.
 * @returns the exit code; never rejects.
 */
export async function run([command, ...args]: readonly string[], startServer: () => Promise<void>): Promise<number> {
  try {
    switch (command) {
      case 'lint':
        return await lint(args);
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
        return await serve(args, startServer);
      case '--version':
      case '-v':
      case 'version':
        process.stdout.write(`${version()}\n`);
        return 0;
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

async function serve(args: readonly string[], startServer: () => Promise<void>): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP.serve);
    return 0;
  }
  // Some clients add `--clientProcessId=…`.
  const unknown = args.find((arg) => arg !== '--stdio' && !arg.startsWith('--clientProcessId'));
  if (unknown !== undefined) throw new UsageError(`serve does not know "${unknown}".`, 'serve');
  if (!args.includes('--stdio'))
    throw new UsageError('serve speaks over standard input and output: design-answers serve --stdio', 'serve');
  await startServer();
  return 0;
}

function helpFor(topic: string | undefined): string {
  const text = topic === undefined ? HELP.all : Object.entries(HELP).find(([name]) => name === topic)?.[1];
  if (text === undefined)
    throw new UsageError(`There is no command "${topic}"; there are lint, report, rules, new and serve.`);
  return text;
}
