import { nearestName } from '../nearestName.js';
import type { ReferenceModel } from '../rubric/types.js';
import { keyOf } from './reference.js';
import { MODEL_FIELDS, readLatency, readPrice, readWindow, type Figure } from './readFigures.js';

/**
 * Reads the setting `designAnswers.modelPrices`: an object from model to its figures. What cannot be read is left out and named in
 * `problems`, a sentence each.
 */
export function readModelPrices(raw: Readonly<Record<string, unknown>>): {
  models: ReferenceModel[];
  problems: string[];
} {
  const problems: string[] = [];
  const spelled = new Map<string, string>();
  const models = Object.entries(raw).flatMap(([name, figures]) => {
    const other = spelled.get(keyOf(name));
    if (other !== undefined)
      problems.push(
        `The setting designAnswers.modelPrices names one model twice, "${other}" and "${name}"; the first counts.`,
      );
    else spelled.set(keyOf(name), name);
    if (typeof figures !== 'object' || figures === null || Array.isArray(figures)) {
      problems.push(`The setting designAnswers.modelPrices gives "${name}" no object of prices.`);
      return [];
    }
    return [readModel(name, figures as Record<string, unknown>, problems)];
  });
  return { models, problems };
}

/** A family and its tiers are a table's business. */
const FIELDS = MODEL_FIELDS.filter((field) => field !== 'tiers');

function readModel(name: string, figures: Readonly<Record<string, unknown>>, problems: string[]): ReferenceModel {
  const problem = (text: string) => problems.push(`The setting designAnswers.modelPrices, model "${name}": ${text}.`);
  for (const field of Object.keys(figures)) {
    if (FIELDS.includes(field)) continue;
    const nearest = nearestName(field, FIELDS);
    problem(`there is no field "${field}"${nearest ? `; did you mean "${nearest}"?` : ''}`);
  }
  const read = <T extends object>(field: string, reader: (text: string) => Figure<T>): T | null => {
    const value = figures[field];
    if (value === undefined || value === null) return null;
    const figure = reader(typeof value === 'number' || typeof value === 'string' ? String(value) : '');
    if (figure.problem !== null) problem(`${field}: ${figure.problem}`);
    return figure.value;
  };
  const input = read('input', readPrice);
  let output = read('output', readPrice);
  if (input && output && input.currency !== output.currency) {
    problem('the prices of one model are in one currency');
    output = null;
  }
  const window = read('window', readWindow);
  const latency = read('latency', readLatency);
  const names = Array.isArray(figures['names']) ? figures['names'] : [];
  return {
    name,
    names: names.filter((other): other is string => typeof other === 'string'),
    tiers: [],
    currency: input?.currency ?? output?.currency ?? 'USD',
    ...(typeof figures['size'] === 'string' ? { size: figures['size'] } : {}),
    ...(window ? { window: window.tokens } : {}),
    ...(input ? { input: input.per1K } : {}),
    ...(output ? { output: output.per1K } : {}),
    ...(latency ? { latency: latency.seconds } : {}),
  };
}
