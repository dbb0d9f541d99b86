import { DETECTORS } from '../../server/src/core/checks/detectors.js';
import { SEVERITIES, type Rubric } from '../../server/src/core/rubric/types.js';

type Schema = Readonly<Record<string, unknown>>;

const TEXT: Schema = { type: 'string' };
const MINUTES: Schema = { type: ['string', 'number'], examples: ['5 min', '90 s'] };
const PHRASE: Schema = {
  type: 'string',
  description: 'A phrase; its language is described in docs/rubric-language.md.',
};

/** The JSON Schemas of rubric files, by kind of file, and of the bundles that `.design-answers/` holds. Path to text. */
export function rubricSchemas(rubric: Rubric): Map<string, string> {
  const parts = {
    framework: framework(rubric),
    check: check(rubric),
    evidence: evidence(rubric),
    question: question(rubric),
    reference: reference(rubric),
  };
  return new Map([
    ...Object.entries(parts).map(([name, schema]): [string, string] => [
      `docs/${name}.schema.json`,
      write(name, schema),
    ]),
    ['docs/rubric.schema.json', write('rubric', bundle(rubric), parts)],
  ]);
}

// Draft 7, since editors know it best.
function write(name: string, schema: Schema, definitions?: Readonly<Record<string, Schema>>): string {
  return `${JSON.stringify(
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: `https://github.com/design-answers/design-answers/blob/main/docs/${name}.schema.json`,
      ...schema,
      ...(definitions ? { definitions } : {}),
    },
    null,
    2,
  )}\n`;
}

/** A file of a workspace's own, with as much of everything as it likes. */
function bundle(rubric: Rubric): Schema {
  const named = (name: string, description: string): Schema => ({
    description,
    type: 'object',
    additionalProperties: { $ref: `#/definitions/${name}` },
  });
  return object('A rubric of your own: Design Answers', {
    frameworks: named('framework', 'Frameworks by id. A built-in id changes that framework.'),
    checks: named('check', 'Checks by id, "topic/name". A built-in id replaces that check.'),
    evidence: named('evidence', 'Kinds of evidence by id. A built-in id replaces that kind.'),
    questions: named('question', 'Questions by id.'),
    reference: named('reference', 'Tables of models with their prices, windows and latencies, by id.'),
    words: {
      description: 'Word lists that phrases name in square brackets.',
      type: 'object',
      additionalProperties: texts('The words of the list.'),
    },
    severity: {
      description: 'Severity by rule.',
      type: 'object',
      properties: Object.fromEntries(
        sorted(rubric.checks.map(({ id }) => id)).map((id) => [
          id,
          { ...level(), description: rubric.checks.find((check) => check.id === id)?.title },
        ]),
      ),
      additionalProperties: level(),
    },
  });
}

function framework(rubric: Rubric): Schema {
  const section = object(
    'A section',
    {
      id: { ...TEXT, description: 'Short and lasting; checks name it.' },
      title: { ...TEXT, description: 'Its heading.' },
      budget: { ...MINUTES, description: 'The time it is meant to take.' },
      caution: { ...MINUTES, description: 'After this time a caution is due, although the budget is not used up.' },
      ordinary: {
        type: 'boolean',
        description: 'Whether the title is a word that any document may have as a heading, and so marks no answer.',
      },
      purpose: { ...TEXT, description: 'What the section must do, in one sentence.' },
      aliases: texts('Other headings that name this section.'),
      'ordinary-aliases': texts('Other headings that any document may have.'),
      template: { ...TEXT, description: 'Its body as a snippet: ${1:‹hint›} tab stops, without the heading.' },
    },
    ['id'],
  );
  return object('A framework: the sections of an answer, in their order', {
    extends: {
      description: 'A framework whose sections this one takes over.',
      anyOf: [{ enum: rubric.frameworks.map(({ id }) => id) }, TEXT],
    },
    title: TEXT,
    description: { ...TEXT, description: 'One sentence, for pickers.' },
    sections: {
      description: 'The sections in their order. With "extends": those that differ.',
      type: 'array',
      items: { anyOf: [section, { ...TEXT, description: 'The id of a section to take over as it is.' }] },
    },
    levels: {
      description:
        'The time of a whole answer by the level that is interviewed for; an answer names its own by `level:`.',
      type: 'object',
      additionalProperties: MINUTES,
    },
  });
}

