import { existsSync } from 'node:fs';
import { cp, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { endTree, runCommand, splitLines, startCommand } from './commands.js';
import type { Progress } from './progress.js';
import { type HostPackage, provision, ProvisionError } from './provision.js';

/** VS Code's server and workbench 1.139.1: the Node build in the remote extension host. */
export const hostB: HostPackage = {
  id: 'hostB',
  title: 'VS Code 1.139.1',
  megabytes: 480,
  finish: async (folder) => {
    await cp(join(folder, 'shims'), join(folder, 'node_modules', '@vscode'), { recursive: true });
  },
};

/** Where the parts of an installed host B are. */
export interface HostBInstallation {
  node: string;
  serverMain: string;
}

/** A running host B: where it is reached, and how to stop it. */
export interface RunningHostB {
  /** Without a trailing slash. */
  url: string;
  /** The id of the server's process. */
  pid: number | undefined;
  /** The secret that the page's address must carry, when asked for. */
  token: string | undefined;
  stop(): Promise<void>;
  /** Resolves when the server has ended, by itself or by {@link stop}. */
  ended: Promise<void>;
}

/** What host B is started with; paths are absolute. */
export interface HostBOptions {
  userData: string;
  extensions: string;
  /** Whether the page's payload may load a development extension and a suite. */
  testDriver?: boolean;
  /** Asked for from everybody who opens the page; without it the page is open to every program of this machine. */
  token?: string;
  /** Leaves Workspace Trust on, for tests of Restricted Mode. */
  workspaceTrust?: boolean;
  /** A port to use; a free one without it. */
  port?: number;
  /** Variables that extensions see. */
  environment?: NodeJS.ProcessEnv;
}

/** Installs host B where needed, and returns where it is. */
export async function installHostB(progress: Progress, signal?: AbortSignal): Promise<HostBInstallation> {
  const folder = await provision(hostB, progress, signal);
  const code = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  // The editor looks for its modules beside itself; they are installed by our own lock file, one folder up.
  const modules = join(code, 'node_modules');
  if (!existsSync(modules)) await symlink(join(folder, 'node_modules'), modules, 'junction');
  return { node: nodeBinary(folder), serverMain: join(code, 'out', 'server-main.js') };
}

/**
 * Starts host B and waits until it serves.
 *
 * @throws {ProvisionError} when it ends before that, with the last lines it printed.
 */
export async function startHostB(
  installation: HostBInstallation,
  options: HostBOptions,
  signal?: AbortSignal,
): Promise<RunningHostB> {
  const port = options.port ?? (await freePort());
  const child = startCommand(
    installation.node,
    [
      installation.serverMain,
      ...['--host', '127.0.0.1', '--port', String(port)],
      ...(options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token]),
      '--accept-server-license-terms',
      ...['--telemetry-level', 'off'],
      ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
      ...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
      ...['--user-data-dir', options.userData, '--extensions-dir', options.extensions],
    ],
    { env: { ...serverEnvironment(), ...options.environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => {
      resolve();
    }),
  );
  const stop = async (): Promise<void> => {
    endTree(child);
    const hard = setTimeout(() => {
      endTree(child, 'SIGKILL');
    }, 5000);
    await ended;
    clearTimeout(hard);
  };
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const onLine = (line: string): void => {
      lines.push(line);
      if (lines.length > 40) lines.shift();
      if (line.includes('Extension host agent listening on')) resolve();
    };
    if (child.stdout) splitLines(child.stdout, onLine);
    if (child.stderr) splitLines(child.stderr, onLine);
    child.once('error', reject);
    void ended.then(() => {
      reject(new ProvisionError(`VS Code's server ended before it was ready:\n${lines.join('\n')}`));
    });
    signal?.addEventListener('abort', () => {
      endTree(child);
      reject(signal.reason as Error);
    });
  });
  return { url: `http://127.0.0.1:${port}`, pid: child.pid, token: options.token, stop, ended };
}

/** Installs a packed extension into the folders that a host B is then started with. */
export async function installExtension(
  installation: HostBInstallation,
  vsix: string,
  folders: { userData: string; extensions: string },
  signal?: AbortSignal,
): Promise<void> {
  const end = await runCommand(
    installation.node,
    [
      installation.serverMain,
      ...['--install-extension', vsix, '--force'],
      ...['--extensions-dir', folders.extensions, '--user-data-dir', folders.userData],
      ...['--telemetry-level', 'off'],
      '--accept-server-license-terms',
    ],
    { env: serverEnvironment(), signal },
  );
  if (end.code !== 0 || !/successfully installed/.test(end.output)) {
    throw new ProvisionError(`VS Code could not install ${vsix}:\n${end.output}`);
  }
}

/**
 * A TCP port that nobody listens on at the moment: the wished one when it is free.
 *
 * @throws {Error} with code `EADDRINUSE` when the wished one is taken.
 */
export function freePort(wished = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(wished, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('No free port on this machine.'));
      });
    });
  });
}

/** Node 24, which this VS Code asks for: the one that was installed with it, or our own where there is no package of it. */
function nodeBinary(folder: string): string {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const names = [
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
  ];
  const candidates = names.map((name) => join(folder, 'node_modules', name, 'bin', executable));
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new ProvisionError(
    `VS Code 1.139 needs Node 24, and npm has no package of it for ${process.platform} on ${process.arch}. ` +
      'Run the command with Node 24.',
  );
}

/** Our own environment without what would make the server think it runs inside another VS Code or another Node. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name));
  return Object.fromEntries(kept);
}
