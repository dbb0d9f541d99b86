import { defineConfig } from 'vitest/config';
import { viteRubricPlugin } from './scripts/rubricPlugin.js';

// `npm test` runs these and the real editors; `test/vscode` belongs to the editors and is not run here.
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [viteRubricPlugin()],
        test: {
          name: 'engine',
          include: ['test/**/*.test.ts'],
          exclude: ['test/vscode/**', 'test/cli/**', 'test/build/**'],
          // A busy machine is slow; what hangs is still told from what is slow.
          testTimeout: 60_000,
        },
      },
      {
        plugins: [viteRubricPlugin()],
        test: {
          name: 'built',
          include: ['test/{cli,build}/**/*.test.ts'],
          globalSetup: ['test/build/bundleOnce.ts'],
          // These start processes, and a linter that reads types.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
