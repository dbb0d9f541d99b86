import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCommand, runCommand } from './commands.js';
import { freePort, installExtension, installHostB, type RunningHostB, startHostB } from './hostB.js';
import { editorAddress, quietSettings, writeSettings } from './launch.js';
import { hostSources, projectRoot } from './paths.js';
import type { Progress } from './progress.js';

/** Thrown when the product cannot be packed; the message holds what the packer said. */
export class PackError extends Error {}

/** Where the packed extension is, absolute. */
export const packedExtension = join(projectRoot, 'design-answers.vsix');

/** The folder that a person sees first. */
export const examplesFolder = join(projectRoot, 'examples');

/** An editor in the browser with the product installed, showing an example with its findings. */
export interface FirstLook {
  /** Where to open it. Holds the secret that keeps everybody else out. */
  address: string;
  server: RunningHostB;
}

/** What a first look is made of; paths are absolute. */
export interface FirstLookOptions {
  vsix: readonly string[];
  folder: string;
  /** The file that is open. */
  file: string;
  /** Where the editor keeps its state; emptied first. */
  state: string;
  port?: number;
  progress: Progress;
  signal?: AbortSignal | undefined;
}

/** Builds and packs the product, and the small extension that opens the example. Returns both packages. */
export async function packForFirstLook(progress: Progress, signal?: AbortSignal): Promise<string[]> {
  progress.say('Building and packing the extension');
  const npm = npmCommand();
  const packed = await runCommand(npm.command, [...npm.args, 'run', 'package'], { cwd: projectRoot, signal });
  if (packed.code !== 0) throw new PackError(`The extension could not be packed.\n${packed.output}`);
  const starter = join(projectRoot, 'dist', 'first-look.vsix');
  const vsce = join(projectRoot, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', starter];
  const packedStarter = await runCommand(process.execPath, [vsce, ...args], {
    cwd: join(hostSources, 'starter'),
    signal,
  });
  if (packedStarter.code !== 0) throw new PackError(`The first look could not be packed.\n${packedStarter.output}`);
  return [packedExtension, starter];
}

/** The example that shows what the product does: the weak answer. */
export async function weakExample(): Promise<string> {
  const name = (await readdir(examplesFolder)).find((each) => /weak.*\.md$/.test(each));
  if (name === undefined) throw new Error(`There is no weak example in ${examplesFolder}.`);
  return join(examplesFolder, name);
}

/** Starts host B with the product installed. The caller stops the server. */
export async function startFirstLook(options: FirstLookOptions): Promise<FirstLook> {
  const { progress, signal } = options;
  const installation = await installHostB(progress, signal);
  progress.say('Installing the extension and starting VS Code');
  await rm(options.state, { recursive: true, force: true });
  const folders = { userData: join(options.state, 'user'), extensions: join(options.state, 'extensions') };
  await mkdir(folders.extensions, { recursive: true });
  for (const vsix of options.vsix) await installExtension(installation, vsix, folders, signal);
  await writeSettings(folders.userData, { ...quietSettings, 'window.autoDetectColorScheme': true });
  const server = await startHostB(
    installation,
    {
      ...folders,
      port: options.port ?? (await freePort()),
      token: randomBytes(16).toString('hex'),
      environment: { DESIGN_ANSWERS_OPEN: options.file },
    },
    signal,
  );
  return { address: editorAddress(server, options.folder), server };
}
