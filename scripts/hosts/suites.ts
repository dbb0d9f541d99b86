import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { projectRoot } from './paths.js';

/** The bundled suites, absolute. */
export const suites = {
  node: join(projectRoot, 'dist', 'test', 'suite.cjs'),
  web: join(projectRoot, 'dist', 'test', 'suite.js'),
};

/** The suite that has its window reloaded, absolute. */
export const reloadSuites = {
  node: join(projectRoot, 'dist', 'test', 'reload.cjs'),
  web: join(projectRoot, 'dist', 'test', 'reload.js'),
};

/** Bundles the suites of the real editors for both kinds of extension host. */
export async function bundleSuites(): Promise<void> {
  await bundleSuite('suite', suites);
  await bundleSuite('reload', reloadSuites);
}

async function bundleSuite(folder: string, outputs: typeof suites): Promise<void> {
  const shared: BuildOptions = {
    entryPoints: [join(projectRoot, 'test', 'vscode', folder, 'index.ts')],
    bundle: true,
    format: 'cjs',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  };
  await build({ ...shared, platform: 'node', target: 'node20', outfile: outputs.node });
  await build({ ...shared, platform: 'browser', target: 'es2022', outfile: outputs.web });
}
