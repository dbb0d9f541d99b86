import { saidIn } from '../calculations/gaps.js';
import { formatCount, formatTokens } from '../reference/format.js';
import { figureNamed, nameOfTable, TOKENS_PER } from '../reference/reference.js';
import type { Detection, Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceOf } from './evidenceIndex.js';
import { evidenceKinds, kindList, text, wordList } from './options.js';
import { isRelieved, RELIEF_OPTIONS } from './relief.js';
import { modelsIn, sentenceOf, type NamedModel, type Sentence } from './sentenceOf.js';

type Options = Readonly<Record<string, unknown>>;

/**
 * Finds the first stated input (pages, words or tokens) that none of the models which the answer names can hold. Where a model's window is not known, or none is
 * named, the widest window that the answer itself states is what must hold it. Of an input that is stated in tokens, the message is `in-tokens`, if there is one.
 */
export const overfullWindow: Detector = {
  id: 'overfull-window',
  options: {
    input: evidenceKinds(),
    'handed-over': evidenceKinds(),
    model: evidenceKinds(),
    window: evidenceKinds(),
    'says-window': wordList(),
    'in-tokens': text(),
    ...RELIEF_OPTIONS,
    'unless-near': evidenceKinds(),
    'part-of': wordList(),
    article: wordList(),
    whole: wordList(),
  },
  required: ['input', 'handed-over', 'model'],
  isAbsence: false,
  needsOwner: false,
  applies: (input, options) => overfull(input, options) !== null,
  detect(input, options) {
    const found = overfull(input, options);
    return found?.detection ? [found.detection] : [];
  },
};

/** Finds a window that is stated larger than the model's, in a sentence that names one model and one window. */
export const claimedWindow: Detector = {
  id: 'claimed-window',
  options: { window: evidenceKinds(), model: evidenceKinds(), 'unless-near': evidenceKinds() },
  required: ['window', 'model'],
  isAbsence: false,
  needsOwner: false,
  applies: (input, options) => claims(input, options).length > 0,
  detect: (input, options) => claims(input, options).flatMap(({ detection }) => detection ?? []),
};

/** 128K is also written 131,072, and words and pages are rounded: only what is clearly above is. */
const SLACK = 1.1;

function overfull(input: DetectorInput, options: Options): { detection: Detection | null } | null {
  const sized = evidenceOf(input, options, 'input').flatMap((item) => {
    const tokens = tokensOf(input, item);
    return tokens === null ? [] : [{ item, tokens }];
  });
  if (sized.length === 0) return null;
  let wasCompared = false;
  let stated: Widest | null | undefined;
  for (const { item, tokens } of sized) {
    const sentence = sentenceOf(input, item);
    if (hasCaveat(sentence, options)) continue;
    if (isPartRead(input, options, item, sentence.start)) continue;
    // Pages that nobody hands to a model are read by people.
    if (!sentence.evidence.some((other) => kindList(options['handed-over']).includes(other.kind))) continue;
    const near = modelsIn(input, sentence, kindList(options['model']));
    const models = near?.length === 0 ? modelsIn(input, wholeOf(input), kindList(options['model'])) : near;
    let widest = widestOf(models ?? []);
    if (!widest) {
      if (stated === undefined) stated = widestStated(input, options);
      widest = stated;
    }
    if (!widest) continue;
    wasCompared = true;
    if (tokens <= widest.window * SLACK || isRelieved(input, options, [item])) continue;
    const inTokens = item.value?.unit === 'token' ? options['in-tokens'] : undefined;
    return {
      detection: {
        start: item.start,
        end: item.end,
        section: item.section,
        ...(typeof inTokens === 'string' ? { message: inTokens } : {}),
        names: {
          text: item.text,
          tokens: formatCount(Math.round(tokens)),
          model: widest.name,
          window: formatTokens(widest.window),
        },
      },
    };
  }
  return wasCompared ? { detection: null } : null;
}

/** Whether only a part of a document is read, or something about it: "the index of a 400-page manual", "notes on a 400-page contract", "a 400-page contract's title". */
function isPartRead(input: DetectorInput, options: Options, item: PlacedEvidence, from: number): boolean {
  if (/['’]s?$/.test(item.text) || /^['’]s?\s/.test(input.text.slice(item.end, item.end + 3))) return true;
  const before = saidIn(input.text.slice(from, item.start));
  const isOf = (option: string, word: string | undefined) =>
    word !== undefined && kindList(options[option]).includes(word);
  // "of", "of a", "of a long": where the document's own words begin behind them.
  const forms = [['part-of'], ['part-of', 'article'], ['part-of', 'article', null]];
  return forms.some((form) => {
    const words = before.slice(-form.length);
    const isForm =
      words.length === form.length && form.every((option, at) => option === null || isOf(option, words[at]));
    return isForm && !isOf('whole', before.at(-1 - form.length));
  });
}

