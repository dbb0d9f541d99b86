import { defineConfig } from 'vitest/config';
import { viteRubricPlugin } from './scripts/rubricPlugin.js';

const SLOW_MACHINE_MS = 300_000;

// `npm test` runs these and the real editors; `test/vscode` belongs to the editors and is not run here.
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [viteRubricPlugin()],
        test: {
          name: 'engine',
          setupFiles: ['test/seed.ts'],
          include: ['test/**/*.test.ts'],
          exclude: ['test/vscode/**', 'test/cli/**', 'test/build/**'],
          // Tells what hangs from what is slow: a busy machine takes several times as long as a quiet one.
          testTimeout: SLOW_MACHINE_MS,
        },
      },
      {
        plugins: [viteRubricPlugin()],
        test: {
          name: 'built',
          setupFiles: ['test/seed.ts'],
          include: ['test/{cli,build}/**/*.test.ts'],
          globalSetup: ['test/build/bundleOnce.ts'],
          // These start processes, and a linter that reads types.
          testTimeout: SLOW_MACHINE_MS,
          hookTimeout: SLOW_MACHINE_MS,
        },
      },
    ],
  },
});
