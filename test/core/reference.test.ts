import { describe, expect, it } from 'vitest';
import {
  builtInRubric,
  DEFAULT_SETTINGS,
  extendRubric,
  figureNamed,
  modelMentions,
  modelNamed,
  readSettings,
  referenceFor,
  review,
} from '../../server/src/core/index.js';
import { compileForTest } from '../support/rubric.js';

const rubric = builtInRubric();
const reference = referenceFor(rubric, [], null);
const OWN = `title: Ours
source: The bill of March
date: 2026-03
models:
  Mistral Large: { input: $2 per 1M tokens, output: $6 per 1M tokens }
  Our 7B: { input: "€0.10 per 1M tokens", window: 8192, latency: 90 ms }
`;

describe('the built-in figures', () => {
  it.each([
    ['Mistral Small', { size: '8B', window: 32_000, input: 0.002, latency: [0.2, 0.4], currency: 'USD' }],
    ['Mistral Large', { size: '123B', window: 128_000, input: 0.015, output: 0.045, latency: [1, 3], currency: 'USD' }],
  ])('%s', (name, figures) => {
    expect(modelNamed(reference, name)?.model).toMatchObject(figures);
  });

  it('gives Small no output price, and Medium no figure that nobody gave', () => {
    expect(modelNamed(reference, 'Mistral Small')?.model).not.toHaveProperty('output');
    const medium = modelNamed(reference, 'Mistral Medium')?.model;
    expect(medium?.size).toBe('46B');
    for (const field of ['input', 'output', 'window', 'latency']) expect(medium).not.toHaveProperty(field);
  });

  it.each([
    ['token-generation', 0.02, 0.05],
    ['gpu-inference', 0.1, 2],
    ['network-round-trip', 0.001, 0.1],
    ['tokens-per-word', 1.3, undefined],
    ['tokens-per-page', 500, undefined],
    ['spoken-words', 150, undefined],
  ])('%s', (id, value, max) => {
    const figure = figureNamed(reference, id);
    expect([figure?.value, figure?.max]).toEqual([value, max]);
  });
});

describe('names that writers use', () => {
  it.each(['Mistral Large', 'mistral-large', 'MISTRAL  large', 'Large', 'the large tier', 'large model'])(
    '%s',
    (name) => {
      expect(modelNamed(reference, name.replace(/^the /, ''))?.model.name).toBe('Mistral Large');
    },
  );

  it.each([
    ['We send it to Mistral Large.', ['Mistral Large']],
    ['mistral-small first, then Mistral\nLarge', ['mistral-small', 'Mistral\nLarge']],
    ['It costs $75 on Large versus $10 on Small', ['tier Large', 'tier Small']],
    ['| Large | $0.015 |', ['tier Large']],
    ['the large tier answers', ['tier large tier']],
    ['Mistral Large 128K window', ['Mistral Large']],
    ['Mistral Small 8B at 200 ms', ['Mistral Small']],
    ['Mistral Large 500 tokens', ['Mistral Large']],
    ['Large contracts go in first.', []],
    ['a large share of small teams', []],
    ['Mistral Large 2 has a window of its own', []],
    ['Mistral Small 3.1 (128K)', []],
    ['mistral-large-2411', []],
    ['MistralLarge and Mistral', []],
  ])('%s', (text, expected) => {
    const found = modelMentions(reference, text);
    expect(found.map(({ start, end, by }) => (by === 'tier' ? 'tier ' : '') + text.slice(start, end))).toEqual(
      expected,
    );
  });
});

