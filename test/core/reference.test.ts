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
    ['source: The bill of March', 'source:', 'source', /^"source" is empty/],
    ['source: The bill of March', 'source: " "', 'source', /^"source" is empty/],
    ['date: 2026-03', 'date:', 'date', /^"date" is empty/],
    ['date: 2026-03', 'date: 2026-02-29', '2026-02-29', /^A date is/],
    ['date: 2026-03', 'date: 2026-06-31', '2026-06-31', /^A date is/],
    ['input: $2 per 1M tokens', 'input: -$2 per 1M tokens', '-$2 per 1M tokens', /^A price is not below zero/],
    ['input: $2 per 1M tokens', 'input: $2 per query', '$2 per query', /an amount for a number of tokens/],
    // A slip between a token, a thousand and a million of them.
    [
      'input: $2 per 1M tokens',
      'input: $2 per token',
      '$2 per token',
      /comes to \$2,000,000 per 1M tokens: see whether/,
    ],
    ['input: $2 per 1M tokens', 'input: $2 per 1K tokens', '$2 per 1K tokens', /comes to \$2,000 per 1M tokens/],
    ['input: $2 per 1M tokens', 'input: $0.002 per 1M tokens', '$0.002 per 1M tokens', /comes to \$0\.000002 per 1K/],
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

describe('models of a table', () => {
  const path = 'x/reference/ours.yaml';
  const read = (models: string) => {
    const text = `title: Ours\nsource: A bill\ndate: 2026-03\nmodels:\n${models.replace(/^/gm, '  ')}\n`;
    const { rubric: extended, problems } = extendRubric(rubric, [{ path, text }]);
    const table = extended.reference.find(({ id }) => id === 'ours');
    return {
      names: table?.models.map(({ name }) => name),
      told: problems.map(({ message, start, end }) => `${text.slice(start, end)}: ${message}`),
    };
  };

  it.each(['7', 'true', 'null', '4.10', '2024'])('may be named %s, which YAML takes for no text', (name) => {
    expect(read(`${name}: { input: $2 per 1M tokens }`)).toEqual({ names: [name], told: [] });
  });

  it.each(['""', '"---"'])('are not named %s', (name) => {
    const { names, told } = read(`${name}: { input: $2 per 1M tokens }`);
    expect(names).toEqual([]);
    expect(told).toEqual([`${name}: A model's name has a letter or a digit`]);
  });

  it.each(['Acme One:', 'Acme One: {}', 'Acme One: { names: [A1] }'])('need no figures: %s', (model) => {
    expect(read(model)).toEqual({ names: ['Acme One'], told: [] });
  });

  it('keep a comma between braces by quotation marks, and are told so once', () => {
    expect(read('Acme One: { input: "$2 per 1,000,000 tokens" }').told).toEqual([]);
    expect(read('Acme One: { input: $2 per 1,000,000 tokens, output: $6 per 1M tokens }').told).toEqual([
      '000: A comma parts two fields here: put quotation marks around a text that holds one',
      expect.stringMatching(/^\$2 per 1: A price is an amount/),
    ]);
  });
});

describe('a table without anything to read', () => {
  it.each(['', '\n', '# Prices of March, to come\n', '---\n', '---\n# Prices\n'])('is no mistake: %j', (text) => {
    expect(extendRubric(rubric, [{ path: 'x/reference/ours.yaml', text }]).problems).toEqual([]);
  });
});

