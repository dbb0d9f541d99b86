import { nearestName } from '../nearestName.js';
import type { ReferenceModel } from '../rubric/types.js';
import { makeModel, type ModelParts } from './makeModel.js';
import { CURRENCY_PROBLEM, MODEL_FIELDS, readLatency, readPrice, readWindow, type Figure } from './readFigures.js';
import { keyOf } from './reference.js';

/**
 * Reads the setting `designAnswers.modelPrices`: an object from model to its figures. What cannot be read is left out and named in
 * `problems`, a sentence each.
 */
export function readModelPrices(raw: Readonly<Record<string, unknown>>): {
  models: ReferenceModel[];
  problems: string[];
} {
  const problems: string[] = [];
  const owners = new Map<string, string>();
  const claim = (name: string, owner: string) => {
    const other = owners.get(keyOf(name)) ?? owner;
    owners.set(keyOf(name), other);
    if (other !== owner)
      problems.push(
        `The setting designAnswers.modelPrices names one model twice, "${other}" and "${name}"; the first counts.`,
      );
  };
  for (const name of Object.keys(raw)) claim(name, name);
  const models = Object.entries(raw).flatMap(([name, figures]): ReferenceModel[] => {
    if (typeof figures !== 'object' || figures === null || Array.isArray(figures)) {
      problems.push(`The setting designAnswers.modelPrices gives "${name}" no object of prices.`);
      return [];
    }
    if (keyOf(name) === '') {
      problems.push(`The setting designAnswers.modelPrices names a model "${name}", without a letter or a digit.`);
      return [];
    }
    return [readModel(name, figures as Record<string, unknown>, problems, (other) => claim(other, name))];
  });
  return { models, problems };
}

/** A family and its tiers are a table's business. */
const FIELDS = MODEL_FIELDS.filter((field) => field !== 'tiers');

function readModel(
  name: string,
  figures: Readonly<Record<string, unknown>>,
  problems: string[],
  claim: (name: string) => void,
): ReferenceModel {
  const problem = (text: string) => problems.push(`The setting designAnswers.modelPrices, model "${name}": ${text}.`);
  for (const field of Object.keys(figures)) {
    if (FIELDS.includes(field)) continue;
    const nearest = nearestName(field, FIELDS);
    problem(`there is no field "${field}"${nearest ? `; did you mean "${nearest}"?` : ''}`);
  }
  const read = <T extends object>(field: string, reader: (text: string) => Figure<T>): T | null => {
    const value = figures[field];
    if (value === undefined || value === null) return null;
    const figure = reader(isScalar(value) ? String(value) : '');
    if (figure.problem !== null) problem(`${field}: ${figure.problem}`);
    else if (figure.doubt !== null) problem(`${field}: ${figure.doubt}`);
    return figure.value;
  };
  const { names: rawNames = [], size } = figures;
  const names = Array.isArray(rawNames) ? (rawNames as unknown[]) : [rawNames];
  if (!names.every(isScalar)) problem('names: other names of a model are texts');
  const parts: ModelParts = {
    name,
    names: names.filter(isScalar).map(String),
    tiers: [],
    size: isScalar(size) ? String(size) : null,
    input: read('input', readPrice),
    output: read('output', readPrice),
    window: read('window', readWindow),
    latency: read('latency', readLatency),
  };
  parts.names.forEach(claim);
  return makeModel(parts, () => problem(CURRENCY_PROBLEM));
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