describe('tables of the user’s own', () => {
  const path = 'x/reference/ours.yaml';
  const withOwn = compileForTest({ path, text: OWN });

  it('go before the built-in ones, in whatever unit they are written', () => {
    const both = referenceFor(withOwn, [], null);
    expect(modelNamed(both, 'Mistral Large')?.model).toMatchObject({ input: 0.002, output: 0.006 });
    expect(modelNamed(both, 'Mistral Large')?.table).toMatchObject({ source: 'The bill of March', date: '2026-03' });
    expect(modelNamed(both, 'our 7b')?.model).toMatchObject({ input: 0.0001, currency: 'EUR', window: 8192 });
    expect(modelNamed(both, 'Mistral Small')?.table?.id).toBe('mistral');
  });

  it('count alone where the answer names one', () => {
    const chosen = referenceFor(withOwn, [], 'mistral');
    expect(modelNamed(chosen, 'Mistral Large')?.model.input).toBe(0.015);
    expect(modelNamed(chosen, 'Our 7B')).toBeNull();
  });

  it('may stand in a bundle', () => {
    const bundle = `reference:\n  ours:\n${OWN.replace(/^/gm, '    ').trimEnd()}\n`;
    expect(compileForTest({ path: 'x/mine.yaml', text: bundle }).reference.at(-1)).toEqual(withOwn.reference.at(-1));
  });

  it.each([
    ['input: $2 per 1M tokens', 'input: two dollars', 'two dollars', /^A price is/],
    ['output: $6 per 1M tokens', 'output: €6 per 1M tokens', '€6 per 1M tokens', /one currency/],
    ['window: 8192', 'window: large', 'large', /^A window is/],
    ['latency: 90 ms', 'latency: fast', 'fast', /^A latency is/],
    ['latency: 90 ms', 'latncy: 90 ms', 'latncy', /did you mean "latency"/],
    ['date: 2026-03', 'date: March', 'March', /^A date is/],
    ['source: The bill of March\n', '', 'title', /"source" is missing/],
  ])('%s → %s is told at its place', (right, wrong, at, message) => {
    const text = OWN.replace(right, wrong);
    const { rubric: extended, problems } = extendRubric(rubric, [{ path, text }]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(message);
    expect(text.slice(problems[0]?.start, problems[0]?.end)).toBe(at);
    // The rest of the table counts.
    expect(extended.reference.find(({ id }) => id === 'ours')?.models).toHaveLength(2);
  });
});

describe('the setting designAnswers.modelPrices', () => {
  it('goes before every table', () => {
    const { settings, problems } = readSettings({
      modelPrices: {
        'Mistral Large': { input: '$3/M tokens', output: '$9/M tokens', names: ['ML'] },
        Ours: { window: 4096 },
      },
    });
    expect(problems).toEqual([]);
    const own = referenceFor(rubric, settings.modelPrices, null);
    expect(modelNamed(own, 'ml')).toMatchObject({ model: { input: 0.003, output: 0.009 }, table: null });
    expect(modelNamed(own, 'Ours')?.model.window).toBe(4096);
  });

  it.each([
    [{ modelPrices: 'mistral' }, /modelPrices must be an object/],
    [{ modelPrices: { A: 3 } }, /gives "A" no object/],
    [{ modelPrices: { A: { input: 3 } } }, /model "A": input: A price is/],
    [{ modelPrices: { A: { ouput: '$3/M tokens' } } }, /no field "ouput"; did you mean "output"\?/],
  ])('%j is told', (raw, message) => {
    expect(readSettings(raw).problems).toEqual([expect.stringMatching(message)]);
  });
});

describe('front matter', () => {
  const answer = (table: string) =>
    `---\nframework: five-step\nmodel-prices: ${table}\n---\n## Problem framing\n\nNothing.\n`;

  it('names a table', () => {
    expect(review(answer('mistral'), rubric, DEFAULT_SETTINGS).problems).toEqual([]);
  });

  it('tells an unknown table at its place, with the nearest known', () => {
    const text = answer('mistrl');
    const [problem] = review(text, rubric, DEFAULT_SETTINGS).problems;
    expect(problem?.message).toBe('There is no reference table "mistrl"; did you mean "mistral"?');
    expect(text.slice(problem?.span?.start, problem?.span?.end)).toBe('mistrl');
  });
});

describe('front matter with prices instead of a table', () => {
  it.each([
    '\n  Ours:\n    input: $3 per 1M tokens',
    '{ Ours: { input: $3 per 1M tokens } }',
    '[mistral, ours]',
    '0.000015',
  ])('is told what belongs there, at its place: %j', (value) => {
    const text = `---\nframework: five-step\nmodel-prices: ${value}\n---\n## Problem framing\n\nNothing.\n`;
    const [problem, ...others] = review(text, rubric, DEFAULT_SETTINGS).problems;
    expect(others).toEqual([]);
    expect(problem?.message).toMatch(/^model-prices names a reference table/);
    const named = text.slice(problem?.span?.start, problem?.span?.end).trim();
    expect(value).toContain(named);
    expect(named.length).toBeGreaterThan(5);
  });
});

describe('a table that is older than a year', () => {
  const old = compileForTest({
    path: 'x/reference/ours.yaml',
    text: 'title: Ours\nsource: A bill\ndate: 2025-03\nmodels:\n  Our Large: { input: $2 per 1M tokens }\n',
  });
  const text =
    '---\nframework: five-step\n---\n## Cost and latency architecture\n\nOur Large costs $2 per 1M tokens. Again, Our Large costs $2 per 1M tokens.\n';
  const problems = (today?: string, answer = text) =>
    review(answer, old, DEFAULT_SETTINGS, today === undefined ? {} : { today }).problems;

  it('says so once, at the first price that it is used for', () => {
    const [problem, ...others] = problems('2026-04-01');
    expect(others).toEqual([]);
    expect(problem?.message).toMatch(/“Ours” are of 2025-03, more than a year old/);
    expect(problem?.span).toEqual({ start: text.indexOf('$2'), end: text.indexOf('$2') + '$2 per 1M tokens'.length });
  });

  it.each(['2026-03-31', '2025-04-01', 'tomorrow'])('is none on %s', (today) => expect(problems(today)).toEqual([]));
  it('is none without a day', () => expect(problems()).toEqual([]));
  it('is of no interest to an answer that names no price of it', () =>
    expect(problems('2030-01-01', text.replaceAll('Our Large', 'Another model'))).toEqual([]));
});
