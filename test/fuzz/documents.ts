import * as fc from 'fast-check';

/** Pieces that break naive readers: markup left open, line ends of all kinds, characters of two units, and the product's own words. */
const FRAGMENTS: readonly string[] = [
  ...[
    '\n',
    '\r\n',
    '\r',
    '\u2028',
    '\t',
    '    ',
    '\u00A0',
    '\uFEFF',
    '\u0000',
    '\uD800',
    '\uDC00',
    '👩‍👩‍👧‍👦',
    'é',
    '漢字',
    '\u202E',
  ],
  ...[
    '---\n',
    '---',
    '+++\n',
    'framework: pdrif\n',
    'framework: [\n',
    'rules: { "*": off }\n',
    'budget: 20\n',
    '---\nframework: five-step\n---\n',
  ],
  ...[
    '```\n',
    '~~~md\n',
    '```mermaid\ngraph TD; A-->B\n',
    '`',
    '<!--',
    '-->',
    '<!-- design-answers-disable -->\n',
    '<div>\n',
    '<details>',
  ],
  ...[
    '# ',
    '\n## ',
    '\n###### ',
    '\n===\n',
    '\n- ',
    '\n1. ',
    '\n> ',
    '\n- [ ] ',
    '\n    - ',
    '\n| a | b |\n| --- | --- |\n| c | d |\n',
    '| ',
  ],
  ...[
    '**',
    '~~',
    '__',
    '[',
    '](',
    '![x](y)',
    '[^1]: note\n',
    '\\',
    '&amp;',
    '&#0;',
    '$',
    '$$\n',
    '<',
    '>',
    '{',
    '}',
    '${1:<hint>}',
  ],
  ...[
    'TODO',
    'TBD',
    '<fill in>',
    '___',
    'XX',
    '…',
    '$0.002 per 1K tokens',
    '200–400 ms',
    '1e309',
    '10,000,000,000,000,000,000 users',
  ],
  ...[
    '\n## Problem framing (2 min)\n',
    '\n## Data\n',
    '\n**Problem:** ',
    '\nCost architecture: ',
    '\n## Failure modes\n- hallucination\n',
  ],
  ...['We will not add a fallback later?', ' There is no ', ' because ', ' p95 under 2 s ', ' 40 × $0.01 = $0.50 '],
];

/** A change of a text, by shares of its length, so that it fits any text. */
export interface Mutation {
  readonly at: number;
  /** How much is taken out, as a share of what follows `at`; most are small. */
  readonly removed: number;
  readonly inserted: string;
}

/** Arbitrary changes. */
export const mutations = (atMost: number): fc.Arbitrary<Mutation[]> =>
  fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      removed: fc.oneof(
        { weight: 4, arbitrary: fc.constant(0) },
        { weight: 4, arbitrary: fc.double({ min: 0, max: 0.02, noNaN: true }) },
        { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
      ),
      inserted: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...FRAGMENTS) },
        { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
        {
          weight: 1,
          arbitrary: fc
            .tuple(fc.constantFrom(...FRAGMENTS), fc.integer({ min: 2, max: 200 }))
            .map(([piece, count]) => piece.repeat(count)),
        },
      ),
    }),
    { maxLength: atMost },
  );

/** The text after a change. */
export function mutate(text: string, { at, removed, inserted }: Mutation): string {
  const start = Math.floor(at * text.length);
  const end = start + Math.floor(removed * (text.length - start));
  return text.slice(0, start) + inserted + text.slice(end);
}

/** Changed texts, from one of `bases` each. */
export const documents = (bases: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...bases), mutations(12)).map(([base, changes]) => changes.reduce(mutate, base));
