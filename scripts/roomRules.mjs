// The lint rules that hold the rooms of ARCHITECTURE.md apart. `eslint.config.mjs` has one block per room with what it may import.
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** An ESLint plugin with `imports` (a list of what a room may import) and `data` (no code at all). */
export const roomRules = { rules: { imports: importsRule(), data: dataRule() } };

/**
 * Options: `room` (for the message), `folders` and `files` (of the project, from its root, without an ending that starts with
 * a dot other than the file's own), `packages` (regular expressions over the words of the import) and `because`.
 * Looks at every form of import: static, re-exported, dynamic, `require`, and `import()` in types.
 */
function importsRule() {
  return {
    meta: {
      type: 'problem',
      messages: { arrow: '{{room}} must not import "{{source}}": {{because}}. See "Rooms" in ARCHITECTURE.md.' },
      schema: [
        {
          type: 'object',
          properties: {
            room: { type: 'string' },
            folders: { type: 'array', items: { type: 'string' } },
            files: { type: 'array', items: { type: 'string' } },
            packages: { type: 'array', items: { type: 'string' } },
            because: { type: 'string' },
          },
          required: ['room', 'because'],
          additionalProperties: false,
        },
      ],
    },
    create(context) {
      const { room, because, folders = [], files = [], packages = [] } = context.options[0];
      const allowedPackages = packages.map((pattern) => new RegExp(pattern));

      function check(node) {
        if (!node) return;
        // What cannot be read here could be anything, so it is refused as well.
        const source = typeof node.value === 'string' ? node.value : context.sourceCode.getText(node);
        if (typeof node.value === 'string' && isAllowed(source)) return;
        context.report({ node, messageId: 'arrow', data: { room, source, because } });
      }

      function isAllowed(source) {
        if (allowedPackages.some((pattern) => pattern.test(source))) return true;
        if (!source.startsWith('.')) return false;
        const target = relative(ROOT, resolve(dirname(context.filename), source))
          .split(sep)
          .join('/');
        const asWritten = target.replace(/\.js$/, '.ts');
        return files.includes(asWritten) || folders.some((folder) => target.startsWith(`${folder}/`));
      }

      return {
        ImportDeclaration: (node) => check(node.source),
        ExportNamedDeclaration: (node) => check(node.source),
        ExportAllDeclaration: (node) => check(node.source),
        ImportExpression: (node) => check(node.source),
        TSImportType: (node) => check(node.source ?? node.argument?.literal),
        TSExternalModuleReference: (node) => check(node.expression),
        'CallExpression[callee.name="require"]': (node) => check(node.arguments[0]),
      };
    },
  };
}

/** Reports every file it sees: a room of data holds none that a linter reads. */
function dataRule() {
  return {
    meta: {
      type: 'problem',
      messages: { code: 'This folder holds data. Code belongs in server/src/core. See "Rooms" in ARCHITECTURE.md.' },
      schema: [],
    },
    create: (context) => ({ Program: (node) => context.report({ node, messageId: 'code' }) }),
  };
}
