// Runs after `npm ci`, so that `npx design-answers` and F5 work at once. Plain JavaScript, since it must also end well where the
// development packages are absent (`npm ci --omit=dev`, or an installed package, which comes with its bundles).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsx = fileURLToPath(new URL('../node_modules/tsx/dist/cli.mjs', import.meta.url));
const esbuild = fileURLToPath(new URL('../node_modules/esbuild/package.json', import.meta.url));
const bundle = fileURLToPath(new URL('bundle.ts', import.meta.url));

if ([tsx, esbuild, bundle].every((path) => existsSync(path))) {
  const build = spawnSync(process.execPath, [tsx, bundle], { cwd: root, stdio: 'inherit' });
  process.exitCode = build.status ?? 1;
} else {
  console.log('The development packages are not installed, so nothing is built.');
}
