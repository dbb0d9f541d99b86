/**
 * Runs the suite through @vscode/test-electron.
 *
 *   tsx scripts/hosts/testElectron.ts            desktop VS Code, downloaded by the runner (VSCODE_VERSION, default stable)
 *   tsx scripts/hosts/testElectron.ts --host-b   the same, in host B
 *
 * Expects the extension and the suites to be built.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { hasDisplay } from './display.js';
import { inScratch } from './launch.js';
import { hostSources, projectRoot } from './paths.js';
import { suites } from './suites.js';

const launcher = join(hostSources, process.platform === 'win32' ? 'code-launcher.cmd' : 'code-launcher.mjs');
const inHostB = process.argv.includes('--host-b');

try {
  await inScratch(async (scratch) => {
    const workspace = join(scratch, 'workspace');
    await mkdir(workspace);
    await runTests({
      vscodeExecutablePath: inHostB ? launcher : await download(),
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: suites.node,
      launchArgs: [
        workspace,
        `--user-data-dir=${join(scratch, 'user')}`,
        `--extensions-dir=${join(scratch, 'extensions')}`,
        ...(inHostB ? [] : ['--disable-extensions']),
      ],
    });
  });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function download(): Promise<string> {
  if (!hasDisplay()) {
    throw new Error('Desktop VS Code needs a display. Without one: xvfb-run -a npm run test:desktop');
  }
  try {
    return await downloadAndUnzipVSCode(process.env['VSCODE_VERSION'] ?? 'stable');
  } catch (error) {
    throw new Error(
      `VS Code could not be downloaded (${(error as Error).message}). ` +
        'Where only the npm registry can be reached, npm test runs the same suite in the editors that it installs.',
    );
  }
}
