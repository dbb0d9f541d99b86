import { SEVERITIES } from '../../server/src/core/rubric/types.js';

type Schema = Readonly<Record<string, unknown>>;

const TEXT: Schema = { type: 'string' };
const NUMBER: Schema = { type: 'number' };
const RANGE: Schema = { $ref: '#/$defs/range' };
const SECTION_ID: Schema = {
  type: ['string', 'null'],
  description: 'The id of the section that it stands in, or null where it stands in none.',
};

/** The JSON Schema of what `design-answers lint --format json` prints. */
export function reportSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://github.com/design-answers/design-answers/blob/main/docs/report.schema.json',
    title: 'The report of design-answers lint --format json',
    ...object({
      version: { const: 1 },
      answers: list({ $ref: '#/$defs/answer' }),
    }),
    $defs: {
      answer: object({
        path: { ...TEXT, description: 'As it was given; "-" for standard input.' },
        framework: {
          type: ['string', 'null'],
          description:
            'The framework’s id; null for a named file that is no answer, or one whose framework cannot be told.',
        },
        sections: {
          ...list(
            object({
              id: TEXT,
              title: TEXT,
              range: RANGE,
              words: { type: 'integer', minimum: 0, description: 'Words of the writer’s own.' },
              budgetSeconds: { ...NUMBER, minimum: 0 },
              speakingSeconds: { ...NUMBER, minimum: 0, description: 'At 150 words a minute.' },
              score: { type: ['number', 'null'], minimum: 0, maximum: 100 },
            }),
          ),
          description: 'The sections found, in the order of the text.',
        },
        evidence: list(
          object({ kind: TEXT, section: SECTION_ID, range: RANGE, text: TEXT, value: { $ref: '#/$defs/quantity' } }, [
            'value',
          ]),
        ),
        findings: {
          ...list(
            object(
              {
                rule: TEXT,
                severity: { enum: SEVERITIES },
                message: TEXT,
                section: SECTION_ID,
                range: RANGE,
                related: list(object({ message: TEXT, range: RANGE })),
                fix: object({ title: TEXT, edits: list(object({ range: RANGE, newText: TEXT })) }),
              },
              ['related', 'fix'],
            ),
          ),
          description: 'In the order of the text.',
        },
        score: {
          oneOf: [
            object({
              total: { ...NUMBER, minimum: 0, maximum: 100 },
              band: { enum: ['strong', 'solid', 'borderline', 'not yet'] },
            }),
            { type: 'null' },
          ],
        },
        problems: {
          ...list(object({ message: TEXT, range: { oneOf: [RANGE, { type: 'null' }] } })),
          description: 'What went wrong in the file’s settings, or in the product; it hides no finding.',
        },
      }),
      range: {
        description:
          'As in the Language Server Protocol: lines from 0, columns in UTF-16 code units from 0, the end is exclusive.',
        ...object({ start: { $ref: '#/$defs/position' }, end: { $ref: '#/$defs/position' } }),
      },
      position: object({ line: { type: 'integer', minimum: 0 }, character: { type: 'integer', minimum: 0 } }),
      quantity: {
        description: 'In base units: seconds, tokens, bytes, percent, a currency’s major unit.',
        ...object(
          {
            value: NUMBER,
            max: { ...NUMBER, description: 'The upper end of a range.' },
            unit: TEXT,
            bound: { enum: ['at-most', 'at-least', 'about'] },
            per: list(object({ unit: TEXT, amount: NUMBER })),
          },
          ['max', 'bound'],
        ),
      },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Fields are added in later versions, so programs must accept unknown ones; the schema names all that are there today. */
function object(properties: Record<string, Schema>, optional: readonly string[] = []): Schema {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  };
}

function list(items: Schema): Schema {
  return { type: 'array', items };
}
