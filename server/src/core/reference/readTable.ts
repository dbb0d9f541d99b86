import type { FieldReader, PlacedText } from '../rubric/yamlReader.js';
import type { ReferenceFigure, ReferenceModel, ReferenceTable } from '../rubric/types.js';
import { keyOf, TOKENS_PER } from './reference.js';
import { MODEL_FIELDS, readFigure, readLatency, readPrice, readWindow, type Figure } from './readFigures.js';

/**
 * Reads a file of `reference/`: models with their windows, prices and latencies, and figures to reckon with. A figure that cannot be read
 * is a problem at its place and left out; the rest of the table counts. A figure that `known` has already keeps its unit.
 */
export function readReferenceTable(
  id: string,
  fields: FieldReader,
  known: readonly ReferenceFigure[] = [],
): ReferenceTable {
  fields.closed(['title', 'source', 'date', 'family', 'models', 'figures']);
  const date = fields.requiredText('date') ?? '';
  if (date !== '' && !isDate(date))
    fields.problem('A date is a year, a month or a day: 2026, 2026-03 or 2026-03-17', fields.spanOfField('date'));
  const family = fields.text('family');
  return {
    id,
    title: fields.text('title') ?? id,
    source: fields.requiredText('source') ?? '',
    date: isDate(date) ? date : '',
    ...(family === null ? {} : { family }),
    models: readModels(fields),
    figures: inner(fields, 'figures').flatMap(([name, figure]) => readReferenceFigure(name.value, figure, known) ?? []),
  };
}

/** The models of a table. A name that stands for two of them, in whatever spelling, is the first one's. */
function readModels(fields: FieldReader): ReferenceModel[] {
  const models = inner(fields, 'models');
  const owners = new Map<string, string>();
  const claim = (name: PlacedText, owner: string) => {
    const key = keyOf(name.value);
    const other = owners.get(key) ?? owner;
    owners.set(key, other);
    if (other !== owner) fields.problem(`"${name.value}" names "${other}" already, which keeps it`, name);
  };
  for (const [name] of models) claim(name, name.value);
  return models.map(([name, model]) => readModel(name.value, model, (other) => claim(other, name.value)));
}

/** The mappings below a field, by name. */
function inner(fields: FieldReader, key: string): [PlacedText, FieldReader][] {
  const below = fields.fields(key);
  return (below?.keys() ?? []).flatMap((name): [PlacedText, FieldReader][] => {
    const part = below?.fields(name.value);
    return part ? [[name, part]] : [];
  });
}

function readModel(name: string, fields: FieldReader, claim: (name: PlacedText) => void): ReferenceModel {
  fields.closed(MODEL_FIELDS);
  const read = <T extends object>(key: string, reader: (text: string) => Figure<T>): T | null => {
    const text = fields.text(key);
    if (text === null) return null;
    const figure = reader(text);
    if (figure.problem === null) return figure.value;
    fields.problem(figure.problem, fields.spanOfField(key));
    return null;
  };
  const input = read('input', readPrice);
  const output = read('output', readPrice);
  if (input && output && input.currency !== output.currency)
    fields.problem('The prices of one model are in one currency', fields.spanOfField('output'));
  const window = read('window', readWindow);
  const latency = read('latency', readLatency);
  const [names, tiers] = [fields.texts('names'), fields.texts('tiers')];
  [...names, ...tiers].forEach(claim);
  const size = fields.text('size');
  const isOneCurrency = !input || !output || input.currency === output.currency;
  return {
    name,
    names: names.map(({ value }) => value),
    tiers: tiers.map(({ value }) => value),
    currency: input?.currency ?? output?.currency ?? 'USD',
    ...(size === null ? {} : { size }),
    ...(window ? { window: window.tokens } : {}),
    ...(input ? { input: input.per1K } : {}),
    ...(output && isOneCurrency ? { output: output.per1K } : {}),
    ...(latency ? { latency: latency.seconds } : {}),
  };
}

function readReferenceFigure(
  id: string,
  fields: FieldReader,
  known: readonly ReferenceFigure[],
): ReferenceFigure | null {
  fields.closed(['title', 'value']);
  const text = fields.requiredText('value');
  if (text === null) return null;
  const figure = readFigure(text, known.find((other) => other.id === id)?.text ?? exampleOf(id));
  if (figure.problem !== null) {
    fields.problem(figure.problem, fields.spanOfField('value'));
    return null;
  }
  return { id, title: fields.text('title') ?? id, text, ...figure.value };
}

/** What a figure looks like by its name alone: documents are counted in any unit that has one ("tokens-per-slide"). */
function exampleOf(id: string): string | null {
  return id.startsWith(TOKENS_PER) ? `500 tokens per ${id.slice(TOKENS_PER.length)}` : null;
}

/** A year, a month or a day as in ISO 8601. */
function isDate(text: string): boolean {
  return /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/.test(text);
}
