import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const eslint = new ESLint({
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  // The rooms need no types, and so the files that are named here need not exist.
  overrideConfig: [{ files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked }],
});

/** The rules about rooms that a file breaks. */
async function broken(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  const rooms = ['rooms/imports', 'rooms/data', 'no-restricted-globals', 'no-restricted-properties'];
  return (result?.messages ?? [])
    .map((message) => message.ruleId ?? `syntax: ${message.message}`)
    .filter((rule) => rooms.includes(rule) || rule.startsWith('syntax'));
}

describe('arrows that must not be', () => {
  test.each([
    ['core → a Node builtin', 'server/src/core/review.ts', `import { readFileSync } from 'node:fs';`],
    ['core → a Node builtin without its prefix', 'server/src/core/review.ts', `import { readFileSync } from 'fs';`],
    ['core → the editor', 'server/src/core/review.ts', `import type { Uri } from 'vscode';`],
    [
      'core → the protocol package',
      'server/src/core/review.ts',
      `import { Position } from 'vscode-languageserver-types';`,
    ],
    ['core → our own protocol', 'server/src/core/review.ts', `import type { Sections } from '../protocol.js';`],
    ['core → lsp', 'server/src/core/checks/absent.ts', `import { startServer } from '../../lsp/startServer.js';`],
    ['core → cli', 'server/src/core/review.ts', `export { lint } from '../cli/lint.js';`],
    ['core → client', 'server/src/core/review.ts', `export * from '../../../client/src/detect.js';`],
    ['core → scripts', 'server/src/core/review.ts', `const { bundle } = await import('../../../scripts/bundle.js');`],
    ['core → an unlisted package', 'server/src/core/review.ts', `import lodash from 'lodash';`],
    ['core → by require', 'server/src/core/review.ts', `const fs = require('node:fs');`],
    ['core → in a type', 'server/src/core/review.ts', `export type Uri = import('vscode').Uri;`],
    ['core → a computed name', 'server/src/core/review.ts', `export const load = (name: string) => import(name);`],
    ['core → report', 'server/src/core/hover.ts', `import { html } from '../report/html.js';`],
    ['report → a Node builtin', 'server/src/report/page.ts', `import { createHash } from 'node:crypto';`],
    ['report → the editor', 'server/src/report/page.ts', `import { Uri } from 'vscode';`],
    ['report → lsp', 'server/src/report/page.ts', `import { startServer } from '../lsp/startServer.js';`],
    ['client → report', 'client/src/activate.ts', `import { page } from '../../server/src/report/page.js';`],
    ['lsp → the disk', 'server/src/lsp/startServer.ts', `import { readFileSync } from 'node:fs';`],
    ['lsp → the editor', 'server/src/lsp/startServer.ts', `import { Uri } from 'vscode';`],
    ['lsp → cli', 'server/src/lsp/startServer.ts', `import { lint } from '../cli/lint.js';`],
    ['lsp → client', 'server/src/lsp/startServer.ts', `import { activate } from '../../../client/src/activate.js';`],
    ['protocol → the editor', 'server/src/protocol.ts', `import type { Uri } from 'vscode';`],
    ['the server’s entry → cli', 'server/src/main.node.ts', `import { lint } from './cli/lint.js';`],
    ['the server’s entry → the editor', 'server/src/main.worker.ts', `import { Uri } from 'vscode';`],
    ['cli → lsp', 'server/src/cli/lint.ts', `import { startServer } from '../lsp/startServer.js';`],
    ['cli → client', 'server/src/cli/lint.ts', `import { detect } from '../../../client/src/detect.js';`],
    ['cli → the editor', 'server/src/cli/lint.ts', `import { Uri } from 'vscode';`],
    ['client → core', 'client/src/activate.ts', `import { review } from '../../server/src/core/index.js';`],
    ['client → lsp', 'client/src/activate.ts', `import { startServer } from '../../server/src/lsp/startServer.js';`],
    ['client → cli', 'client/src/activate.ts', `import { lint } from '../../server/src/cli/lint.js';`],
    ['client → a Node builtin', 'client/src/activate.ts', `import { join } from 'node:path';`],
    ['client → the compiled rubric', 'client/src/activate.ts', `import rubric from 'design-answers:rubric';`],
    ['the web entry → a Node builtin', 'client/src/extension.web.ts', `import { join } from 'node:path';`],
    [
      'the desktop entry → core',
      'client/src/extension.ts',
      `import { review } from '../../server/src/core/review.js';`,
    ],
  ])('%s', async (_arrow, filePath, code) => {
    expect(await broken(filePath, code)).toEqual(['rooms/imports']);
  });
});

test.each([
  ['process', 'export const home = process.env;'],
  ['document', 'export const page = document;'],
  ['console', `console.log('found');`],
  ['setTimeout', 'setTimeout(() => undefined, 1);'],
  ['Date', 'export const now = new Date();'],
  ['performance', 'export const now = performance.now();'],
])('core knows no %s', async (_name, code) => {
  expect(await broken('server/src/core/review.ts', code)).toEqual(['no-restricted-globals']);
});

test('core knows no randomness', async () => {
  expect(await broken('server/src/core/review.ts', 'export const luck = Math.random();')).toEqual([
    'no-restricted-properties',
  ]);
});

test.each(['rubrics/checks/cost/clever.ts', 'rubrics/helper.mjs', 'snippets/make.ts'])(
  '%s is refused, since data holds no code',
  async (filePath) => {
    expect(await broken(filePath, 'export const answer = 42;')).toEqual(['rooms/data']);
  },
);

describe('arrows that must stay possible', () => {
  test.each([
    ['server/src/core/checks/absent.ts', `import type { Finding } from '../types.js';`],
    ['server/src/core/answer/blocks.ts', `import { fromMarkdown } from 'mdast-util-from-markdown';`],
    ['server/src/core/answer/blocks.ts', `import type { Root } from 'mdast';`],
    ['server/src/core/rubric/yamlReader.ts', `import { parseDocument } from 'yaml';`],
    ['server/src/core/rubric/builtIn.ts', `import compiled from 'design-answers:rubric';`],
    ['server/src/report/renderReport.ts', `import type { Report } from '../core/index.js';`],
    ['server/src/report/charts.ts', `import { ticks } from 'd3-array';`],
    ['server/src/lsp/startServer.ts', `import { renderReport } from '../report/renderReport.js';`],
    ['server/src/cli/report.ts', `import { renderReport } from '../report/renderReport.js';`],
    ['server/src/lsp/startServer.ts', `import { review } from '../core/index.js';`],
    ['server/src/lsp/startServer.ts', `import type { Sections } from '../protocol.js';`],
    ['server/src/lsp/startServer.ts', `import { TextDocuments } from 'vscode-languageserver';`],
    ['server/src/main.node.ts', `import { startServer } from './lsp/startServer.js';`],
    ['server/src/main.worker.ts', `import { createConnection } from 'vscode-languageserver/browser.js';`],
    ['server/src/cli/lint.ts', `import { review } from '../core/index.js';`],
    ['client/src/activate.ts', `import type { Sections } from '../../server/src/protocol.js';`],
    ['client/src/activate.ts', `import headings from 'design-answers:headings';`],
    ['client/src/extension.ts', `import { LanguageClient } from 'vscode-languageclient/node.js';`],
  ])('%s: %s', async (filePath, code) => {
    expect(await broken(filePath, code)).toEqual([]);
  });
});
