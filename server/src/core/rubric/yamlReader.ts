import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { Span } from '../answer/spans.js';
import { nearestName } from '../nearestName.js';
import { yamlMessage } from '../yamlMessage.js';
import type { RubricProblem, RubricSource } from './types.js';

/** A string with its place in the file. */
export interface PlacedText extends Span {
  readonly value: string;
}

/**
 * A mapping of a rubric file, read field by field. What is missing or of the wrong type becomes a problem at its place; the reading goes
 * on with the field's default, so that one mistake does not cost the rest of the file.
 */
export class FieldReader {
  constructor(
    private readonly map: YAMLMap,
    private readonly source: RubricSource,
    private readonly problems: RubricProblem[],
  ) {}

  /** The whole mapping's place. */
  get span(): Span {
    return spanOf(this.map, this.source.text.length);
  }

  /** Reports a problem at a place of this file. */
  problem(message: string, span: Span, severity: RubricProblem['severity'] = 'error'): void {
    this.problems.push({ path: this.source.path, message, severity, ...within(span, this.source.text.length) });
  }

  has(key: string): boolean {
    return this.pair(key) !== undefined;
  }

  keys(): PlacedText[] {
    return this.map.items.flatMap((pair) =>
      isScalar(pair.key) ? [{ value: textOf(pair.key), ...this.at(pair.key) }] : [],
    );
  }

  /** The place of a field's value, else of the mapping. */
  spanOfField(key: string): Span {
    const value = this.pair(key)?.value;
    return value ? this.at(value) : this.span;
  }

  text(key: string): string | null {
    const value = this.value(key);
    if (value === undefined) return null;
    if (isScalar(value) && ['string', 'number', 'boolean'].includes(typeof value.value)) return textOf(value).trim();
    this.problem(`"${key}" must be text`, this.at(value));
    return null;
  }

  requiredText(key: string): string | null {
    const pair = this.pair(key);
    if (!pair) {
      this.problem(`"${key}" is missing`, this.firstKeySpan());
      return null;
    }
    const text = this.text(key);
    if (text === '' || (text === null && isEmpty(pair.value))) this.problem(`"${key}" is empty`, this.at(pair.key));
    return text;
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.value(key);
    if (value === undefined) return fallback;
    if (isScalar(value) && typeof value.value === 'boolean') return value.value;
    this.problem(`"${key}" must be true or false`, this.at(value));
    return fallback;
  }

  number(key: string): number | null {
    const value = this.value(key);
    if (value === undefined) return null;
    if (isScalar(value) && typeof value.value === 'number') return value.value;
    this.problem(`"${key}" must be a number`, this.at(value));
    return null;
  }

  /** A list of texts; a single text is a list of one. */
  texts(key: string): PlacedText[] {
    const value = this.value(key);
    return value === undefined ? [] : this.textsOf(value, key);
  }

  /** A list of lists of texts. */
  textLists(key: string): PlacedText[][] {
    const value = this.value(key);
    if (value === undefined) return [];
    if (!isSeq(value)) {
      this.problem(`"${key}" must be a list of lists`, this.at(value));
      return [];
    }
    return value.items.map((item) => this.textsOf(item as Node, key));
  }

  /** A list whose items are texts or mappings. */
  items(key: string): (PlacedText | FieldReader)[] {
    const value = this.value(key);
    if (value === undefined) return [];
    if (!isSeq(value)) {
      this.problem(`"${key}" must be a list`, this.at(value));
      return [];
    }
    return value.items.flatMap((item): (PlacedText | FieldReader)[] => {
      if (isMap(item)) return [new FieldReader(item, this.source, this.problems)];
      if (isScalar(item)) return [{ value: textOf(item), ...this.at(item) }];
      this.problem(`"${key}" holds an item that is neither text nor a mapping`, this.at(item as Node));
      return [];
    });
  }

  /** A mapping below this one, or null. */
  fields(key: string): FieldReader | null {
    const value = this.value(key);
    if (value === undefined) return null;
    if (isMap(value)) return new FieldReader(value, this.source, this.problems);
    this.problem(`"${key}" must be a mapping`, this.at(value));
    return null;
  }

  /** A mapping below this one; an empty one where its key stands alone. */
  fieldsOrNone(key: string): FieldReader | null {
    const pair = this.pair(key);
    return pair && isEmpty(pair.value)
      ? new FieldReader(parseDocument('{}').contents as YAMLMap, this.source, this.problems)
      : this.fields(key);
  }

  /** A mapping from name to text, each with its place. */
  textMap(key: string): { name: PlacedText; value: PlacedText }[] {
    const inner = this.fields(key);
    return inner ? inner.entries() : [];
  }