describe('a name of one word', () => {
  const named = (name: string, sentence: string, fields = '') => {
    const text = `title: Ours\nsource: A bill\ndate: 2026-03\nmodels:\n  ${name}: { input: $2 per 1M tokens${fields} }\n`;
    const own = compileForTest({ path: 'x/reference/ours.yaml', text });
    const answer = `---\nframework: five-step\n---\n## Cost and latency architecture\n\n${sentence}\n`;
    return review(answer, own, DEFAULT_SETTINGS).findings.flatMap(({ rule, message }) =>
      rule === 'cost/price-mismatch' ? [message] : [],
    );
  };

  it.each([
    ['Turbo', 'A turbo charge costs $3 per 1M input tokens.'],
    ['fast', 'A fast answer costs $3 per 1M input tokens.'],
    ['The', 'We pay the price of $3 per 1M input tokens.'],
    ['token', 'Each token is billed at $3 per 1M input tokens.'],
    ['large', 'A large share of teams pays $3 per 1M input tokens.'],
    ['Large', 'Large contracts cost $3 per 1M input tokens.'],
    ['Acme One', 'A fast answer costs $3 per 1M input tokens.', ', names: [fast]'],
  ])('is no word of the language: %s in %s', (name, sentence, fields?: string) => {
    expect(named(name, sentence, fields)).toEqual([]);
  });

  it.each([
    ['Turbo', 'We pay Turbo $3 per 1M input tokens.'],
    ['turbo', 'Turbo costs $3 per 1M input tokens.'],
    ['Large', 'On Large it is $3 per 1M input tokens.'],
    ['o3', 'With o3 it is $3 per 1M input tokens.'],
    ['R1', 'On r1 it is $3 per 1M input tokens.'],
    ['turbo-fast', 'On turbo fast it is $3 per 1M input tokens.'],
  ])('is a name with a capital or a digit: %s in %s', (name, sentence) => {
    expect(named(name, sentence)).toHaveLength(1);
  });
});

describe('a price that a table does not have', () => {
  const own = compileForTest({
    path: 'x/reference/ours.yaml',
    text: 'title: Ours\nsource: A bill\ndate: 2026-03\nmodels:\n  Acme One: { input: $2 per 1M tokens, output: $6 per 1M tokens }\n',
  });

  it.each([
    ['$3 per 1M input tokens', '$2 per 1M tokens'],
    ['$0.003 per 1K input tokens', '$0.002 per 1K tokens'],
    ['$9 per 1M output tokens', '$6 per 1M tokens'],
    ['$9 per 1M tokens', '$2/$6 per 1M tokens'],
    ['$2,500 per 1M input tokens', '$2 per 1M tokens'],
  ])('is told in the unit of the writer: %s', (price, expected) => {
    const text = `---\nframework: five-step\n---\n## Cost and latency architecture\n\nAcme One costs ${price}.\n`;
    const messages = review(text, own, DEFAULT_SETTINGS).findings.map(({ message }) => message);
    expect(messages).toContain(`“${price}”; for Acme One, the table has ${expected} (Ours, 2026-03)`);
  });
});

describe('figures of the user’s own', () => {
  const path = 'x/reference/ours.yaml';
  const table = (figures: string) => `title: Ours\nsource: A count\ndate: 2026-03\nfigures:\n  ${figures}\n`;
  const overfull = (figures: string) => {
    const { rubric: extended, problems } = extendRubric(rubric, [{ path, text: table(figures) }]);
    const text =
      '---\nframework: five-step\n---\n## Core interaction design\n\nMistral Large reads a 400-page contract and lists the risks.\n';
    const found = review(text, extended, DEFAULT_SETTINGS).findings.some(({ rule }) => rule === 'context/overflow');
    return { problems, found };
  };

  it.each([
    [
      'tokens-per-page: { value: 500 ms per page }',
      '500 ms per page',
      /unit of this figure is that of "500 tokens per page"/,
    ],
    ['tokens-per-page: { value: 400 }', '400', /unit of this figure/],
    ['tokens-per-page: { value: 400 tokens }', '400 tokens', /unit of this figure/],
    ['tokens-per-page: { value: 300 words per page }', '300 words per page', /unit of this figure/],
    ['tokens-per-page: { value: 1.3 tokens per word }', '1.3 tokens per word', /unit of this figure/],
    ['tokens-per-page: { value: 0 tokens per page }', '0 tokens per page', /above zero/],
    ['tokens-per-slide: { value: 300 tokens per page }', '300 tokens per page', /"500 tokens per slide"/],
    ['token-generation: { value: 20 tokens per second }', '20 tokens per second', /"20–50 ms per token"/],
    ['token-generation: { value: 0 ms per token }', '0 ms per token', /above zero/],
    ['network-round-trip: { value: 20 tokens }', '20 tokens', /"1–100 ms"/],
  ])('%s is told at its place, and the built-in one counts', (figures, at, message) => {
    const { problems, found } = overfull(figures);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(message);
    expect(table(figures).slice(problems[0]?.start, problems[0]?.end)).toBe(at);
    expect(found).toBe(true);
  });

  it.each([
    ['tokens-per-page: { value: 600 tokens per page }', true],
    ['tokens-per-page: { value: 0.6K tokens/page }', true],
    ['tokens-per-page: { value: 200 tokens a page }', false],
    ['tokens-per-page: { value: 2000 tokens per 10 pages }', false],
    ['tokens-per-slide: { value: 90 tokens per slide }', true],
    ['queue-time: { value: 40 ms }', true],
  ])('%s counts', (figures, isOverfull) => {
    expect(overfull(figures)).toEqual({ problems: [], found: isOverfull });
  });
});

