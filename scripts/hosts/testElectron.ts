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
import { runTests } from '@vscode/test-electron';
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
      ...(inHostB ? { vscodeExecutablePath: launcher } : { version: process.env['VSCODE_VERSION'] ?? 'stable' }),
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
  if (!inHostB && process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    console.error('Desktop VS Code needs a display. Without one: xvfb-run -a npm run test:desktop');
  }
  process.exitCode = 1;
}
