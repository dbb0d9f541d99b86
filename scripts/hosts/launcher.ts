import { resolve } from 'node:path';
import { interruptSignal } from './interrupt.js';
import { runSuite } from './launch.js';
import { terminalProgress } from './progress.js';

/** What of VS Code's command line matters for a run of a suite. */
export interface LauncherFlags {
  extension: string;
  suite: string;
  workspace: string | undefined;
  userData: string | undefined;
  extensions: string | undefined;
}

/**
 * Runs a suite in host B as VS Code's command line asks for it. Returns the exit code: that of the suite, or 2 when the flags
 * ask for something else than a suite.
 */
export async function launch(args: readonly string[]): Promise<number> {
  let flags: LauncherFlags;
  try {
    flags = readFlags(args);
  } catch (error) {
    console.error((error as Error).message);
    return 2;
  }
  try {
    return await runSuite({
      host: 'B',
      ...flags,
      onLine: (line) => {
        console.log(line);
      },
      progress: terminalProgress(),
      signal: interruptSignal(),
    });
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}

/**
 * Reads VS Code's flags, as `--name=value` or `--name value`. Flags that concern its window, its GPU or its updates are
 * passed over: host B has none of these.
 *
 * @throws {Error} without an extension or a suite.
 */
export function readFlags(args: readonly string[]): LauncherFlags {
  const withValue = new Set(['extensionDevelopmentPath', 'extensionTestsPath', 'user-data-dir', 'extensions-dir']);
  const values = new Map<string, string>();
  let folder: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (name === undefined) folder = arg;
    else if (withValue.has(name)) values.set(name, value ?? args[++index] ?? '');
  }
  const path = (name: string): string | undefined => {
    const value = values.get(name);
    return value === undefined ? undefined : resolve(value);
  };
  const extension = path('extensionDevelopmentPath');
  const suite = path('extensionTestsPath');
  if (extension === undefined || suite === undefined) {
    throw new Error('This launcher runs suites: it needs --extensionDevelopmentPath and --extensionTestsPath.');
  }
  return {
    extension,
    suite,
    workspace: folder === undefined ? undefined : resolve(folder),
    userData: path('user-data-dir'),
    extensions: path('extensions-dir'),
  };
}
