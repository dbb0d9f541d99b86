import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandEnd, npmCommand, runCommand } from './commands.js';
import { hostSources, hostsRoot } from './paths.js';
import type { Progress } from './progress.js';

/** An editor that is installed on demand from the npm registry. */
export interface HostPackage {
  /** Folder name, here and under the folder of the hosts. */
  id: 'hostA' | 'hostB';
  /** What a person reads while it is installed. */
  title: string;
  /** Its size on disk, to show how far the installation is. */
  megabytes: number;
  /** Last steps inside the new folder, before it counts as complete. */
  finish?: (folder: string) => Promise<void>;
}

/** Thrown when an editor cannot be installed; the message says why and what to do. */
export class ProvisionError extends Error {}

const MARKER = 'complete.json';

/**
 * Installs a host unless it is there already, and returns its folder. The folder appears in one step, complete or not at
 * all: an interrupted installation is started again, and one of another version is replaced.
 *
 * @throws {ProvisionError} when the registry cannot be reached or npm fails; the signal's reason when aborted.
 */
export async function provision(host: HostPackage, progress: Progress, signal?: AbortSignal): Promise<string> {
  const folder = join(hostsRoot, host.id);
  const version = await contentsHash(join(hostSources, host.id));
  if ((await markedVersion(folder)) === version) return folder;

  await mkdir(hostsRoot, { recursive: true });
  await removeLeftovers(host.id);
  const partial = join(hostsRoot, `.${host.id}-${process.pid}`);
  progress.say(`Installing ${host.title} (once, about ${host.megabytes} MB, into ${hostsRoot})`);
  try {
    await cp(join(hostSources, host.id), partial, { recursive: true });
    await install(host, partial, progress, signal);
    await host.finish?.(partial);
    await writeFile(join(partial, MARKER), JSON.stringify({ version }));
    // Another run may have finished in the meantime; both are the same then, and the first one may be in use.
    if ((await markedVersion(folder)) !== version) {
      await rm(folder, { recursive: true, force: true });
      await rename(partial, folder);
    }
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

async function install(host: HostPackage, folder: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  await reachRegistry(host, folder, signal);
  const started = Date.now();
  let measuring = false;
  const timer = setInterval(() => {
    if (measuring) return;
    measuring = true;
    void folderMegabytes(join(folder, 'node_modules')).then((megabytes) => {
      measuring = false;
      const seconds = Math.round((Date.now() - started) / 1000);
      progress.tick(`  ${megabytes} of about ${host.megabytes} MB, ${seconds} s`);
    });
  }, 2000);
  let end: CommandEnd;
  try {
    const flags = ['--ignore-scripts', '--omit=dev', '--include=optional', '--engine-strict=false'];
    end = await runNpm(['ci', ...flags], folder, signal);
  } finally {
    clearInterval(timer);
  }
  if (end.code !== 0) throw new ProvisionError(explainFailure(host, end));
  progress.say(`  installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

/**
 * Asks the registry for one small thing. Without a network, npm would try every package in turn, for minutes, before it
 * gives up.
 */
async function reachRegistry(host: HostPackage, folder: string, signal?: AbortSignal): Promise<void> {
  const end = await runNpm(['view', '@vscode/ripgrep-universal@1.18.0', 'version'], folder, signal);
  if (end.code !== 0) throw new ProvisionError(explainFailure(host, end));
}

async function runNpm(args: readonly string[], folder: string, signal?: AbortSignal): Promise<CommandEnd> {
  const npm = npmCommand();
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline', `--prefix=${folder}`];
  const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
  try {
    return await runCommand(npm.command, [...npm.args, ...args, ...quiet, ...patience], { cwd: folder, signal });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ProvisionError(`npm could not be started: ${(error as Error).message}`);
  }
}

function explainFailure(host: HostPackage, end: CommandEnd): string {
  const tail = end.output.split('\n').slice(0, 6).join('\n');
  const unreachable =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|FETCH_ERROR|socket hang up/;
  if (unreachable.test(end.output)) {
    return (
      `${host.title} could not be installed: the npm registry cannot be reached. ` +
      `Check the network, or the "registry" and "proxy" settings of npm, and run the command again.\n${tail}`
    );
  }
  if (/ENOSPC/.test(end.output)) {
    return `${host.title} could not be installed: the disk of ${hostsRoot} is full (about ${host.megabytes} MB are needed).`;
  }
  return `${host.title} could not be installed: npm ended with code ${end.code}.\n${tail}`;
}

/** One hash over the committed files of a host, so that a change in any of them installs it anew. */
async function contentsHash(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file.slice(folder.length)).update(await readFile(file));
  return hash.digest('hex');
}

async function markedVersion(folder: string): Promise<string | undefined> {
  try {
    return (JSON.parse(await readFile(join(folder, MARKER), 'utf8')) as { version?: string }).version;
  } catch {
    return undefined;
  }
}

/** Removes what an interrupted installation of a process that is gone has left. */
async function removeLeftovers(id: string): Promise<void> {
  for (const name of await readdir(hostsRoot)) {
    if (!name.startsWith(`.${id}-`)) continue;
    const pid = Number(name.slice(id.length + 2));
    if (!isAlive(pid)) await rm(join(hostsRoot, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function folderMegabytes(folder: string): Promise<number> {
  let bytes = 0;
  try {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0;
    }
  } catch {
    // npm moves folders about while it works; the next tick sees them again.
  }
  return Math.round(bytes / 1e6);
}
