import type { MarkupContent } from 'vscode-languageserver';
import { afterEach, describe, expect, test } from 'vitest';
import { COST_MODEL, TIERS } from '../../server/src/protocol.js';
import { connect, type LspClient } from './lspClient.js';
import { README } from './samples.js';

const URI = 'file:///work/costs.answer.md';
const TEXT = `---
framework: five-step
---

## Cost and latency architecture

10,000 queries a day. A query costs $0.0075 per query.

30 × $0.09 =

Mistral Large costs
`;
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };

let client: LspClient;

async function open(settings: Record<string, unknown> = {}, text = TEXT): Promise<void> {
  client = await connect({ settings });
  client.open(URI, text);
  await client.idle(URI);
}

const hints = () => client.inlayHints(URI, WHOLE);

afterEach(() => client.stop());

describe('inlay hints', () => {
  test('are off until the setting says otherwise, and then follow the text', async () => {
    await open();
    expect(await hints()).toEqual([]);
    client.changeSettings({ inlayHints: true });
    const [hint, ...others] = await hints();
    expect(others).toEqual([]);
    expect(hint).toMatchObject({ label: '$2.70', tooltip: '30 × $0.09 = $2.70', position: { line: 8, character: 12 } });
    expect(hint?.textEdits).toEqual([{ range: { start: hint?.position, end: hint?.position }, newText: ' $2.70' }]);
    client.replace(URI, '30 × $0.09 =', '40 × $0.09 =');
    expect((await hints())[0]).toMatchObject({ label: '$3.60' });
    client.replace(URI, '40 × $0.09 =', '40 × $0.09 = $3.60');
    expect(await hints()).toEqual([]);
  });

  test('are none outside the range that was asked for, and in files that are no answers', async () => {
    await open({ inlayHints: true });
    const above = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } };
    expect(await client.inlayHints(URI, above)).toEqual([]);
    client.open('file:///work/README.md', `${README}\n30 × $0.09 =\n`);
    expect(await client.inlayHints('file:///work/README.md', WHOLE)).toEqual([]);
  });
});

test('a hover says what an amount is a day, a month and a year', async () => {
  await open();
  const contents = (await client.hover(URI, '$0.0075'))?.contents as MarkupContent;
  expect(contents.value).toContain('\\$2,250 per month');
});

test('completion offers the figures of the model that the line names', async () => {
  await open();
  const line = TEXT.split('\n').indexOf('Mistral Large costs');
  client.replace(URI, 'Large costs', 'Large costs ');
  const items = await client.completions(URI, { line, character: 'Mistral Large costs '.length });
  expect(items.map(({ label }) => label)).toEqual([
    '$0.015 per 1K input tokens',
    '$0.045 per 1K output tokens',
    '1–3 s',
    '128K tokens',
  ]);
  expect(items[0]?.textEdit).toMatchObject({ newText: '\\$0.015 per 1K input tokens' });
});

describe('a cost model', () => {
  const figures = { volume: 10_000, inputTokens: 500, outputTokens: 0, tiers: ['Mistral Large'] };

  test('is made of the prices in force, and goes behind the line', async () => {
    await open({ modelPrices: { 'Our 7B': { input: '$1 per 1M tokens' } } });
    expect((await client.ask(TIERS, { uri: URI })).map(({ name }) => name)).toEqual([
      'Our 7B',
      'Mistral Small',
      'Mistral Large',
    ]);
    const made = await client.ask(COST_MODEL, { uri: URI, at: { line: 8, character: 3 }, ...figures });
    expect(made).toMatchObject({
      range: { start: { line: 8, character: 12 }, end: { line: 8, character: 12 } },
      version: 1,
    });
    expect(made && 'text' in made && made.text).toMatch(
      /^\n\n\*\*Cost:\*\* 10,000 queries a day[^]*= \$75 \| \$2,250 \|$/,
    );
  });

  test('says what is wrong with its figures', async () => {
    await open();
    const at = { line: 8, character: 3 };
    expect(await client.ask(COST_MODEL, { uri: URI, at, ...figures, tiers: ['Mistral Medium'] })).toEqual({
      problem: 'There is no price for “Mistral Medium”.',
    });
    expect(await client.ask(COST_MODEL, { uri: URI, at, ...figures, volume: 0 })).toMatchObject({
      problem: expect.stringContaining('queries a day') as string,
    });
    expect(await client.ask(COST_MODEL, { uri: 'file:///nowhere.md', at, ...figures })).toBeNull();
  });

  test('reckons with the table that the front matter names', async () => {
    await open(
      { modelPrices: { 'Our 7B': { input: '$1 per 1M tokens' } } },
      TEXT.replace('five-step', 'five-step\nmodel-prices: mistral'),
    );
    expect((await client.ask(TIERS, { uri: URI })).map(({ name }) => name)).toEqual(['Mistral Small', 'Mistral Large']);
  });
});