function check(rubric: Rubric): Schema {
  const detectors = [...DETECTORS.values()];
  const properties: Record<string, Schema> = {
    title: { ...TEXT, description: 'A short noun phrase, for lists.' },
    formerly: texts('Earlier ids, which keep working.'),
    detector: {
      enum: detectors.map(({ id }) => id),
      description: 'What does the finding; see docs/rubric-language.md.',
    },
    options: { type: 'object', description: 'The detector’s options.' },
    owner: {
      description: 'The id of the section that the finding is about, by framework.',
      type: 'object',
      properties: Object.fromEntries(
        rubric.frameworks.map(({ id, sections }) => [id, { enum: sections.map((section) => section.id) }]),
      ),
      additionalProperties: TEXT,
    },
    'only-with': texts(
      'Evidence kinds of which one must stand somewhere in the answer, once it has 150 words, for the check to be asked at all.',
    ),
    'unless-told': texts(
      'Ids of checks that say as much and more: where one of them has a finding, this one has none.',
    ),
    part: texts('Evidence kinds that are a part of what is asked for; where the check fails, a report quotes them.'),
    severity: {
      description: 'One for all frameworks, or by framework ("*" is every other one).',
      oneOf: [level(), { type: 'object', additionalProperties: level() }],
    },
    message: {
      ...TEXT,
      description: 'The finding in one short line without a full stop. {text} is the writer’s words.',
    },
    why: { ...TEXT, description: 'Why an interviewer cares.' },
    next: { ...TEXT, description: 'What a strong answer does.' },
    questions: texts('What an interviewer would ask.'),
    examples: object('Texts that are run as tests and shown on the check’s page', {
      bad: examples('Each gives the findings that its caret lines mark, or exactly one.'),
      good: examples('Each gives none.'),
    }),
  };
  return {
    ...object('A check', properties, ['detector', 'message', 'why', 'next']),
    // Each detector has options of its own; their table is the detector's.
    allOf: detectors.map(({ id, options, required }) => ({
      if: { properties: { detector: { const: id } }, required: ['detector'] },
      then: {
        properties: {
          options: {
            properties: Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.schema])),
            ...(required.length > 0 ? { required } : {}),
            additionalProperties: false,
          },
        },
        ...(required.length > 0 ? { required: ['options'] } : {}),
      },
    })),
  };
}

function evidence(rubric: Rubric): Schema {
  const cues = rubric.cues.map(({ id }) => id);
  const amount = {
    kind: { ...TEXT, description: 'The other kind.' },
    least: {
      type: 'integer',
      minimum: 1,
      description: 'How many different sentences must hold one; 1 by default.',
    },
  };
  const beside = object('Only in an answer that holds this as well', amount, ['kind']);
  const standIn = object('Pieces of another kind that stand in', { ...amount, beside }, ['kind']);
  return object(
    'A kind of evidence',
    {
      title: TEXT,
      is: { ...TEXT, description: 'What it is, in one sentence.' },
      'is-not': { ...TEXT, description: 'What it is easily taken for.' },
      words: {
        description: 'Word lists of this file, named in square brackets.',
        type: 'object',
        additionalProperties: texts('The words of the list.'),
      },
      patterns: phrases('Any of these is evidence.'),
      together: {
        description:
          'Groups of phrases that must all stand in one sentence, in any order; where all are pieces of evidence, the next sentence counts too.',
        type: 'array',
        items: { type: 'array', items: PHRASE, minItems: 2 },
      },
      labels: {
        description: 'What stands under such a label counts.',
        type: 'array',
        items: {
          anyOf: [
            PHRASE,
            object('A label, and what must stand under it', { label: PHRASE, has: PHRASE }, ['label', 'has']),
          ],
        },
      },
      except: phrases('A match that overlaps one of these is dropped.'),
      'except-in-sentence': phrases('No match counts in a sentence that holds one of these.'),
      'not-under': {
        description: 'The cues that take a match back.',
        type: 'array',
        items: cues.length > 0 ? { anyOf: [{ enum: cues }, TEXT] } : TEXT,
      },
      'only-questions': { type: 'boolean', description: 'Whether only sentences that end in a question mark count.' },
      bare: { type: 'boolean', description: 'Whether a list item that is the keyword alone counts.' },
      helper: {
        type: 'boolean',
        description: 'Whether it serves checks and other kinds only, and is left out of reports.',
      },
      models: {
        type: 'boolean',
        description: "Whether the name of a model in the reference tables, the user's own too, is a piece of it.",
      },
      itemized: {
        type: 'boolean',
        description:
          'Whether each item under a label is one thing: prose under a heading is none, and a nearer label of another kind takes over.',
      },
      otherwise: {
        description: 'What counts in an answer that holds no such evidence: pieces of another kind, or of several.',
        anyOf: [standIn, { type: 'array', items: standIn }],
      },
      'is-examples': texts('Sentences that hold it; a caret line marks the words.'),
      'is-not-examples': texts('Sentences that look like it.'),
    },
    ['title', 'is'],
  );
}

