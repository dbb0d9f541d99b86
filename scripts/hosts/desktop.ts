import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runCommand } from './commands.js';
import { hasDisplay } from './display.js';
import { quietSettings, writeSettings } from './launch.js';

/** The path of desktop VS Code's command, where there is one and a window of it could be seen. */
export function desktopCode(): string | undefined {
  if (!hasDisplay() && !isRemote()) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * Opens a folder in desktop VS Code with packed extensions installed. It is an instance of its own, with its state in
 * `state`, so that a person's own VS Code stays as it is. In a terminal of a remote window that cannot be had: there the
 * product is installed into that window.
 *
 * @throws {Error} with what VS Code said, when it did not take an extension or did not start.
 */
export async function openDesktop(
  code: string,
  options: { product: string; starter: string; folder: string; file: string; state: string },
  signal?: AbortSignal,
): Promise<'own instance' | 'remote window'> {
  const remote = isRemote();
  const userData = join(options.state, 'user');
  const instance = remote ? [] : ['--user-data-dir', userData, '--extensions-dir', join(options.state, 'extensions')];
  // VS Code refuses to run as root without this.
  if (!remote && process.platform === 'linux' && process.getuid?.() === 0) instance.push('--no-sandbox');
  await mkdir(options.state, { recursive: true });
  if (!remote) await writeSettings(userData, { ...quietSettings, 'security.workspace.trust.enabled': false });
  for (const vsix of remote ? [options.product] : [options.product, options.starter]) {
    await succeed(code, [...instance, '--install-extension', vsix, '--force'], signal);
  }
  const environment = { ...process.env, DESIGN_ANSWERS_OPEN: options.file };
  await succeed(code, [...instance, '--new-window', options.folder, '--goto', options.file], signal, environment);
  return remote ? 'remote window' : 'own instance';
}

/** Whether we run in a terminal of VS Code's remote window, or in WSL: the `code` of there talks to a window elsewhere. */
function isRemote(): boolean {
  const { VSCODE_IPC_HOOK_CLI, WSL_DISTRO_NAME } = process.env;
  return VSCODE_IPC_HOOK_CLI !== undefined || WSL_DISTRO_NAME !== undefined;
}

async function succeed(code: string, args: string[], signal?: AbortSignal, env = process.env): Promise<void> {
  const end = await runCommand(code, args, { env, signal });
  if (end.code !== 0) throw new Error(`${code} ${args.join(' ')} ended with code ${end.code}:\n${end.output}`);
}
