import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PAUSE } from '../../server/src/lsp/attendant.js';
import { REVIEW, SECTIONS } from '../../server/src/protocol.js';
import { connect, type ClientOptions, type LspClient } from './lspClient.js';
import { ANSWER, FINDINGS, README, TWO_RULES } from './samples.js';

const URI = 'file:///work/notes.md';
const [MISSING, TBD, TODO] = FINDINGS as [string, string, string];

let client: LspClient;

async function start(options: ClientOptions = {}): Promise<LspClient> {
  return (client = await connect({ settings: TWO_RULES, ...options }));
}

/** Everything sent so far has reached the server, and no timer has been awaited. */
async function arrive(): Promise<void> {
  await client.ask(SECTIONS, { uri: URI });
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(async () => {
  vi.useRealTimers();
  await client.stop();
});

describe('a client that pulls', () => {
  test('is told that it may, and is pushed nothing', async () => {
    await start();
    expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({ identifier: 'design-answers' });
    client.open(URI, ANSWER);
    expect(await client.findings(URI)).toEqual(FINDINGS);
    client.save(URI);
    await client.idle();
    expect(client.published).toEqual([]);
  });

  test('gets everything that a diagnostic can carry', async () => {
    await start();
    client.open(URI, ANSWER);
    const report = await client.pull(URI);
    expect(report).toMatchObject({
      kind: 'full',
      items: [
        {
          code: 'structure/missing-section',
          codeDescription: { href: expect.stringMatching(/\/docs\/checks\/structure\/missing-section\.md$/) as string },
          source: 'Design Answers',
          severity: 2,
          range: client.rangeOf(URI, 'Notes after sales calls'),
        },
        { range: client.rangeOf(URI, 'TBD') },
        {},
      ],
    });
  });

  test('hears "unchanged" until something changes', async () => {
    await start();
    client.open(URI, ANSWER);
    const first = await client.pull(URI);
    expect(await client.pull(URI, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    client.replace(URI, '\n\n## Problem', '\n\nNew.\n\n## Problem');
    expect((await client.pull(URI, first.resultId)).kind).toBe('full');
  });

  test('gets nothing for a file that is no answer, in another language, or unknown', async () => {
    await start();
    client.open('file:///work/README.md', README);
    client.open('file:///work/notes.txt', ANSWER, 'plaintext');
    expect(await client.findings('file:///work/README.md')).toEqual([]);
    expect(await client.findings('file:///work/notes.txt')).toEqual([]);
    expect(await client.findings('file:///work/unknown.md')).toEqual([]);
  });

  test('is served for every scheme', async () => {
    await start();
    for (const uri of ['untitled:Untitled-1', 'vscode-vfs://github/someone/notes/a%20b.md']) {
      client.open(uri, ANSWER);
      expect(await client.findings(uri)).toEqual(FINDINGS);
    }
  });

  test('is asked to pull again after a save that it did not pull for, and only then', async () => {
    await start();
    client.open(URI, ANSWER);
    await client.findings(URI);
    client.replace(URI, 'its transcript', 'TBD');
    expect(await client.findings(URI)).toEqual(FINDINGS);
    const refresh = client.nextRefresh();
    client.save(URI);
    await client.idleAfter(() => vi.runAllTimersAsync());
    await refresh;
    expect(await client.findings(URI)).toEqual([MISSING, TBD, TBD, TODO]);
    client.save(URI);
    await client.idleAfter(() => vi.runAllTimersAsync());
    await arrive();
    expect(client.refreshes()).toBe(1);
  });
});

describe('a client that cannot pull', () => {
  test('is pushed to, and offered no pulling', async () => {
    await start({ pull: false });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    client.open(URI, ANSWER);
    await client.idle();
    expect(client.pushed(URI)).toEqual(FINDINGS);
    expect(client.published.at(-1)?.version).toBe(1);
  });

  test('gets moved findings after a pause, and new ones with a save', async () => {
    await start({ pull: false });
    client.open(URI, ANSWER);
    await client.idle();
    client.replace(URI, '## Problem', 'New.\n\n## Problem');
    client.replace(URI, 'TBD', 'forget half of XXX');
    await arrive();
    expect(client.published).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(PAUSE);
    await client.idle();
    expect(client.published).toHaveLength(2);
    expect(client.pushed(URI)).toEqual([MISSING, TODO]);
    client.save(URI);
    await client.idle();
    expect(client.pushed(URI)).toEqual([MISSING, 'structure/unfilled-placeholder: XXX', TODO]);
  });

  test('is told when a document is closed that its findings are gone', async () => {
    await start({ pull: false });
    client.open(URI, ANSWER);
    await client.idle();
    const publication = client.nextPublication(URI);
    client.close(URI);
    expect(await publication).toEqual({ uri: URI, diagnostics: [] });
  });
});

describe('designAnswers.run: onSave', () => {
  test('keeps findings on their words while the writer types', async () => {
    await start();
    client.open(URI, ANSWER);
    await client.findings(URI);
    client.replace(URI, '# Notes', 'A line above.\n\n# Notes');
    client.replace(URI, 'Sales reps lose', 'Reps lose');
    client.replace(URI, 'TODO', 'Later. TODO');
    await arrive();
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(await client.findings(URI)).toEqual(FINDINGS);
  });

  test('drops a finding whose words were edited, and only that one', async () => {
    await start();
    client.open(URI, ANSWER);
    await client.findings(URI);
    client.replace(URI, 'TBD', 'forget half of it');
    expect(await client.findings(URI)).toEqual([MISSING, TODO]);
  });

  test('brings new findings with the save, not before', async () => {
    await start();
    client.open(URI, ANSWER);
    await client.findings(URI);
    client.replace(URI, 'its transcript', 'TBD');
    await arrive();
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(await client.findings(URI)).toEqual(FINDINGS);
    client.save(URI);
    await client.idle();
    expect(await client.findings(URI)).toEqual([MISSING, TBD, TBD, TODO]);
  });

  test('keeps findings when the editor replaces the whole text with nearly the same', async () => {
    await start();
    client.open(URI, ANSWER);
    await client.findings(URI);
    client.replaceAll(URI, ANSWER.replace('an hour a day', 'two hours a day'));
    expect(await client.findings(URI)).toEqual(FINDINGS);
  });

  test('takes a pause for a save where there is nothing to save', async () => {
    await start();
    const untitled = 'untitled:Untitled-1';
    client.open(untitled, ANSWER);
    await client.findings(untitled);
    client.replace(untitled, 'its transcript', 'TBD');
    await client.ask(SECTIONS, { uri: untitled });
    const pull = client.findings(untitled);
    await client.ask(SECTIONS, { uri: untitled });
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(await pull).toEqual([MISSING, TBD, TBD, TODO]);
  });
});

describe('designAnswers.run: onType', () => {
  test('answers a pull once the writer pauses', async () => {
    await start({ settings: { ...TWO_RULES, run: 'onType' } });
    client.open(URI, ANSWER);
    await client.findings(URI);
    client.replace(URI, 'its transcript', 'TBD');
    let isAnswered = false;
    const pull = client.findings(URI).finally(() => (isAnswered = true));
    await arrive();
    await vi.advanceTimersByTimeAsync(PAUSE - 1);
    client.replace(URI, 'The rep opens', 'A rep opens');
    await arrive();
    await vi.advanceTimersByTimeAsync(PAUSE - 1);
    await arrive();
    expect(isAnswered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await pull).toEqual([MISSING, TBD, TBD, TODO]);
  });

  test('pushes once a pause', async () => {
    await start({ pull: false, settings: { ...TWO_RULES, run: 'onType' } });
    client.open(URI, ANSWER);
    await client.idle();
    client.replace(URI, 'its transcript', 'TB');
    client.replace(URI, 'TB ', 'TBD ');
    await arrive();
    await vi.advanceTimersByTimeAsync(PAUSE);
    await client.idle();
    expect(client.published).toHaveLength(2);
    expect(client.pushed(URI)).toEqual([MISSING, TBD, TBD, TODO]);
  });

  test('does not keep a README waiting', async () => {
    await start({ settings: { ...TWO_RULES, run: 'onType' } });
    client.open(URI, README);
    await client.findings(URI);
    client.replace(URI, 'Node 20', 'Node 22');
    expect(await client.findings(URI)).toEqual([]);
  });
});

describe('designAnswers.run: manual', () => {
  test('reviews by the command alone', async () => {
    await start({ settings: { ...TWO_RULES, run: 'manual' } });
    client.open(URI, ANSWER);
    expect(await client.findings(URI)).toEqual([]);
    client.save(URI);
    await client.idle();
    expect(await client.findings(URI)).toEqual([]);
    const state = await client.ask(REVIEW, { uri: URI });
    expect(state).toMatchObject({
      isAnswer: true,
      isReviewed: true,
      counts: { error: 0, warning: 3, information: 0, hint: 0 },
    });
    expect(await client.findings(URI)).toEqual(FINDINGS);
    client.replace(URI, 'its transcript', 'TBD');
    client.save(URI);
    await client.idleAfter(() => vi.advanceTimersByTimeAsync(PAUSE));
    expect(await client.findings(URI)).toEqual(FINDINGS);
  });

  test('works for push', async () => {
    await start({ pull: false, settings: { ...TWO_RULES, run: 'manual' } });
    client.open(URI, ANSWER);
    await client.idle();
    expect(client.published).toEqual([]);
    await client.ask(REVIEW, { uri: URI });
    expect(client.pushed(URI)).toEqual(FINDINGS);
  });

  test('clears what came by itself when it is set', async () => {
    await start();
    client.open(URI, ANSWER);
    expect(await client.findings(URI)).toEqual(FINDINGS);
    client.changeSettings({ ...TWO_RULES, run: 'manual' });
    await client.idle();
    expect(await client.findings(URI)).toEqual([]);
  });

  test('answers for documents that are none with what they are', async () => {
    await start();
    client.open(URI, README);
    expect(await client.ask(REVIEW, { uri: URI })).toMatchObject({ isAnswer: false, framework: null });
    expect(await client.ask(REVIEW, { uri: 'file:///unknown.md' })).toBeNull();
  });
});

describe('the state', () => {
  test('is sent to clients that listen, when it changes', async () => {
    await start({ initializationOptions: { state: true } });
    client.open(URI, ANSWER);
    await client.idle();
    expect(client.states).toEqual([
      expect.objectContaining({
        uri: URI,
        isAnswer: true,
        framework: expect.objectContaining({ id: 'five-step', budgetSeconds: 1200 }) as object,
        counts: { error: 0, warning: 3, information: 0, hint: 0 },
      }),
    ]);
    client.save(URI);
    await client.idle();
    expect(client.states).toHaveLength(1);
  });

  test('carries the id of the report that shows it', async () => {
    await start({ initializationOptions: { state: true } });
    client.open(URI, ANSWER);
    const { resultId } = await client.pull(URI);
    expect(await client.idle(URI)).toMatchObject([{ resultId }]);
  });

  test('is not sent to others', async () => {
    await start();
    client.open(URI, ANSWER);
    await client.idle();
    expect(client.states).toEqual([]);
  });
});
