import { isMap, isScalar, isSeq, parseDocument, type Pair, type YAMLMap } from 'yaml';
import type { Level } from '../rubric/types.js';
import { SEVERITIES } from '../rubric/types.js';
import type { ReviewProblem } from '../types.js';
import { yamlMessage } from '../yamlMessage.js';
import { secondsOfBudget } from './budget.js';
import type { Outline } from './outline.js';
import { readPlainFields, type PlainField } from './plainFrontMatter.js';
import type { Span } from './spans.js';

/** What an answer's front matter says, with the place of each value that may be wrong. */
export interface FrontMatter {
  readonly framework: (Span & { readonly id: string }) | null;
  readonly question: string | null;
  readonly level: string | null;
  /** The id of the reference table to reckon with. */
  readonly modelPrices: (Span & { readonly id: string }) | null;
  /** Seconds for the whole answer, or by section id. */
  readonly budget: { readonly total: number | null; readonly sections: Readonly<Record<string, number>> };
  readonly rules: readonly (Span & { readonly rule: string; readonly level: Level })[];
  /** Whether every field is one of an answer's: pages of websites have others beside ("layout", "title"). */
  readonly isAnswersOwn: boolean;
  readonly problems: readonly ReviewProblem[];
  /** Where the block stands, or null where the text has none. */
  readonly block: Span | null;
}

/** The fields of an answer's front matter (the catalogue's section 2). */
const ANSWER_FIELDS = ['framework', 'question', 'level', 'budget', 'rules', 'model-prices', 'date'];

const WRONG_BUDGET = 'A budget is a number of minutes, or a time such as “40 min” or “1 h 10 min”';

const WRONG_PRICES =
  'model-prices names a reference table, such as “mistral”; prices of your own stand in a table under .design-answers/reference/, or in the setting designAnswers.modelPrices';

/** The field as the setting of its name is spelled, and other ways to miss it. Other fields of front matter may be anybody's. */
const MISSPELLED_PRICES = /^model[ _-]?prices?$/i;
const misspelled = (key: string) => `"${key}" is no field of an answer; did you mean "model-prices"?`;

/** How the message of a syntax error begins. */
export const BROKEN_YAML = 'The front matter is not valid YAML';

const NONE: FrontMatter = {
  framework: null,
  question: null,
  level: null,
  modelPrices: null,
  budget: { total: null, sections: {} },
  rules: [],
  isAnswersOwn: false,
  problems: [],
  block: null,
};

/** Reads the front matter that the outline found. Broken YAML is one problem at its place; the rest of it still counts. */
export function readFrontMatter(text: string, outline: Outline): FrontMatter {
  if (!outline.frontMatter) return NONE;
  const lines = text.slice(0, outline.frontMatter.block.end);
  // A keystroke below leaves these lines as they were.
  if (last?.lines !== lines) {
    const fields = readPlainFields(text, outline.frontMatter.yaml);
    last = {
      lines,
      frontMatter: fields
        ? ofPlainFields(fields, outline.frontMatter.block)
        : parseFrontMatter(text, outline.frontMatter),
    };
  }
  return last.frontMatter;
}

let last: { readonly lines: string; readonly frontMatter: FrontMatter } | null = null;

function ofPlainFields(fields: readonly PlainField[], block: Span): FrontMatter {
  const problems: ReviewProblem[] = [];
  const find = (key: string): PlainField | undefined => fields.find((field) => field.key === key);
  const text = (key: string): string | null => {
    const field = find(key);
    return field ? String(field.value) : null;
  };
  const named = (key: string): (Span & { id: string }) | null => {
    const field = find(key);
    return typeof field?.value === 'string' ? { id: field.value, start: field.start, end: field.end } : null;
  };
  const budget = find('budget');
  const total = budget ? secondsOfBudget(budget.value) : null;
  if (budget && total === null)
    problems.push({ message: WRONG_BUDGET, span: { start: budget.start, end: budget.end } });
  const prices = find('model-prices');
  if (typeof prices?.value === 'number')
    problems.push({ message: WRONG_PRICES, span: { start: prices.start, end: prices.end } });
  for (const { key, start, end } of fields)
    if (key !== 'model-prices' && MISSPELLED_PRICES.test(key))
      problems.push({ message: misspelled(key), span: { start, end } });
  return {
    framework: named('framework'),
    question: text('question'),
    level: text('level'),
    modelPrices: named('model-prices'),
    budget: { total, sections: {} },
    isAnswersOwn: fields.every(({ key }) => ANSWER_FIELDS.includes(key)),
    rules: [],
    problems,
    block,
  };
}

