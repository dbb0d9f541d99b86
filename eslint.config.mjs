import tseslint from 'typescript-eslint';
import { roomRules } from './scripts/roomRules.mjs';

const TYPESCRIPT = ['client/**/*.ts', 'server/**/*.ts', 'scripts/**/*.ts', 'test/**/*.ts', '*.ts'];

/** What a browser, Node or a clock would bring into the engine. The types hide most of it already; this also says why. */
const PLATFORM_GLOBALS = [
  ...['process', 'Buffer', '__dirname', '__filename', 'global', 'globalThis', 'setImmediate'],
  ...[
    'window',
    'self',
    'document',
    'navigator',
    'location',
    'fetch',
    'localStorage',
    'postMessage',
    'Worker',
    'crypto',
  ],
  ...['console', 'setTimeout', 'setInterval', 'queueMicrotask', 'performance', 'Date'],
];

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '.hosts/', '.vscode-test/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.mjs', ...TYPESCRIPT],
    extends: [tseslint.configs.recommended],
    plugins: { rooms: roomRules },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: TYPESCRIPT,
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A forgotten `await` in a handler is a lost error. The other rules that need types cost more time than they find.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },

  // The rooms. Everything that a room may import is listed; whatever is not listed fails.
  {
    files: ['server/src/core/**/*.ts'],
    rules: {
      'rooms/imports': [
        'error',
        {
          room: 'core',
          folders: ['server/src/core'],
          packages: [
            '^design-answers:(rubric|matcher)$',
            '^(unified|remark-parse|remark-gfm|remark-frontmatter)$',
            '^(mdast|unist)$',
            '^(mdast-util|unist-util|micromark|micromark-util|micromark-extension)(-|$)',
            '^yaml$',
            '^franc-min$',
          ],
          because:
            'the engine knows no platform, no editor and no protocol: text, rubric and settings come in as arguments',
        },
      ],
      'no-restricted-globals': [
        'error',
        ...PLATFORM_GLOBALS.map((name) => ({ name, message: 'The engine knows no platform, no clock and no log.' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Same text in, same review out.' },
      ],
    },
  },
  {
    files: ['server/src/report/**/*.ts'],
    rules: {
      'rooms/imports': [
        'error',
        {
          room: 'report',
          folders: ['server/src/core', 'server/src/report'],
          files: ['server/src/protocol.ts'],
          packages: ['^d3-(array|shape)$'],
          because: 'a page is made of data alone, for a file as for the editor, in Node as in a worker',
        },
      ],
      'no-restricted-globals': [
        'error',
        ...PLATFORM_GLOBALS.map((name) => ({ name, message: 'A page is made of data alone: no platform, no clock.' })),
      ],
    },
  },
  {
    files: ['server/src/lsp/**/*.ts', 'server/src/protocol.ts'],
    rules: {
      'rooms/imports': [
        'error',
        {
          room: 'lsp',
          folders: ['server/src/core', 'server/src/lsp', 'server/src/report'],
          files: ['server/src/protocol.ts'],
          packages: [
            '^vscode-(languageserver|languageserver-textdocument|languageserver-protocol|languageserver-types|jsonrpc)(/|$)',
          ],
          because: 'the language server runs in a web worker too and reads no disk',
        },
      ],
    },
  },
  {
    files: ['server/src/main.node.ts', 'server/src/main.worker.ts'],
    rules: {
      'rooms/imports': [
        'error',
        {
          room: 'the server entries',
          folders: ['server/src/lsp'],
          files: ['server/src/protocol.ts'],
          packages: ['^node:', '^vscode-languageserver(/|$)'],
          because: 'an entry makes a connection and hands it over',
        },
      ],
    },
  },
  {
    files: ['server/src/cli/**/*.ts'],
    rules: {
      'rooms/imports': [
        'error',
        {
          room: 'cli',
          folders: ['server/src/core', 'server/src/cli', 'server/src/report'],
          // `serve` starts the server's bundle, which lies beside the command line's in `dist/`.
          packages: ['^node:', '^\\./server\\.node\\.cjs$'],
          because: 'the command line is a shell around the engine',
        },
      ],
    },
  },
  {
    files: ['client/**/*.ts'],
    rules: {
      'rooms/imports': [
        'error',
        {
          room: 'client',
          folders: ['client'],
          files: ['server/src/protocol.ts'],
          packages: ['^vscode$', '^vscode-languageclient(/|$)', '^design-answers:(headings|questions)$'],
          because: 'the client shows and the server knows; the client also runs in the web',
        },
      ],
    },
  },
  {
    files: ['client/src/extension.ts'],
    rules: {
      'rooms/imports': [
        'error',
        {
          room: 'the desktop entry',
          folders: ['client'],
          files: ['server/src/protocol.ts'],
          packages: ['^vscode$', '^vscode-languageclient(/|$)', '^node:'],
          because: 'the client shows and the server knows',
        },
      ],
    },
  },
  {
    files: ['rubrics/**', 'snippets/**'],
    rules: { 'rooms/data': 'error' },
    plugins: { rooms: roomRules },
  },
);
