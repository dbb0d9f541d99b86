import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  builtInRubric,
  createReviewCache,
  DEFAULT_SETTINGS,
  readSettings,
  review,
  type Settings,
} from '../../server/src/core/index.js';

const rubric = builtInRubric();
const RULES = [
  'latency/infeasible',
  'context/overflow',
  'context/infinite',
  'context/claims-window',
  'cost/price-mismatch',
];

function found(body: string, settings: Settings = DEFAULT_SETTINGS): string[] {
  const text = `---\nframework: five-step\n---\n## Cost and latency architecture\n\n${body}\n`;
  return review(text, rubric, settings)
    .findings.filter(({ rule }) => RULES.includes(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

// A machine that does other things meanwhile takes longer than five seconds for sixty answers.
describe('what is accused is so by the figures', () => {
  it('tokens against seconds: exactly where tokens × 20 ms are more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 4000 }), fc.integer({ min: 1, max: 60 }), (tokens, seconds) => {
        const accused = found(`Each answer has ${tokens} tokens, and the response time is under ${seconds} s.`);
        expect(accused.length).toBe(tokens * 0.02 > seconds ? 1 : 0);
      }),
      { numRuns: 60 },
    );
  });

  it('pages against a window: never below it, always a tenth above', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.constantFrom(['Small', 32_000], ['Large', 128_000]),
        (pages, [tier, window]) => {
          const accused = found(`Mistral ${tier} reads a ${pages}-page contract.`);
          if (pages * 500 <= Number(window)) expect(accused).toEqual([]);
          if (pages * 500 > Number(window) * 1.1) expect(accused).toHaveLength(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('prices: those of the table in any unit are right, a thousandfold is not', () => {
    const units = fc.constantFrom<readonly [string, number]>(['1K', 1], ['1,000', 1], ['1M', 1000], ['million', 1000]);
    const models = fc.constantFrom<readonly [string, number]>(['Mistral Small', 0.002], ['Mistral Large', 0.015]);
    fc.assert(
      fc.property(units, models, fc.boolean(), ([unit, factor], [model, price], slipped) => {
        const amount = Number((price * factor * (slipped ? 1000 : 1)).toPrecision(6));
        expect(found(`${model} costs $${amount} per ${unit} tokens.`)).toHaveLength(slipped ? 1 : 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the user’s own figures', () => {
  const { settings } = readSettings({
    modelPrices: {
      'Mistral Large': {
        input: '$2 per 1M tokens',
        output: '$6 per 1M tokens',
        window: '256K tokens',
        latency: '300–600 ms',
      },
    },
  });

  it.each([
    'Mistral Large costs $2 per 1M tokens.',
    'Mistral Large reads a 400-page contract.',
    'Mistral Large has a context window of 256K tokens.',
    'Mistral Large answers within 500 ms.',
  ])('take the built-in ones’ place: %s', (body) => {
    expect(found(body, settings)).toEqual([]);
  });

  it('are held against the answer', () => {
    expect(found('Mistral Large costs $0.015 per 1K tokens.', settings)).toEqual([
      'cost/price-mismatch: “$0.015 per 1K tokens”; for Mistral Large, the table has $0.002/$0.006 per 1K tokens (designAnswers.modelPrices)',
    ]);
  });
});

describe('a model that nobody else knows', () => {
  const { settings } = readSettings({
    modelPrices: {
      'Acme One': { input: '$3 per 1M tokens', output: '$15 per 1M tokens', window: '200K tokens', latency: '1–2 s' },
    },
  });

  it.each([
    ['Acme One costs $5 per 1M input tokens.', 'cost/price-mismatch'],
    ['Acme One costs $30 per 1M tokens.', 'cost/price-mismatch'],
    ['We send 300K tokens to Acme One.', 'context/overflow'],
    ['ACME One reads a 600-page contract and lists the risks.', 'context/overflow'],
    ['Acme One has a context window of 400K tokens.', 'context/claims-window'],
    ['Acme One answers within 500 ms.', 'latency/infeasible'],
  ])('is held against the answer: %s', (body, rule) => {
    expect(found(body, settings).map((finding) => finding.split(':')[0])).toEqual([rule]);
  });

  it.each([
    'Acme One costs $5 per 1M tokens, input and output together.',
    'Acme One costs $3 per 1M input tokens and $15 per 1M output tokens.',
    'We send 100K tokens to Acme One.',
    'Acme Two reads a 600-page contract and lists the risks.',
    'Another vendor’s model reads a 600-page contract; Acme One sorts the questions.',
    'Acme One answers within 2 s.',
  ])('and not where it agrees, or nobody can tell: %s', (body) => {
    expect(found(body, settings)).toEqual([]);
  });

  it('is unknown again without the setting, in the same document', () => {
    const cache = createReviewCache();
    const text = `---\nframework: five-step\n---\n\n## Core interaction\n\nWe send 300K tokens to Acme One.\n`;
    const rules = (used: Settings) => review(text, rubric, used, { cache }).findings.map(({ rule }) => rule);
    expect(rules(settings)).toContain('context/overflow');
    expect(rules(DEFAULT_SETTINGS)).not.toContain('context/overflow');
    expect(rules(settings)).toContain('context/overflow');
  });
});

/** Steps that are no sum of one answer's, and ways round that stand in another part. */
const LISTS = [
  'The response time is under 2 s.\n\n- Retrieval: 300 ms\n- Reranking: 400 ms, only when more than ten passages match\n- Generation: 1.8 s',
  'The response time is under 2 s.\n\n- Retrieval: 300 ms\n- Generation: 1.8 s to the last token, the first one after 300 ms',
  'Answers come back within 3 s. Both calls run concurrently:\n\n- Classifier: 400 ms\n- Guardrail: 600 ms\n- Generation: 2.5 s',
  'The end-to-end latency stays under 2 s.\n\n| Step | Before | After |\n|---|---|---|\n| Retrieval | 900 ms | 300 ms |\n| Generation | 3 s | 1.2 s |',
  'The end-to-end latency stays under 2 s.\n\n| Option | Latency |\n|---|---|\n| LLM call, large | 3 s |\n| LLM call, small | 400 ms |',
  'The end-to-end latency stays under 2 s.\n\n| Model | Latency | Cost |\n|---|---|---|\n| Mistral Small | 300 ms | $0.002 |\n| Mistral Large | 2 s | $0.015 |',
  'Answers come back within 2 s on a cache hit. \n\n- Embedding: 50 ms\n- LLM call: 2.5 s',
  'Latency budget: 3 s\n\n1. OCR 500 ms\n2. Embedding 100 ms\n3. Retrieval 200 ms\n4. Generation 1.5 s',
  'The response time is under 2 s. The judge of the evaluation runs afterwards.\n\n### Evaluation\n\n- LLM call: 3 s\n- Classification: 900 ms',
  'Replies are 300 tokens long and come within 3 s; we speak the first sentence while the rest is generated.',
  'Each answer has 400 tokens. Answers come back within 2 seconds because they are written ahead of time.',
  'We generate the summaries at night.\n\n### Latency\n\nA summary has 600 tokens. The summary must appear within 1 s.',
  'Mistral Large answers within 500 ms.\n\n### UX\n\nWe show a skeleton, and then words appear one by one.',
  'The user sees a progress bar. \n\n### Other\n\nEach answer has 400 tokens. The response time is under 2 s.',
  'Lawyers upload a 300-page contract, and Mistral Small answers questions about it.\n\n### Retrieval\n\nPassages are embedded in pgvector, and the ten best go in.',
  'A 50,000-word transcript goes to Mistral Small.\n\n### Preparation\n\nLong transcripts are cut by speaker turn, each part of 3,000 words.',
  'Mistral Large reads a 400-page contract.\n\n### Data\n\nContracts are indexed clause by clause.',
  'Mistral Large reads a 400-page contract.\n\n### Data\n\nWe retrieve similar clauses from old contracts.',
  'p50 is 1 s, p95 under 2 s.\n\n- Retrieval: 300 ms\n- Generation: 1.9 s',
  'Timeouts: answers come back within 2 s or are cut off.\n\n- Retrieval timeout: 1 s\n- Generation timeout: 2 s',
];

describe('nobody is accused of a list', () => {
  it.each(LISTS)('%s', (body) => {
    expect(found(body)).toEqual([]);
  });
});

describe('steps in lists and tables are added up', () => {
  const seconds = fc.integer({ min: 1, max: 40 }).map((tenths) => tenths / 10);
  const names = ['Retrieval', 'Reranking', 'Generation', 'Guardrails'];
  const shapes = fc.constantFrom<(times: readonly number[], whole: number) => string>(
    (times, whole) =>
      `Answers come back within ${whole} s.\n\n${times.map((one, at) => `- ${names[at]}: ${one} s`).join('\n')}`,
    (times, whole) =>
      `| Step | Latency |\n|---|---|\n${times.map((one, at) => `| ${names[at]} | ${one} s |`).join('\n')}\n| Total | ${whole} s |`,
    (times, whole) =>
      `Answers come back within ${whole} s:\n\n${times.map((one, at) => `${at + 1}. **${names[at]}**: ${one * 1000} ms`).join('\n')}`,
  );

  it('and are accused exactly where they take a tenth longer than the whole', () => {
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 3, maxLength: 4 }), seconds, shapes, (times, whole, shape) => {
        const sum = times.reduce((all, one) => all + one, 0);
        fc.pre(Math.abs(sum - whole * 1.1) > 1e-6);
        expect(found(shape(times, whole)).length, shape(times, whole)).toBe(sum > whole * 1.1 ? 1 : 0);
      }),
      { numRuns: 60 },
    );
  });
});

// Each looks guilty to somebody who reads single words.
describe('nobody is accused', () => {
  it.each([
    'We compared Mistral Large within 500 ms, and it was too slow.',
    'Mistral Large takes 1–3 s, which breaks the 500 ms that answers may take.',
    'If Mistral Large answered within 500 ms we would use it everywhere.',
    'Answers come back within 2 s. The weekly digest has 600 output tokens.',
    'Prompts have 3,000 tokens. Answers come back within 2 s.',
    'At 80 tokens per second, a 400-token answer is there within 5 s.',
    'Answers have 400 tokens; the first token shows within 500 ms.',
    'An answer costs 400 tokens, and people answer emails within 5 s of opening them.',
    'Mistral Large reads the contract page by page, all 400 pages of it.',
    'Contracts run to 400 pages. People read them, and Mistral Small sorts the mail.',
    '400 pages × 500 tokens = 200K tokens, more than the 128K of Mistral Large.',
    'Mistral Large reads 20 pages a day.',
    'A 10,000-page knowledge base, and Mistral Small.',
    'Mistral Large has 123B parameters and a 128K window.',
    'The context of Mistral Small is 32K tokens, that of Gemini 1M tokens.',
    'No 1M context window helps Mistral Large here.',
    'We charge $0.10 per 1K tokens, on Mistral Large.',
    'Mistral Large costs three times Mistral Small, $0.006 per 1K tokens more.',
    'Mistral Large costs $0.0024 per query.',
    'Mistral Large 3 costs $0.0005 per 1K tokens.',
    'Is Mistral Large $0.10 per 1K tokens?',
    'The whole message goes into the prompt.',
    'Never put the whole codebase into the prompt.',
    'We retrieve files instead of putting the whole codebase into the prompt.',
    'Large teams pay $3 per 1M tokens on a small plan.',
  ])('%s', (body) => {
    expect(found(body)).toEqual([]);
  });
});
