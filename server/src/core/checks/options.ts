import { nearestName } from '../nearestName.js';
import type { Severity } from '../rubric/types.js';
import type { OptionType } from './detectors.js';
import { isSeverity } from './detectors.js';
import { SEVERITIES } from '../rubric/types.js';

/** Option types for the detectors' tables. */

/** A list of evidence kinds; one kind may be given as plain text. */
export function evidenceKinds(): OptionType {
  return {
    schema: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }] },
    problem: (value, kinds) => {
      const names = kindList(value);
      if (names.length === 0) return 'This option names one or more evidence kinds';
      const unknown = names.find((name) => !kinds.has(name));
      if (unknown === undefined) return null;
      const nearest = nearestName(unknown, [...kinds]);
      return `There is no evidence kind "${unknown}"${nearest ? `; did you mean "${nearest}"?` : ''}`;
    },
  };
}

/** One of a few words. */
export function oneOf(...words: readonly string[]): OptionType {
  return {
    schema: { type: 'string', enum: words },
    problem: (value) => (words.some((word) => word === value) ? null : `This option is one of ${words.join(', ')}`),
  };
}

/** A list of some of a few words. */
export function someOf(...words: readonly string[]): OptionType {
  return {
    schema: { type: 'array', items: { type: 'string', enum: words }, minItems: 1 },
    problem: (value) =>
      Array.isArray(value) && value.length > 0 && value.every((item) => words.some((word) => word === item))
        ? null
        : `This option lists some of ${words.join(', ')}`,
  };
}

/** A list of words, in lower case. */
export function wordList(): OptionType {
  return {
    schema: { type: 'array', items: { type: 'string' }, minItems: 1 },
    problem: (value) =>
      Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string')
        ? null
        : 'This option lists words',
  };
}

/** Words, such as another message. */
export function text(): OptionType {
  return {
    schema: { type: 'string', minLength: 1 },
    problem: (value) => (typeof value === 'string' && value !== '' ? null : 'This option is text'),
  };
}

/** A number above zero. */
export function positiveNumber(): OptionType {
  return {
    schema: { type: 'number', exclusiveMinimum: 0 },
    problem: (value) => (typeof value === 'number' && value > 0 ? null : 'This option is a number above zero'),
  };
}

/** How many: a whole number from 1 on. */
export function positiveInteger(): OptionType {
  return {
    schema: { type: 'integer', minimum: 1 },
    problem: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= 1
        ? null
        : 'This option is a whole number from 1 on',
  };
}

/** What an option of type `raise` says, read; null where it is not given or wrong. */
export function severityChange(
  option: unknown,
): { readonly to: Severity; readonly kinds: readonly string[]; readonly message: string | undefined } | null {
  const given = option as { to?: unknown; if?: unknown; message?: unknown } | undefined;
  if (!given || !isSeverity(given.to)) return null;
  return {
    to: given.to,
    kinds: kindList(given.if),
    message: typeof given.message === 'string' ? given.message : undefined,
  };
}

/** `{ to: severity, if: [kinds], message: text }`: another severity, and perhaps another message, where one of the kinds stands in the answer. */
export function raise(): OptionType {
  const kinds = evidenceKinds();
  return {
    schema: {
      type: 'object',
      properties: {
        to: { type: 'string', enum: ['error', 'warning', 'information', 'hint'] },
        if: kinds.schema,
        message: { type: 'string' },
      },
      required: ['to', 'if'],
      additionalProperties: false,
    },
    problem: (value, known) => {
      const form = 'This option is { to: severity, if: [kinds], message: text }, of which the message can be left out';
      const given = value as { to?: unknown; if?: unknown } | null;
      if (typeof given !== 'object' || given === null || Array.isArray(given)) return form;
      const wrong = Object.keys(given).find((key) => !['to', 'if', 'message'].includes(key));
      if (wrong !== undefined) return `There is no "${wrong}" in this option. ${form}`;
      if (given.to === undefined) return form;
      if (!isSeverity(given.to)) return `In this option, "to" is one of ${SEVERITIES.join(', ')}`;
      if ('message' in given && (typeof given.message !== 'string' || given.message.trim() === ''))
        return 'The message of this option is text';
      return kinds.problem(given.if, known);
    },
  };
}

/** By framework id, lists of pairs of section ids. */
export function sectionPairs(): OptionType {
  return {
    schema: {
      type: 'object',
      additionalProperties: {
        type: 'array',
        items: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 },
      },
    },
    problem: (value) =>
      typeof value === 'object' &&
      value !== null &&
      Object.values(value).every(
        (pairs) => Array.isArray(pairs) && pairs.every((pair) => Array.isArray(pair) && pair.length === 2),
      )
        ? null
        : 'This option lists pairs of section ids by framework',
  };
}

/** By framework id, a section id. */
export function sectionByFramework(): OptionType {
  return {
    schema: { type: 'object', additionalProperties: { type: 'string' } },
    problem: (value) =>
      typeof value === 'object' && value !== null && Object.values(value).every(isString)
        ? null
        : 'This option gives a section id by framework',
  };
}

/** Groups of evidence kinds by the name that a message calls them: `{ latency: [latency], cost: [running-cost, unit-cost] }`. */
export function kindGroups(): OptionType {
  const kinds = evidenceKinds();
  return {
    schema: { type: 'object', additionalProperties: kinds.schema, minProperties: 1 },
    problem: (value, known) => {
      const groups = groupList(value);
      if (groups.length === 0) return 'This option gives evidence kinds by name, as in { latency: [latency] }';
      return groups.map((group) => kinds.problem(group.kinds, known)).find((message) => message !== null) ?? null;
    },
  };
}

/** The named groups of kinds that an option's value gives. */
export function groupList(value: unknown): readonly { readonly name: string; readonly kinds: readonly string[] }[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([name, kinds]) => ({ name, kinds: kindList(kinds) }));
}

/** The kinds, or the words, that an option's value names. */
export function kindList(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return [];
  // Checks ask for each piece of evidence, and what a rubric holds has been looked over: a copy is for what has not.
  return value.every(isString) ? value : value.filter(isString);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
