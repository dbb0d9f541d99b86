import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { ROOT, WEAK } from '../cli/runCli.js';

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: Record<string, unknown>;
}

/**
 * Runs the worker's bundle in a world that has what a web worker has, and neither Node nor a page: a bundle that asks for `document`,
 * `process` or `require` fails here.
 */
function startWorker(): {
  request: (method: string, params: unknown) => Promise<Message>;
  notify: (method: string, params: unknown) => void;
} {
  const waiting = new Map<number, (message: Message) => void>();
  let lastId = 0;
  const scope: { onmessage: ((event: { data: unknown }) => void) | null } & Record<string, unknown> = {
    onmessage: null,
    postMessage(message: Message) {
      // Requests of the server (settings, registrations) get an empty answer, as from a client with no settings.
      if (message.method !== undefined && message.id !== undefined) {
        const items = (message.params as { items?: unknown[] } | undefined)?.items ?? [];
        send({ id: message.id, result: message.method === 'workspace/configuration' ? items.map(() => null) : null });
      } else if (typeof message.id === 'number') {
        waiting.get(message.id)?.(message);
      }
    },
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    ...{ setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask, performance, console },
    ...{ TextEncoder, TextDecoder, URL, AbortController, structuredClone },
  };
  scope['self'] = scope;
  const send = (message: object): void => {
    // Across threads a message is copied, and it arrives later.
    const data: unknown = structuredClone({ jsonrpc: '2.0', ...message });
    queueMicrotask(() => scope.onmessage?.({ data }));
  };
  runInContext(readFileSync(join(ROOT, 'dist', 'server.worker.js'), 'utf8'), createContext(scope), {
    filename: 'server.worker.js',
  });
  return {
    notify: (method, params) => send({ method, params }),
    request(method, params) {
      const id = ++lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        send({ id, method, params });
      });
    },
  };
}

test('the worker’s bundle reviews an answer without a page and without Node', async () => {
  const worker = startWorker();
  const initialized = await worker.request('initialize', {
    processId: null,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
  });
  expect(initialized.result?.['capabilities']).toMatchObject({ hoverProvider: expect.anything() });
  worker.notify('initialized', {});

  const uri = 'untitled:weak.answer.md';
  worker.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 1, text: WEAK } });
  const pulled = await worker.request('textDocument/diagnostic', { textDocument: { uri } });
  const items = pulled.result?.['items'] as { code: string }[];
  expect(items.map(({ code }) => code)).toContain('cost/no-numbers');
});

test('no bundle of the web asks for a page', () => {
  // `document.createElement` is what the markdown parser's browser build decodes its entities with.
  expect(readFileSync(join(ROOT, 'dist', 'server.worker.js'), 'utf8')).not.toContain('document.createElement');
});