  /** This mapping's own names and texts. */
  entries(): { name: PlacedText; value: PlacedText }[] {
    return this.keys().flatMap((name) => {
      const value = this.text(name.value);
      return value === null ? [] : [{ name, value: { value, ...this.spanOfField(name.value) } }];
    });
  }

  isText(key: string): boolean {
    const value = this.pair(key)?.value;
    return isScalar(value) && typeof value.value === 'string';
  }

  isMapping(key: string): boolean {
    return isMap(this.pair(key)?.value);
  }

  /** A field's plain value, whatever it is. */
  plain(key: string): unknown {
    const value = this.value(key);
    return value === undefined ? undefined : (value.toJSON() as unknown);
  }

  /** Reports fields that are not among `known`, with the nearest that is. */
  closed(known: readonly string[]): void {
    let isCommaTold = false;
    for (const key of this.keys()) {
      if (known.includes(key.value)) continue;
      // "{ input: $2 per 1,000,000 tokens }" is read as three fields.
      if (this.map.flow === true && /^\d/.test(key.value) && this.value(key.value) === undefined) {
        if (!isCommaTold)
          this.problem('A comma parts two fields here: put quotation marks around a text that holds one', key);
        isCommaTold = true;
        continue;
      }
      const nearest = nearestName(key.value, known);
      this.problem(`"${key.value}" is no field here${nearest ? `; did you mean "${nearest}"?` : ''}`, key, 'warning');
    }
  }

  private textsOf(value: Node, key: string): PlacedText[] {
    if (isScalar(value)) return value.value === null ? [] : [{ value: textOf(value), ...this.at(value) }];
    if (isSeq(value)) {
      return value.items.flatMap((item) => {
        if (isScalar(item)) return [{ value: textOf(item), ...this.at(item) }];
        this.problem(`"${key}" must hold texts only`, this.at(item as Node));
        return [];
      });
    }
    this.problem(`"${key}" must be a list of texts`, this.at(value));
    return [];
  }

  private value(key: string): Node | undefined {
    const value = this.pair(key)?.value;
    if (value === undefined || value === null) return undefined;
    if (isAlias(value)) {
      this.problem('Aliases are not read here', this.at(value as Node));
      return undefined;
    }
    return isScalar(value) && value.value === null ? undefined : (value as Node);
  }

  private pair(key: string): Pair | undefined {
    return this.map.items.find((pair) => isScalar(pair.key) && textOf(pair.key) === key);
  }

  private firstKeySpan(): Span {
    return this.keys()[0] ?? this.span;
  }

  private at(node: unknown): Span {
    return spanOf(node, this.source.text.length);
  }
}

/**
 * Opens a rubric file: its top-level mapping, or null with a problem where it has none. A syntax error is the only problem of its file: what follows from it would
 * hide it.
 */
export function openRubricFile(source: RubricSource, problems: RubricProblem[]): FieldReader | null {
  const document = parseDocument(source.text, { logLevel: 'silent', uniqueKeys: true });
  const syntaxError = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  for (const error of syntaxError ? [syntaxError] : document.errors) {
    problems.push({
      path: source.path,
      message: yamlMessage(error, source.text),
      severity: 'error',
      ...within({ start: error.pos[0], end: error.pos[1] }, source.text.length),
    });
  }
  // What can be read counts all the same, so that a half-typed line costs no more than itself.
  if (syntaxError && isMap(document.contents)) return new FieldReader(document.contents, source, []);
  if (isMap(document.contents)) return new FieldReader(document.contents, source, problems);
  // Nothing but comments is a file that somebody has begun.
  const isBlank = document.contents === null || (isScalar(document.contents) && document.contents.value === null);
  if (document.errors.length === 0 && !isBlank) {
    problems.push({
      path: source.path,
      message: 'A rubric file is a mapping of fields',
      severity: 'error',
      start: 0,
      end: Math.min(1, source.text.length),
    });
  }
  return null;
}

/** Whether nothing stands behind a key. */
function isEmpty(value: unknown): boolean {
  return !value || (isScalar(value) && value.value === null);
}

/** A scalar as it was written: the name 4.10 is not the number 4.1. */
function textOf({ value, source }: Scalar): string {
  return typeof value === 'string' ? value : (source ?? String(value));
}

/** At least one character wide, and inside the text. */
function within(span: Span, length: number): Span {
  const start = Math.max(0, Math.min(span.start, length - 1));
  return { start, end: Math.max(Math.min(span.end, length), Math.min(start + 1, length)) };
}

function spanOf(node: unknown, length: number): Span {
  const range = (node as Node | null)?.range;
  if (!range) return { start: 0, end: Math.min(1, length) };
  return { start: range[0], end: Math.max(range[1], range[0]) };
}
