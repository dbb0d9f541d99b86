import type { FieldReader, PlacedText } from '../rubric/yamlReader.js';
import type { ReferenceFigure, ReferenceModel, ReferenceTable } from '../rubric/types.js';
import { keyOf, TOKENS_PER } from './reference.js';
import { makeModel, type ModelParts } from './makeModel.js';
import {
  CURRENCY_PROBLEM,
  MODEL_FIELDS,
  readFigure,
  readLatency,
  readPrice,
  readWindow,
  type Figure,
} from './readFigures.js';

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
  const owners = new Map<string, string>();
  const claim = (name: PlacedText, owner: string) => {
    const key = keyOf(name.value);
    const other = owners.get(key) ?? owner;
    owners.set(key, other);
    if (other !== owner) fields.problem(`"${name.value}" names "${other}" already, which keeps it`, name);
  };
  const models = inner(fields, 'models').filter(([name]) => {
    if (keyOf(name.value) !== '') return true;
    fields.problem("A model's name has a letter or a digit", name);
    return false;
  });
  for (const [name] of models) claim(name, name.value);
  return models.map(([name, model]) => readModel(name.value, model, (other) => claim(other, name.value)));
}

/** The mappings below a field, by name; a name with nothing behind it has an empty one. */
function inner(fields: FieldReader, key: string): [PlacedText, FieldReader][] {
  const below = fields.fields(key);
  return (below?.keys() ?? []).flatMap((name): [PlacedText, FieldReader][] => {
    const part = below?.fieldsOrNone(name.value);
    return part ? [[name, part]] : [];
  });
}

function readModel(name: string, fields: FieldReader, claim: (name: PlacedText) => void): ReferenceModel {
  fields.closed(MODEL_FIELDS);
  const read = <T extends object>(key: string, reader: (text: string) => Figure<T>): T | null => {
    const text = fields.text(key);
    if (text === null) return null;
    const figure = reader(text);
    if (figure.problem !== null) fields.problem(figure.problem, fields.spanOfField(key));
    else if (figure.doubt !== null) fields.problem(figure.doubt, fields.spanOfField(key), 'warning');
    return figure.value;
  };
  const [names, tiers] = [fields.texts('names'), fields.texts('tiers')];
  const parts: ModelParts = {
    name,
    names: names.map(({ value }) => value),
    tiers: tiers.map(({ value }) => value),
    size: fields.text('size'),
    input: read('input', readPrice),
    output: read('output', readPrice),
    window: read('window', readWindow),
    latency: read('latency', readLatency),
  };
  [...names, ...tiers].forEach(claim);
  return makeModel(parts, () => fields.problem(CURRENCY_PROBLEM, fields.spanOfField('output')));
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

/** A year, a month or a day as in ISO 8601, of those that there are. */
function isDate(text: string): boolean {
  const [, year, month, day] = /^([12]\d{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/.exec(text) ?? [];
  return year !== undefined && (day === undefined || Number(day) <= daysOf(Number(year), Number(month)));
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