describe('two spellings of one name', () => {
  const path = 'x/reference/ours.yaml';
  const table = (models: string) =>
    `title: Ours\nsource: A bill\ndate: 2026-03\nmodels:\n${models.replace(/^/gm, '  ')}\n`;
  const A = 'Acme One: { input: $2 per 1M tokens }\n';

  it.each([
    [`${A}acme-one: { input: $3 per 1M tokens }`, 'acme-one'],
    [`${A}ACME  One: { input: $3 per 1M tokens }`, 'ACME  One'],
    [`${A}Acme Two: { names: [a2, acme_one] }`, 'acme_one'],
    ['Acme One: { names: [A1] }\nAcme Two: { names: [a1] }', 'a1'],
    ['Acme One: { tiers: [Big] }\nAcme Two: { tiers: [big] }', 'big'],
  ])('is told at the second: %s', (models, at) => {
    const text = table(models);
    const { rubric: extended, problems } = extendRubric(rubric, [{ path, text }]);
    expect(problems.map(({ message }) => message)).toEqual([`"${at}" names "Acme One" already, which keeps it`]);
    expect(text.slice(problems[0]?.start, problems[0]?.end)).toBe(at);
    expect(text.indexOf(at, problems[0]!.end)).toBe(-1);
    expect(modelNamed(referenceFor(extended, [], null), at)?.model.name).toBe('Acme One');
  });

  it.each([
    'Acme One: { names: [acme-one, A1], tiers: [A1] }',
    `${A}Acme One Mini: { names: [mini] }`,
    // Another table may price a model anew.
    'Mistral Large: { input: $2 per 1M tokens }',
  ])('is none: %s', (models) => {
    expect(extendRubric(rubric, [{ path, text: table(models) }]).problems).toEqual([]);
  });

  it('is told of the setting', () => {
    const modelPrices = { 'Acme One': { input: '$2/M tokens' }, 'acme-one': { input: '$3/M tokens' } };
    const { settings, problems } = readSettings({ modelPrices });
    expect(problems).toEqual([expect.stringMatching(/one model twice, "Acme One" and "acme-one"; the first counts/)]);
    expect(modelNamed(referenceFor(rubric, settings.modelPrices, null), 'ACME ONE')?.model.input).toBe(0.002);
  });
});

