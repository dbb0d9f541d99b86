import { describe, expect, it } from 'vitest';
import {
  answerTemplate,
  builtInRubric,
  createReviewCache,
  DEFAULT_SETTINGS,
  plainText,
  quickFixes,
  review,
  type Finding,
  type Fix,
  type Review,
} from '../../server/src/core/index.js';

const rubric = builtInRubric();

function look(text: string, settings = DEFAULT_SETTINGS): Review {
  return review(text, rubric, settings, { fileName: 'x.answer.md' });
}

function rules(text: string): string[] {
  return look(text).findings.map((finding) => finding.rule);
}

function apply(text: string, fix: Fix): string {
  return [...fix.edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.newText + result.slice(edit.end), text);
}

function need(review_: Review, rule: string): Finding {
  const finding = review_.findings.find((candidate) => candidate.rule === rule);
  if (!finding) throw new Error(`no ${rule} among ${review_.findings.map((candidate) => candidate.rule).join(', ')}`);
  return finding;
}

const FILLED = `---
framework: five-step
---

# A question

## Problem framing

We build something good.

## Core interaction design

She types, it answers.

## Data and feedback loops

We keep the texts.

## Cost and latency architecture

We use a good model.

## Constraints and failure modes

It can be bad.
`;

describe('no cascades', () => {
  it('gives an empty answer one finding for each section and nothing else', () => {
    expect(rules('---\nframework: five-step\n---\n')).toEqual(Array(5).fill('structure/missing-section'));
  });

  it.each(rubric.frameworks.map((framework) => [framework.id, framework] as const))(
    'gives a fresh %s template one finding for each section',
    (_, framework) => {
      const text = plainText(answerTemplate(framework));
      expect(rules(text)).toEqual(Array(framework.sections.length).fill('structure/empty-section'));
    },
  );

  it('finds nothing absent in a section that is missing', () => {
    const text = FILLED.replace(/## Cost and latency[^#]*/, '');
    const found = rules(text);
    expect(found).toContain('structure/missing-section');
    expect(found.filter((rule) => rule.startsWith('cost/') || rule.startsWith('latency/'))).toEqual([]);
  });

  it('reports an absence once, on the heading of its section', () => {
    const finding = need(look(FILLED), 'cost/no-numbers');
    expect(FILLED.slice(finding.start, finding.end)).toBe('Cost and latency architecture');
    expect(rules(FILLED).filter((rule) => rule === 'cost/no-numbers')).toHaveLength(1);
  });
});

describe('one cause', () => {
  it('has one finding, of the check that says more', () => {
    // No figure at all: that there is none for latency goes without saying.
    expect(rules(FILLED)).toContain('requirements/no-numbers');
    expect(rules(FILLED)).not.toContain('latency/no-number');
    const settings = { ...DEFAULT_SETTINGS, rules: { 'requirements/no-numbers': 'off' } as const };
    expect(look(FILLED, settings).findings.map(({ rule }) => rule)).toContain('latency/no-number');
  });

  it('is told in the writer’s words where there are any', () => {
    const vague = FILLED.replace('We build something good.', 'The goal is to build an AI assistant for lawyers.');
    expect(rules(vague)).toContain('problem/vague-goal');
    expect(rules(vague)).not.toContain('problem/no-success-metric');
    expect(rules(FILLED)).toContain('problem/no-success-metric');
  });
});

describe('levels', () => {
  it('follow the settings', () => {
    const settings = {
      ...DEFAULT_SETTINGS,
      rules: { 'cost/no-numbers': 'off', 'requirements/no-numbers': 'hint' } as const,
    };
    const found = look(FILLED, settings).findings;
    expect(found.some((finding) => finding.rule === 'cost/no-numbers')).toBe(false);
    expect(found.find((finding) => finding.rule === 'requirements/no-numbers')?.severity).toBe('hint');
  });

  it('follow the front matter before the settings', () => {
    const text = FILLED.replace('framework: five-step', 'framework: five-step\nrules: { cost/no-numbers: off }');
    expect(rules(text)).not.toContain('cost/no-numbers');
  });

  it('name an unknown rule in the front matter at its place', () => {
    const text = FILLED.replace('framework: five-step', 'framework: five-step\nrules:\n  cost/no-number: off');
    const { problems } = look(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toContain('cost/no-numbers');
    expect(text.slice(problems[0]!.span!.start, problems[0]!.span!.end)).toBe('cost/no-number');
  });
});

describe('fixes', () => {
  it('insert a missing section in its place, and bring no new finding but that it is empty', () => {
    for (const framework of rubric.frameworks) {
      const whole = `---\nframework: ${framework.id}\n---\n\n# Q\n\n${framework.sections.map((section) => `## ${section.title}\n\nSome words.\n`).join('\n')}`;
      for (const section of framework.sections) {
        for (const eol of ['\n', '\r\n']) {
          const text = whole
            .replace(`## ${section.title}\n\nSome words.\n\n`, '')
            .replace(`\n## ${section.title}\n\nSome words.\n`, '')
            .replace(/\n/g, eol);
          const before = look(text);
          const finding = need(before, 'structure/missing-section');
          const fixed = apply(text, finding.fix!);
          const after = look(fixed);
          expect(
            after.sections.map((candidate) => candidate.id),
            fixed,
          ).toEqual(framework.sections.map((candidate) => candidate.id));
          expect(after.findings.map((candidate) => candidate.rule)).not.toContain('structure/missing-section');
          expect(
            after.findings.filter((candidate) => candidate.section === section.id).map((candidate) => candidate.rule),
          ).toEqual(['structure/empty-section']);
          expect(fixed.replace(/\r\n/g, '')).not.toMatch(eol === '\r\n' ? /\n/ : /\r/);
        }
      }
    }
  });

  it('silence a finding here', () => {
    const finding = need(look(FILLED), 'cost/no-numbers');
    const fix = quickFixes(FILLED, look(FILLED), finding).find((candidate) => candidate.kind === 'suppress-line')!;
    const fixed = apply(FILLED, fix);
    expect(fixed).toContain('<!-- design-answers-disable-next-line cost/no-numbers -->\n## Cost');
    expect(rules(fixed)).toEqual(rules(FILLED).filter((rule) => rule !== 'cost/no-numbers'));
  });

  it.each([
    ['no front matter', FILLED.replace(/^---[^]*?---\n\n/, '')],
    ['front matter', FILLED],
    ['rules as a block', FILLED.replace('five-step\n', 'five-step\nrules:\n  style/no-unknowns: off\n')],
    ['rules in braces', FILLED.replace('five-step\n', 'five-step\nrules: { style/no-unknowns: off }\n')],
    ['empty braces', FILLED.replace('five-step\n', 'five-step\nrules: {}\n')],
    ['CRLF', FILLED.replace(/\n/g, '\r\n')],
    ['a byte-order mark', `\uFEFF${FILLED}`],
  ])('silence a rule in a file with %s', (_, text) => {
    const finding = need(look(text), 'cost/no-numbers');
    const fix = quickFixes(text, look(text), finding).find((candidate) => candidate.kind === 'suppress-file')!;
    const fixed = apply(text, fix);
    expect(look(fixed).problems).toEqual([]);
    expect(rules(fixed)).toEqual(rules(text).filter((rule) => rule !== 'cost/no-numbers'));
  });

  it('change the level of a rule that the front matter names already', () => {
    for (const given of [
      'rules: { cost/no-numbers: information }',
      'rules:\n  cost/no-numbers: information',
      'rules:\n  "cost/no-numbers": information',
    ]) {
      const text = FILLED.replace('framework: five-step', `framework: five-step\n${given}`);
      const fix = quickFixes(text, look(text), need(look(text), 'cost/no-numbers')).find(
        (candidate) => candidate.kind === 'suppress-file',
      )!;
      expect(look(apply(text, fix)).problems).toEqual([]);
      expect(rules(apply(text, fix))).not.toContain('cost/no-numbers');
    }
  });

  it('write nothing into front matter that is broken', () => {
    const text = FILLED.replace('framework: five-step', 'framework: five-step\nrules: {');
    const result = review(text, rubric, DEFAULT_SETTINGS, { framework: 'five-step' });
    expect(quickFixes(text, result, need(result, 'cost/no-numbers')).map((fix) => fix.kind)).toEqual(['suppress-line']);
  });

  it.each(['```\ncode', '<!-- note', '- item\n\n  ~~~\n  code'])(
    'insert no section behind what is still open: %j',
    (open) => {
      const finding = need(look(`## Problem framing\n\nText of mine.\n\n${open}\n`), 'structure/missing-section');
      expect(finding.fix).toBeUndefined();
    },
  );

  it('silence a finding in a table without breaking the table', () => {
    const text = `${FILLED}\n| What goes wrong | Then |\n| --- | --- |\n| Hallucinated clause numbers | |\n| Context overflow | Split at headings and retrieve the ten best parts |\n`;
    const finding = need(look(text), 'failure/no-mitigation');
    const fix = quickFixes(text, look(text), finding).find((candidate) => candidate.kind === 'suppress-line')!;
    const fixed = apply(text, fix);
    expect(rules(fixed)).not.toContain('failure/no-mitigation');
    expect(look(fixed).evidence.length).toBe(look(text).evidence.length);
  });
});

describe('comments', () => {
  it('silence from one place to another', () => {
    const text = FILLED.replace('## Core', '<!-- design-answers-disable cost/* requirements/no-numbers -->\n\n## Core');
    expect(rules(text).filter((rule) => rule.startsWith('cost/') || rule === 'requirements/no-numbers')).toEqual([]);
    const enabled = text.replace('## Cost', '<!-- design-answers-enable -->\n\n## Cost');
    expect(rules(enabled)).toContain('requirements/no-numbers');
  });

  it('that name no rule are told at their place', () => {
    const text = FILLED.replace('## Cost', '<!-- design-answers-disable-next-line cost/no-numbrs -->\n## Cost');
    expect(look(text).problems[0]?.message).toContain('did you mean "cost/no-numbers"');
  });
});

describe('a comment that is written wrongly', () => {
  it.each([
    ['design-answers-disable-nextline cost/no-numbers', 'did you mean "design-answers-disable-next-line"'],
    ['design-answers-disable cost', '"cost" is no rule'],
  ])('%s does nothing and says so', (comment, message) => {
    const text = FILLED.replace('## Cost', `<!-- ${comment} -->\n\n## Cost`);
    expect(
      look(text)
        .problems.map((problem) => problem.message)
        .join(),
    ).toContain(message);
    expect(rules(text)).toEqual(rules(FILLED));
  });

  it('may give a reason after its rules', () => {
    const text = FILLED.replace(
      '## Cost',
      '<!-- design-answers-disable-next-line cost/no-numbers: not asked for -->\n## Cost',
    );
    expect(look(text).problems).toEqual([]);
    expect(rules(text)).not.toContain('cost/no-numbers');
  });

  it('stands above a heading that is underlined, too', () => {
    const text = FILLED.replace(
      '## Cost and latency architecture',
      '<!-- design-answers-disable-next-line cost/no-numbers -->\nCost and latency architecture\n---',
    );
    expect(rules(text)).not.toContain('cost/no-numbers');
    expect(rules(text)).toContain('requirements/no-numbers');
  });
});

describe('strange input', () => {
  it.each([
    ['nothing', ''],
    ['blanks', '  \n\t\n'],
    ['a byte-order mark alone', '\uFEFF'],
    ['front matter alone', '---\nframework: pdrif\n---'],
    ['front matter that never ends', '---\nframework: pdrif\n## Problem\n'],
    ['broken front matter', '---\nframework: [pdrif\nrules: }{\n---\n## Problem\n'],
    ['front matter that is a list', '---\n- a\n---\ntext'],
    ['an unclosed fence', '## Problem framing\n\n```\n## Core interaction\n'],
    ['an unclosed comment', '## Problem framing\n\n<!-- \n## Core interaction\n'],
    ['headings without text', '#\n##\n###\n'],
    ['a lone carriage return', '## Problem framing\rtext\r## Failure modes\rtext'],
    ['lone surrogates', '## Problem framing\n\n\ud83d text \udc00\n'],
    ['a table without a body', '## Problem framing\n\n| a | b |\n| - | - |\n'],
    [
      'deep nesting',
      `## Problem framing\n\n${'> '.repeat(300)}x\n\n${Array.from({ length: 60 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')}`,
    ],
  ])('%s is read without a throw, and every range is inside', (_, text) => {
    const result = look(text);
    for (const span of [...result.findings, ...result.evidence, ...result.sections]) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeGreaterThanOrEqual(span.start);
      expect(span.end).toBeLessThanOrEqual(text.length);
    }
  });

  it('is no answer where it is binary', () => {
    expect(look('\u0000\u0001\u0002## Problem framing').isAnswer).toBe(false);
  });

  it('tells broken front matter at its place and reads the rest', () => {
    const text = `---\nframework: five-step\nrules: { cost/no-numbers: loud }\n---\n\n## Problem framing\n\nText.\n`;
    const { problems, framework } = look(text);
    expect(framework?.id).toBe('five-step');
    expect(problems.map((problem) => text.slice(problem.span!.start, problem.span!.end))).toEqual(['loud']);
  });

  it('gives CRLF copies the same findings on the same words', () => {
    const crlf = FILLED.replace(/\n/g, '\r\n');
    const words = (text: string) =>
      look(text).findings.map((finding) => `${finding.rule} ${text.slice(finding.start, finding.end)}`);
    expect(words(crlf)).toEqual(words(FILLED));
  });

  it('reads a megabyte', () => {
    const text = `${FILLED}\n${'Agents wait 6 minutes for an answer, and it costs $0.02 a query. '.repeat(16_000)}`;
    expect(look(text).framework?.id).toBe('five-step');
  });
});

describe('one broken detector', () => {
  it('never hides the others', () => {
    const broken = {
      ...rubric,
      checks: rubric.checks.map((check) =>
        check.id === 'cost/no-numbers' ? { ...check, options: null as unknown as Record<string, unknown> } : check,
      ),
    };
    const result = review(FILLED, broken, DEFAULT_SETTINGS);
    expect(result.problems[0]?.message).toContain('cost/no-numbers');
    expect(result.findings.length).toBeGreaterThan(3);
  });
});

describe('a cache', () => {
  it('changes nothing but the time', () => {
    const cache = createReviewCache();
    const options = { fileName: 'x.answer.md', cache };
    const texts = [
      FILLED,
      FILLED.replace('good model', 'model that costs $0.02 a query'),
      FILLED,
      FILLED.replace('## Core interaction design', '## Something else'),
      `${FILLED}\nWe answer in 2 s at p95.\n`,
    ];
    for (const text of texts) expect(review(text, rubric, DEFAULT_SETTINGS, options)).toEqual(look(text));
  });
});

describe('the score', () => {
  it('is nothing for an empty answer and says what moved it', () => {
    const { score } = look('---\nframework: five-step\n---\n## Problem framing\n');
    expect(score?.total).toBe(0);
    expect(score?.band).toBe('not yet');
    expect(score?.moved[0]?.points).toBeLessThan(0);
  });
});

describe('an answer with a structure of its own', () => {
  const OWN_HEADINGS = `# Triage for a help desk

## The night shift

Support agents on the night shift read 400 tickets and sort them by hand; a wrong queue keeps a customer waiting until noon. We succeed when
90 % of tickets reach the right queue at once, against 62 % today.

## Sorting

A small model reads the ticket and names a queue with a score. We chose a small model over a large one, because sorting needs no long
reasoning and it answers in 300 ms. Below a score of 0.7 the ticket goes to a person.

## Bad days

- A ticket about two things: it is split, and each part gets its own queue.
- The model is down: tickets go to the shared queue, as they do today.
`;

  it('is read as one piece, and told so once', () => {
    const found = look(OWN_HEADINGS);
    const all = found.findings.map((finding) => finding.rule);
    expect(all.filter((rule) => rule.startsWith('structure/'))).toEqual(['structure/framework-unclear']);
    expect(all).toContain('cost/no-numbers');
    expect(all).not.toContain('problem/no-user');
    expect(all).not.toContain('failure/no-modes');
    expect(all).not.toContain('failure/no-fallback');
    expect(all.some((rule) => rule.startsWith('balance/') || rule.startsWith('time/'))).toBe(false);
    expect(found.onePieceWords).toBeGreaterThan(100);
    expect(found.score?.total).toBeGreaterThan(0);
  });

  it('owes the sections once the writer names the framework', () => {
    const found = look(`---\nframework: pdrif\n---\n\n${OWN_HEADINGS}`);
    expect(found.onePieceWords).toBeNull();
    expect(found.findings.filter((finding) => finding.rule === 'structure/missing-section').length).toBeGreaterThan(2);
  });

  it('is judged by a section that it does mark', () => {
    const found = look(OWN_HEADINGS.replace('## Bad days', '## Failure modes'));
    expect(found.sections.map((section) => section.id)).toEqual(['failure-modes']);
    expect(found.findings.map((finding) => finding.rule)).not.toContain('structure/missing-section');
  });

  it('is told which sections to begin with while it is short', () => {
    expect(rules('# Triage for a help desk\n\nSupport agents read 400 tickets.\n')).toContain(
      'structure/missing-section',
    );
  });
});

describe('a system without a model', () => {
  const CLASSIC = `---
framework: pdrif
---

## Problem

Marketers at small shops send 2 million short links a month and want to know which were opened. We succeed when a redirect takes 50 ms at p95.

## Data

The marketer gives a URL. We keep the short key, the URL and the date in a key-value store, 500 bytes for each link.

## Requirements

Create a link, follow it, count what was opened. 40 creations a second and 4,000 redirects a second at the peak. A link lives two years.

## Infrastructure

A counter gives each server a block of one million numbers, and Base62 shortens the number to a key. Reads go to a cache in front of three replicas. We
chose a counter over a random key, because a collision would need a second look-up on every write. If the cache is cold, reads go to the replicas.

## Feedback

Redirects slower than 100 ms page the engineer on call. Opened links are counted in a queue, and the marketer sees the figure a minute later.
`;

  it('is asked nothing about one', () => {
    const found = rules(CLASSIC);
    expect(found).toContain('cost/no-numbers');
    for (const rule of ['failure/no-fallback', 'design/no-build-vs-buy', 'feedback/no-drift', 'data/no-labeling'])
      expect(found).not.toContain(rule);
  });

  it('is asked once a model is there', () => {
    const found = rules(CLASSIC.replace('Reads go', 'A classifier flags links to scams. Reads go'));
    expect(found).toContain('failure/no-fallback');
    expect(found).toContain('design/no-build-vs-buy');
  });
});

describe('what is no statement of the writer’s', () => {
  it('passes over a line of links to other pages', () => {
    const kinds = (text: string) => look(`${FILLED}\n${text}\n`).evidence.map((item) => item.kind);
    expect(kinds('Hallucinations: every draft is checked.')).toContain('failure-mode');
    expect(kinds('[← Back](1.md) · [Next: hallucinations →](2.md)')).not.toContain('failure-mode');
    expect(kinds('The risk is [hallucinations](2.md), which we check.')).toContain('failure-mode');
  });

  it('passes over references, whatever number or picture stands before them', () => {
    const kinds = (text: string) => look(`${FILLED}\n${text}\n`).evidence.map((item) => item.kind);
    for (const heading of ['### 7. References', '### 📚 Technical References', '### 17. Common Mistakes'])
      expect(kinds(`${heading}\n\n- Hallucinations: every draft is checked.`)).not.toContain('failure-mode');
    expect(kinds('### 7. Risks\n\n- Hallucinations: every draft is checked.')).toContain('failure-mode');
  });

  it('takes a tuple for no placeholder, and a hint with a comma for one', () => {
    const unfilled = (text: string) =>
      look(`${FILLED}\n${text}\n`).findings.filter((finding) => finding.rule === 'structure/unfilled-placeholder')
        .length;
    const before = unfilled('');
    expect(unfilled('We train on pairs <user, item> and <user_id, item1, item2>.')).toBe(before);
    expect(unfilled('For <who, in which situation>.')).toBe(before + 1);
    expect(unfilled('An answer costs $0.XX.')).toBe(before + 1);
  });
});

describe('quick fixes of a table at the very start', () => {
  it('come to an end', () => {
    const text = '\n|a|\n|-|\n|TODO|\n';
    const found = look(text);
    const start = text.indexOf('TODO');
    const finding = {
      ...need(found, 'structure/unfilled-placeholder'),
      section: 'problem-framing',
      start,
      end: start + 4,
    };
    const [here] = quickFixes(text, found, finding);
    expect(here?.edits[0]?.start).toBe(1);
  });
});
