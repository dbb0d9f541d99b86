import { afterEach, expect, test } from 'vitest';
import { HISTORY, REPORT, RESULT } from '../../server/src/protocol.js';
import { round } from '../client/rounds.js';
import { readPage, textOf } from '../report/readPage.js';
import { connect, type LspClient } from './lspClient.js';
import { ANSWER, README } from './samples.js';

const URI = 'file:///work/my%20notes.md';
const PAGE = { nonce: 'n0nce', state: '{"key":"k"}' };

let client: LspClient;

afterEach(() => client.stop());

test('a report on the present text, with the time of its round', async () => {
  client = await connect();
  client.open(URI, ANSWER);
  const before = await client.ask(REPORT, { uri: URI, ...PAGE });
  expect(before!.title.length).toBeGreaterThan(0);
  expect(textOf(readPage(before!.page))).toContain('my notes.md');
  expect(textOf(readPage(before!.page))).not.toContain('Planned and used time');
  client.replace(URI, ANSWER, `${ANSWER}\nWords that came just now: the AI will handle it.\n`);
  client.sendRounds([{ uri: URI, usedSeconds: { 'problem-framing': 95 }, finished: true, quiet: true }]);
  const after = textOf(readPage((await client.ask(REPORT, { uri: URI, ...PAGE }))!.page));
  for (const words of ['the AI will handle it', '1:35 of 2:00']) expect(after).toContain(words);
  const given = await client.ask(REPORT, { uri: URI, ...PAGE, usedSeconds: { 'problem-framing': 61 } });
  expect(textOf(readPage(given!.page))).toContain('1:01 of 2:00');
});

test('how an answer stands agrees with its report', async () => {
  client = await connect();
  client.open(URI, ANSWER);
  const result = await client.ask(RESULT, { uri: URI });
  const page = textOf(readPage((await client.ask(REPORT, { uri: URI, ...PAGE }))!.page));
  expect(page).toContain(`${result!.score!.total}of 100`);
  expect(result!.sections.map(({ id }) => id)).toHaveLength(5);
  for (const rule of [...result!.checks.missing, ...result!.checks.part]) expect(page).toContain(rule);
});

test('nothing about what is no answer, too long, or not open', async () => {
  client = await connect();
  client.open(URI, README);
  expect(await client.ask(REPORT, { uri: URI, ...PAGE })).toBeNull();
  expect(await client.ask(RESULT, { uri: 'file:///elsewhere.md' })).toBeNull();
  client.open('file:///long.md', ANSWER + 'word '.repeat(50_000));
  const long = await client.ask(REPORT, { uri: 'file:///long.md', ...PAGE });
  expect(textOf(readPage(long!.page))).toContain('Too long to review');
});

test('the history as a page', async () => {
  client = await connect();
  const { page } = await client.ask(HISTORY, { rounds: [round('a')], damaged: [], ...PAGE });
  expect(textOf(readPage(page))).toContain('Weakest lately');
});