describe('a file with a syntax error', () => {
  const path = 'x/reference/ours.yaml';

  it.each([
    'title: Ours\nsource: A bill\ndate: 2026-03\nmodels:\n  Acme: { input: $2 per 1M tokens\n  Other: { input: two }\n',
    'title: Ours\nmodels:\n\tAcme:\n\t\tinput: two dollars\n',
    'title: "Ours\nsource: A bill\nmodels: { Acme: { inptu: 3 } }\n',
    'title: Ours\n source: A bill\nmodels:\n  Acme: { inptu: 3 }\n',
    'title: Ours: theirs\nmodels: 3\n',
  ])('has that one problem: %j', (text) => {
    const { problems } = extendRubric(rubric, [{ path, text }]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.severity).toBe('error');
    expect(problems[0]?.message).not.toMatch(/^"|^A price/);
  });

  it('takes nothing from the other files', () => {
    const good = { path: 'y/reference/theirs.yaml', text: OWN.replace('latency: 90 ms', 'latency: fast') };
    const { problems } = extendRubric(rubric, [{ path, text: 'models: [' }, good]);
    expect(problems.map((problem) => problem.path)).toEqual([path, good.path]);
  });

  it('is none where only a key stands twice: the rest is read and told', () => {
    const text = `${OWN}title: Again\nsource: 3\nfigures: {}\ndat: 4\n`;
    const messages = extendRubric(rubric, [{ path, text }]).problems.map(({ message }) => message);
    expect(messages).toHaveLength(3);
    expect(
      messages.filter((message) => /^"(?:title|source)" stands here twice; the first one counts$/.test(message)),
    ).toHaveLength(2);
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
    [{ modelPrices: { '': { input: '$3/M tokens' } } }, /without a letter or a digit/],
    [{ modelPrices: { A: { input: '-$3/M tokens' } } }, /model "A": input: A price is not below zero/],
    [{ modelPrices: { A: { input: '$3 per token' } } }, /comes to \$3,000,000 per 1M tokens/],
    [
      { modelPrices: { A: { input: '$3/M tokens', names: [{}] } } },
      /model "A": names: other names of a model are texts/,
    ],
    [
      { modelPrices: { A: { input: '$3/M tokens', names: ['x1'] }, B: { input: '$3/M tokens', names: 'X1' } } },
      /one model twice, "A" and "X1"/,
    ],
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

  it.each([
    'mistral.yaml',
    'reference/mistral.yaml',
    '../reference/mistral.yml',
    'C:\\answers\\mistral.yaml',
    'Mistral',
  ])('knows a table by its file: %s', (table) => {
    const [problem] = review(answer(table), rubric, DEFAULT_SETTINGS).problems;
    expect(problem?.message).toMatch(/; did you mean "mistral"\?$/);
  });

  it('tells a table without models', () => {
    const [problem] = review(answer('rules-of-thumb'), rubric, DEFAULT_SETTINGS).problems;
    expect(problem?.message).toBe('The reference table "rules-of-thumb" has no models; known are mistral');
  });

  it.each(['modelPrices', 'model-price', 'model_prices', 'Model-Prices'])(
    'tells a field that is spelled %s',
    (field) => {
      const text = answer('mistral').replace('model-prices', field);
      const [problem] = review(text, rubric, DEFAULT_SETTINGS).problems;
      expect(problem?.message).toBe(`"${field}" is no field of an answer; did you mean "model-prices"?`);
      expect(text.slice(problem?.span?.start, problem?.span?.end)).toBe('mistral');
    },
  );
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
    expect(problem?.message).toMatch(/“Ours” are from 2025-03, more than a year old/);
    expect(problem?.span).toEqual({ start: text.indexOf('$2'), end: text.indexOf('$2') + '$2 per 1M tokens'.length });
  });

  it.each([
    ['2025-02-28', '2025-03'],
    ['2024-12-31', '2025'],
    ['2025-03-16', '2025-03-17'],
  ])('on %s, one of %s is yet to come', (today, date) => {
    const table = compileForTest({
      path: 'x/reference/ours.yaml',
      text: `title: Ours\nsource: A bill\ndate: ${date}\nmodels:\n  Our Large: { input: $2 per 1M tokens }\n`,
    });
    const [problem, ...others] = review(text, table, DEFAULT_SETTINGS, { today }).problems;
    expect(others).toEqual([]);
    expect(problem?.message).toMatch(new RegExp(`“Ours” are from ${date}, which is yet to come`));
    expect(problem?.span?.start).toBe(text.indexOf('$2'));
  });

  it.each(['2025-03-01', '2026-03-31', '2025-04-01', 'tomorrow'])('is none on %s', (today) =>
    expect(problems(today)).toEqual([]),
  );
  it('is none without a day', () => expect(problems()).toEqual([]));
  it('is of no interest to an answer that names no price of it', () =>
    expect(problems('2030-01-01', text.replaceAll('Our Large', 'Another model'))).toEqual([]));
});
