import { CancellationTokenSource } from 'vscode-languageserver/node';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type * as hoverModule from '../../server/src/core/hover.js';
import { hoverAt } from '../../server/src/core/hover.js';
import type * as reviewModule from '../../server/src/core/review.js';
import { review } from '../../server/src/core/review.js';
import { CHOICES, INSERTION, SECTIONS } from '../../server/src/protocol.js';
import { connect, type LspClient } from './lspClient.js';
import { ANSWER, FINDINGS, TWO_RULES } from './samples.js';

const URI = 'file:///work/notes.md';

// Bugs to come: the engine promises not to throw, and the server holds when it does.
vi.mock('../../server/src/core/review.js', async (original) => {
  const module = await original<typeof reviewModule>();
  return { ...module, review: vi.fn(module.review) };
});
vi.mock('../../server/src/core/hover.js', async (original) => {
  const module = await original<typeof hoverModule>();
  return { ...module, hoverAt: vi.fn(module.hoverAt) };
});

let client: LspClient;

async function start(): Promise<void> {
  client = await connect({ settings: TWO_RULES });
}

afterEach(async () => {
  await client.stop();
  vi.mocked(review).mockClear();
});

describe('documents', () => {
  const megabyte = ANSWER.replace('## Core', `${'The rep reads the summary and goes on. '.repeat(26_000)}\n\n## Core`);

  test.each([
    ['an empty one', '', []],
    ['white space', ' \n\t\r\n ', []],
    ['a binary one', `\0\u0001${ANSWER}`, []],
    ['lone surrogates', '\ud800 \udfff\n'.repeat(10), []],
    ['no final newline', ANSWER.trimEnd(), FINDINGS],
    ['CRLF', ANSWER.replace(/\n/g, '\r\n'), FINDINGS],
    ['lone CR', ANSWER.replace(/\n/g, '\r'), FINDINGS],
    ['a byte-order mark', `\ufeff${ANSWER}`, FINDINGS],
    ['an unclosed fence', `${ANSWER}\n\`\`\`js\nTBD\n`, FINDINGS],
    ['a megabyte', megabyte, ['problem: # Notes after sales calls']],
    ['a megabyte that is no answer', 'A line of notes.\n'.repeat(65_000), []],
  ])('%s', async (_, text, findings) => {
    await start();
    client.open(URI, text);
    expect(await client.findings(URI)).toEqual(findings);
    expect(client.logged).toEqual([]);
  });

  test('broken front matter is shown in it, and hides nothing', async () => {
    await start();
    client.open(URI, `---\nframework: five-step\nrules: [\n---\n\n${ANSWER}`);
    const findings = await client.findings(URI);
    expect(findings).toEqual(expect.arrayContaining(FINDINGS));
    expect(findings).toContainEqual(expect.stringMatching(/^problem: /));
  });

  test('edits outside the text are taken to its ends', async () => {
    await start();
    client.open(URI, ANSWER);
    await client.findings(URI);
    client.replaceRange(URI, { start: { line: 900, character: 0 }, end: { line: 901, character: 7 } }, 'TBD\n');
    client.save(URI);
    expect(await client.findings(URI)).toEqual([...FINDINGS, 'structure/unfilled-placeholder: TBD']);
  });

  test('requests about unknown documents get a neutral answer', async () => {
    await start();
    expect(await client.ask(SECTIONS, { uri: 'no uri at all' })).toBeNull();
    expect(await client.ask(INSERTION, { uri: '', section: '' })).toBeNull();
    expect(await client.ask(SECTIONS, {} as { uri: string })).toBeNull();
  });
});

