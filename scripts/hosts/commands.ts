import { type ChildProcess, spawn, spawnSync, type SpawnOptions } from 'node:child_process';

/** How a command ended: its exit code (null when a signal ended it) and the last part of what it printed. */
export interface CommandEnd {
  code: number | null;
  output: string;
}

/** What to run, and what to do with its lines. */
export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Called with every line, of standard output and standard error alike, without its end. */
  onLine?: (line: string) => void;
  /** Ends the command and everything it started. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs a command to its end and keeps its last 200 lines. Never rejects because of the exit code; rejects when the command
 * cannot be started, and with the signal's reason when it is aborted.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    if (options.signal?.aborted) {
      reject(options.signal.reason as Error);
      return;
    }
    const child = startCommand(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    const keep = (line: string): void => {
      lines.push(line);
      if (lines.length > 200) lines.shift();
      options.onLine?.(line);
    };
    if (child.stdout) splitLines(child.stdout, keep);
    if (child.stderr) splitLines(child.stderr, keep);
    let insist: NodeJS.Timeout | undefined;
    const abort = (): void => {
      endTree(child);
      // npm finishes what it is at before it ends, which may take a minute.
      insist = setTimeout(() => {
        endTree(child, 'SIGKILL');
      }, 2000);
    };
    options.signal?.addEventListener('abort', abort, { once: true });
    child.once('error', (error) => {
      options.signal?.removeEventListener('abort', abort);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(insist);
      options.signal?.removeEventListener('abort', abort);
      if (options.signal?.aborted) reject(options.signal.reason as Error);
      else resolve({ code, output: lines.join('\n') });
    });
  });
}

/**
 * Starts npm itself: the one that runs the current script where there is one, so that a project's npm is used and Windows
 * needs no shell.
 */
export function npmCommand(): { command: string; args: string[] } {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('npm-cli.js') === true) return { command: process.execPath, args: [script] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

const running = new Set<ChildProcess>();

/**
 * Starts a command in a process group of its own, so that {@link endTree} reaches what it starts. Whatever still runs when
 * this process exits is ended with it.
 */
export function startCommand(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const windows = process.platform === 'win32';
  const child = spawn(command, args, {
    ...options,
    detached: !windows,
    shell: windows && command.endsWith('.cmd'),
    windowsHide: true,
  });
  if (running.size === 0) process.once('exit', endAll);
  running.add(child);
  child.once('close', () => {
    running.delete(child);
    if (running.size === 0) process.off('exit', endAll);
  });
  return child;
}

function endAll(): void {
  for (const child of running) endTree(child, 'SIGKILL');
}

/** Ends a process that {@link startCommand} started, with everything below it. Does nothing when it has ended already. */
export function endTree(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    if (child.exitCode === null) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended by itself.
  }
}

/** Calls back with every line of a stream, also with a last one that has no line end. */
export function splitLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}