/** The same as `readFrontMatter` for what no plain reader can read: rules, budgets by section, quotes, mistakes. */
export function parseFrontMatter(text: string, { yaml, block }: NonNullable<Outline['frontMatter']>): FrontMatter {
  const document = parseDocument(text.slice(yaml.start, yaml.end), {
    logLevel: 'silent',
  });
  const problems: ReviewProblem[] = [];
  const spanOf = (node: unknown): Span => {
    const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : null;
    return range
      ? { start: yaml.start + range[0], end: yaml.start + range[1] }
      : { start: block.start, end: block.start + 3 };
  };
  for (const error of document.errors.slice(0, 1)) {
    const start = Math.min(yaml.start + error.pos[0], Math.max(yaml.start, yaml.end - 1));
    problems.push({
      message: `${BROKEN_YAML}: ${yamlMessage(error, text.slice(yaml.start, yaml.end))}`,
      span: { start, end: Math.max(start + 1, Math.min(yaml.start + error.pos[1], yaml.end)) },
    });
  }
  const root = document.contents;
  if (!isMap(root)) return { ...NONE, problems, block };
  const find = (key: string): Pair | undefined =>
    (root as YAMLMap).items.find((pair) => isScalar(pair.key) && pair.key.value === key);
  const text_ = (key: string): string | null => {
    const value = find(key)?.value;
    return isScalar(value) && (typeof value.value === 'string' || typeof value.value === 'number')
      ? String(value.value)
      : null;
  };
  const named = (key: string): (Span & { id: string }) | null => {
    const node = find(key)?.value;
    return isScalar(node) && typeof node.value === 'string' ? { id: node.value.trim(), ...spanOf(node) } : null;
  };
  const prices = find('model-prices')?.value;
  if (isMap(prices) || isSeq(prices) || (isScalar(prices) && typeof prices.value === 'number'))
    problems.push({ message: WRONG_PRICES, span: spanOf(prices) });
  for (const { key, value } of root.items)
    if (isScalar(key) && key.value !== 'model-prices' && MISSPELLED_PRICES.test(String(key.value)))
      problems.push({ message: misspelled(String(key.value)), span: spanOf(value) });
  return {
    framework: named('framework'),
    question: text_('question'),
    level: text_('level'),
    modelPrices: named('model-prices'),
    budget: readBudget(find('budget')?.value, spanOf, problems),
    isAnswersOwn: root.items.every((pair) => isScalar(pair.key) && ANSWER_FIELDS.includes(String(pair.key.value))),
    rules: readRules(find('rules')?.value, spanOf, problems),
    problems,
    block,
  };
}

function readBudget(node: unknown, spanOf: (node: unknown) => Span, problems: ReviewProblem[]): FrontMatter['budget'] {
  const wrong = (at: unknown) => problems.push({ message: WRONG_BUDGET, span: spanOf(at) });
  if (node === undefined || node === null) return NONE.budget;
  if (isScalar(node)) {
    const total = secondsOfBudget(node.value);
    if (total === null && node.value !== null) wrong(node);
    return { total, sections: {} };
  }
  const sections: Record<string, number> = {};
  if (isMap(node)) {
    for (const pair of node.items) {
      const seconds = isScalar(pair.value) ? secondsOfBudget(pair.value.value) : null;
      if (seconds === null) wrong(pair.value ?? pair.key);
      else if (isScalar(pair.key)) sections[String(pair.key.value)] = seconds;
    }
  } else wrong(node);
  return { total: null, sections };
}

function readRules(node: unknown, spanOf: (node: unknown) => Span, problems: ReviewProblem[]): FrontMatter['rules'] {
  if (!isMap(node)) return [];
  const rules: FrontMatter['rules'][number][] = [];
  for (const pair of node.items) {
    if (!isScalar(pair.key)) continue;
    const rule = String(pair.key.value);
    // YAML reads a bare `off` as a string, but an old habit writes `false`.
    const raw = isScalar(pair.value) ? pair.value.value : null;
    const level = raw === false ? 'off' : raw;
    if (level === 'off' || SEVERITIES.some((severity) => severity === level))
      rules.push({ rule, level: level as Level, ...spanOf(pair.key) });
    else
      problems.push({
        message: `The severity of ${rule} is one of ${SEVERITIES.join(', ')} or off`,
        span: spanOf(pair.value ?? pair.key),
      });
  }
  return rules;
}