/** The widest window that the answer states of no model by its name; null where it states none, or one that may be wider than its figure. */
function widestStated(input: DetectorInput, options: Options): Widest | null {
  const models = kindList(options['model']);
  const words = kindList(options['says-window']);
  let window = 0;
  for (const item of statedWindows(input, options)) {
    const { value, max = value, bound } = item.value;
    if (bound === 'at-least') return null;
    // What is said of one model by its name tells nothing of the one that reads the input.
    if (modelsIn(input, sentenceOf(input, item), models)?.length !== 0) continue;
    // A small "context of 3,000 tokens" is mostly what is put into the prompt.
    const isWindow = item.isRow || value >= LEAST_WINDOW || saidIn(item.text).some((word) => words.includes(word));
    if (isWindow) window = Math.max(window, max);
  }
  return window === 0 ? null : { name: 'the window you state', window };
}

/** In tokens: what a prompt's own context seldom reaches. */
const LEAST_WINDOW = 32_000;

/** The windows that are stated in tokens, in sentences without a caveat. */
function statedWindows(input: DetectorInput, options: Options): Sized[] {
  return evidenceOf(input, options, 'window').flatMap((item): Sized[] => {
    const { value } = item;
    if (value?.unit !== 'token' || value.per.length > 0) return [];
    return hasCaveat(sentenceOf(input, item), options) ? [] : [{ ...item, value }];
  });
}

/** Whether a sentence makes what it says of a window conditional, or tells it of another. */
function hasCaveat({ evidence }: Pick<Sentence, 'evidence'>, options: Options): boolean {
  const caveats = kindList(options['unless-near']);
  return evidence.some(({ kind }) => caveats.includes(kind));
}

/** Evidence with its quantity. */
type Sized = PlacedEvidence & { readonly value: NonNullable<PlacedEvidence['value']> };

function claims(input: DetectorInput, options: Options): { detection: Detection | null }[] {
  const kinds = kindList(options['window']);
  return statedWindows(input, options).flatMap((item): { detection: Detection | null }[] => {
    const { value } = item;
    const sentence = sentenceOf(input, item);
    if (sentence.evidence.filter((other) => kinds.includes(other.kind)).length !== 1) return [];
    const models = modelsIn(input, sentence, kindList(options['model']));
    const [only] = models ?? [];
    const window = only?.entry.model.window;
    if (!only || window === undefined || models?.length !== 1 || !isOf(input, only, item)) return [];
    if (value.value <= window * SLACK) return [{ detection: null }];
    const { model, table } = only.entry;
    const names = { text: item.text, model: model.name, window: formatTokens(window), table: nameOfTable(table) };
    return [{ detection: { start: item.start, end: item.end, section: item.section, names } }];
  });
}

/** Whether a window belongs to the model before it: in a row, or a few words on in the same clause. */
function isOf(input: DetectorInput, model: NamedModel, window: PlacedEvidence): boolean {
  if (window.isRow) return true;
  if (model.end > window.start) return window.start <= model.start;
  const between = input.text.slice(model.end, window.start);
  return !/[;—–]/.test(between) && between.split(/\s+/).length <= MOST_WORDS_BETWEEN;
}

const MOST_WORDS_BETWEEN = 8;

/** How many tokens a stated input is, or null where its unit has none. Of a range, the lower end. */
function tokensOf(input: DetectorInput, { value }: PlacedEvidence): number | null {
  if (!value || value.bound === 'at-least') return null;
  if (value.unit === 'token') return value.value;
  const figure = figureNamed(input.reference, TOKENS_PER + value.unit);
  return figure ? value.value * figure.value : null;
}

/** What holds most, as a message calls it, and how many tokens that is. */
interface Widest {
  readonly name: string;
  readonly window: number;
}

/** The widest window; null where no model is named or one's window is not known. */
function widestOf(models: readonly NamedModel[]): Widest | null {
  let widest: Widest | null = null;
  for (const { entry } of models) {
    const { name, window } = entry.model;
    if (window === undefined) return null;
    if (!widest || window > widest.window) widest = { name, window };
  }
  return widest;
}

function wholeOf(input: DetectorInput) {
  return { start: 0, end: input.text.length, evidence: input.evidence };
}