describe('a bug', () => {
  test('in the review of one document is logged with its address, and leaves the others alone', async () => {
    await start();
    const { getMockImplementation } = vi.mocked(review);
    const whole = getMockImplementation.call(vi.mocked(review));
    vi.mocked(review).mockImplementation((text, ...rest) => {
      if (text.includes('cursed')) throw new Error('a bug');
      return whole!(text, ...rest);
    });
    const cursed = 'file:///work/cursed.md';
    client.open(cursed, ANSWER.replace('Sales', 'cursed sales'));
    client.open(URI, ANSWER);
    expect(await client.findings(cursed)).toEqual([]);
    expect(await client.findings(URI)).toEqual(FINDINGS);
    expect(await client.ask(SECTIONS, { uri: cursed })).toBeNull();
    expect(client.logged[0]).toMatch(/file:\/\/\/work\/cursed\.md.*a bug/);
    expect(client.shown).toEqual([]);

    // The document comes back with the words that the bug was about gone.
    client.replace(cursed, 'cursed sales', 'Sales');
    client.save(cursed);
    expect(await client.findings(cursed)).toEqual(FINDINGS);
    vi.mocked(review).mockImplementation(whole!);
  });

  test('keeps what is shown', async () => {
    await start();
    client.open(URI, ANSWER);
    await client.findings(URI);
    client.replace(URI, 'corrects', 'corrects at once');
    vi.mocked(review).mockImplementationOnce(() => {
      throw new Error('a bug');
    });
    client.save(URI);
    expect(await client.findings(URI)).toEqual(FINDINGS);
  });

  test('in one handler gives nothing there, and the rest goes on', async () => {
    await start();
    client.open(URI, ANSWER);
    vi.mocked(hoverAt).mockImplementationOnce(() => {
      throw new Error('a bug');
    });
    expect(await client.hover(URI, 'TBD')).toBeNull();
    expect(client.logged[0]).toMatch(/Hover failed on file:\/\/\/work\/notes\.md/);
    expect(await client.hover(URI, 'TBD')).not.toBeNull();
  });
});

describe('a cancelled request', () => {
  test('ends as cancelled, and no review is spent on it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    client = await connect({ settings: { ...TWO_RULES, run: 'onType' } });
    client.open(URI, ANSWER);
    await client.findings(URI);
    client.replace(URI, 'its transcript', 'TBD');
    const source = new CancellationTokenSource();
    const pull = client.pull(URI, undefined, source.token);
    await client.ask(CHOICES, null);
    const before = vi.mocked(review).mock.calls.length;
    source.cancel();
    await expect(pull).rejects.toMatchObject({ code: -32800 });
    expect(vi.mocked(review).mock.calls.length).toBe(before);
    vi.useRealTimers();
  });

  test('leaves the next one to be answered', async () => {
    await start();
    client.open(URI, ANSWER);
    const source = new CancellationTokenSource();
    const cancelled = client.ask(SECTIONS, { uri: URI }, source.token).catch((error: unknown) => error);
    source.cancel();
    await cancelled;
    expect(await client.findings(URI)).toEqual(FINDINGS);
  });
});

describe('work', () => {
  test('a text is reviewed once, however many ask about it', async () => {
    await start();
    client.open(URI, ANSWER);
    await Promise.all([
      client.findings(URI),
      client.hover(URI, 'TBD'),
      client.actions(URI, 'TBD'),
      client.ask(SECTIONS, { uri: URI }),
    ]);
    client.save(URI);
    await client.idle();
    expect(review).toHaveBeenCalledTimes(1);
  });

  test('a document that is no answer is not reviewed at all', async () => {
    await start();
    client.open(URI, '# Tools\n\n## Requirements\n\nNode.\n');
    await client.findings(URI);
    await client.hover(URI, 'Node');
    expect(review).not.toHaveBeenCalled();
  });

  test('a document that is opened again starts anew, and a second server knows nothing of the first', async () => {
    await start();
    client.open(URI, ANSWER);
    const first = await client.pull(URI);
    client.close(URI);
    client.open(URI, ANSWER.replace('TBD', 'forget half'));
    expect(await client.findings(URI)).toEqual([FINDINGS[0], FINDINGS[2]]);
    await client.stop();
    await start();
    client.open(URI, ANSWER);
    expect((await client.pull(URI, first.resultId)).kind).toBe('full');
  });
});