function question(rubric: Rubric): Schema {
  return object(
    'A question of the bank',
    {
      title: TEXT,
      text: { ...TEXT, description: 'The question as it is asked.' },
      category: TEXT,
      framework: { anyOf: [{ enum: rubric.frameworks.map(({ id }) => id) }, TEXT] },
      traps: texts('What answers to it often miss.'),
    },
    ['text'],
  );
}

function reference(rubric: Rubric): Schema {
  const model = object('A model; what you do not know is left out', {
    names: texts('Other ways to write its name.'),
    tiers: texts('What it is called among its family: "Large", "small tier".'),
    size: { ...TEXT, examples: ['8B'] },
    window: { type: ['string', 'integer'], description: 'Its context window.', examples: ['128K tokens'] },
    input: {
      ...TEXT,
      description: 'The price of input tokens.',
      examples: ['$0.002 per 1K tokens', '$3 per 1M tokens'],
    },
    output: { ...TEXT, description: 'The price of output tokens.', examples: ['$0.006 per 1K tokens'] },
    latency: { ...TEXT, description: 'How long an answer takes.', examples: ['200–400 ms'] },
  });
  const figure = object('A figure', { title: TEXT, value: { ...TEXT, examples: ['20–50 ms per token'] } }, ['value']);
  const known = rubric.reference.flatMap((table) => table.figures.map(({ id, title }) => [id, title] as const));
  return object(
    'A table of reference figures, from one source and of one date',
    {
      title: TEXT,
      source: { ...TEXT, description: 'Where the figures come from.' },
      date: { type: ['string', 'integer'], description: 'When they held: 2026, 2026-03 or 2026-03-17.' },
      family: { ...TEXT, description: 'The name that the models share.' },
      models: { description: 'Models by name.', type: 'object', additionalProperties: model },
      figures: {
        description: 'Figures by id.',
        type: 'object',
        properties: Object.fromEntries(known.map(([id, description]) => [id, { ...figure, description }])),
        additionalProperties: figure,
      },
    },
    ['source', 'date'],
  );
}

function object(title: string, properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return {
    title,
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

function texts(description: string): Schema {
  return { description, oneOf: [{ type: 'array', items: TEXT }, TEXT] };
}

function examples(description: string): Schema {
  const timed = object(
    'A text with the round that it was written in',
    {
      text: TEXT,
      timing: object('What the round measured', {
        used: { description: 'Time by section id.', type: 'object', additionalProperties: MINUTES },
        finished: { description: 'Whether the round is over.', type: 'boolean' },
      }),
    },
    ['text'],
  );
  return { description, oneOf: [{ type: 'array', items: { oneOf: [TEXT, timed] } }, TEXT] };
}

function phrases(description: string): Schema {
  return { description, oneOf: [{ type: 'array', items: PHRASE }, PHRASE] };
}

function level(): Schema {
  return { enum: [...SEVERITIES, 'off'] };
}

function sorted(ids: readonly string[]): string[] {
  return [...ids].sort();
}
