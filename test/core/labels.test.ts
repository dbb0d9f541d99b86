import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, review } from '../../server/src/core/index.js';
import { compileForTest } from '../support/rubric.js';

const kind = (id: string, label: string, more = '') => ({
  path: `.design-answers/evidence/${id}.yaml`,
  text: `title: ${id}\nis: What stands under its name.\nlabels: ["${label}"]\n${more}`,
});
const rubric = compileForTest(
  kind('pond', '(ponds|ponds and ditches)'),
  kind('heron', 'herons', 'itemized: true\n'),
  kind('scarecrow', 'scarecrows'),
);

const found = (id: string, text: string) =>
  review(text, rubric, DEFAULT_SETTINGS, { framework: 'pdrif' })
    .evidence.filter((item) => item.kind === id)
    .map((item) => item.text);

describe('what stands below a heading that names a kind', () => {
  it('counts as an item and as prose, to the end of its first sentence', () => {
    expect(found('pond', '# Ponds\n\n- Behind the mill')).toEqual(['Behind the mill']);
    expect(found('pond', '# Ponds\n\nOne lies behind the mill. It is deep.')).toEqual(['One lies behind the mill']);
  });

  it('counts as an item alone where each item is one thing', () => {
    expect(found('heron', '# Herons\n\n- Behind the mill')).toEqual(['Behind the mill']);
    expect(found('heron', '# Herons\n\nOne stands behind the mill.')).toEqual([]);
  });

  it('is nothing where nothing stands there', () => {
    expect(found('pond', '# Ponds\n\n- None\n\n# Fields\n\nWheat and rye.')).toEqual([]);
  });

  it('keeps its meaning below a nearer label, unless each item is one thing', () => {
    const items = '\n\n- Scarecrows: two by the lock\n';
    expect(found('pond', `# Ponds${items}`)).toEqual(['Scarecrows']);
    expect(found('heron', `# Herons${items}`)).toEqual([]);
    expect(found('scarecrow', `# Herons${items}`)).toEqual(['two by the lock']);
  });

  it('reads “&” as “and”', () => {
    expect(found('pond', '# Ponds & ditches\n\n- Behind the mill')).toEqual(['Behind the mill']);
  });

  it('is named behind an escaped number', () => {
    expect(found('pond', '# **2\\. Ponds**\n\n- Behind the mill')).toEqual(['Behind the mill']);
  });

  it('holds a percentage to its sign', () => {
    const share = compileForTest({
      path: '.design-answers/evidence/share.yaml',
      text: 'title: share\nis: A share.\nlabels: [{ label: part, has: "{percentage}" }]\n',
    });
    const { evidence } = review('| Field | Part |\n|---|---|\n| Wheat | 83.4% |\n', share, DEFAULT_SETTINGS, {
      framework: 'pdrif',
    });
    expect(evidence.filter(({ kind: id }) => id === 'share').map(({ text }) => text)).toEqual(['83.4%']);
  });

  it('is named in brackets as well', () => {
    expect(found('pond', '# Water (ponds)\n\n- Behind the mill')).toEqual(['Behind the mill']);
  });

  it('counts where an item is bold from end to end, unless it names what stands below it', () => {
    expect(found('pond', '# Ponds\n\n- **Behind the mill**\n- **Near the lock**')).toEqual([
      'Behind the mill',
      'Near the lock',
    ]);
    expect(found('scarecrow', '# Fields\n\n- **Scarecrows**\n  - Two by the lock')).toEqual(['Two by the lock']);
    expect(found('pond', '**Ponds**\n\n- Behind the mill')).toEqual(['Behind the mill']);
  });

  it('counts below a question as well: in a list, behind a quoted one, and in an answer to it', () => {
    const asked = compileForTest(kind('pond', 'which ponds ..1'));
    const ponds = (text: string) =>
      review(text, asked, DEFAULT_SETTINGS, { framework: 'pdrif' })
        .evidence.filter((item) => item.kind === 'pond')
        .map((item) => item.text);
    expect(ponds('Which ponds?\n\n- Behind the mill')).toEqual(['Behind the mill']);
    expect(ponds('**"Which ponds?"** Behind the mill')).toEqual(['Behind the mill']);
    expect(ponds('Q: Which ponds?\nA: Those behind the mill.')).toEqual(['Those behind the mill']);
    expect(ponds('**Interviewer:** Which ponds?\n\n**You:** Those behind the mill.')).toEqual([
      'Those behind the mill',
    ]);
    expect(ponds('Q: Which ponds?\n\nQ: Which fields?\nA: Wheat and rye.')).toEqual([]);
    expect(ponds('Which ponds?\n\nWheat and rye.')).toEqual([]);
  });
});

describe('what stands below “Out of scope”', () => {
  const human = (text: string) => found('human-review', text);
  const item = '- Review of every draft by a nurse';

  it('is no part of the design', () => {
    expect(human(item)).toHaveLength(1);
    for (const label of ['Out of scope', 'Out-of-scope for v1', 'Non-goals', '3.2 Not in scope', 'What I won’t build'])
      expect(human(`## ${label}\n\n${item}`), label).toEqual([]);
    expect(human(`**Out of scope:**\n\n${item}`)).toEqual([]);
    expect(human('**Out of scope:** payments, and review of every draft by a nurse.')).toEqual([]);
    expect(human('- **Left out**: review of every draft by a nurse')).toEqual([]);
    expect(human('| In scope | Out of scope |\n|---|---|\n| Payments | A nurse approves every draft |')).toEqual([]);
  });

  it('is part of it where it says what is done instead, or why', () => {
    expect(human('## Out of scope\n\n- Diagnosis (a nurse approves every draft)')).toHaveLength(1);
    expect(human('## Out of scope\n\n- Diagnosis — a nurse approves every draft')).toHaveLength(1);
    expect(human('## Out of scope\n\n- Diagnosis. A nurse approves every draft.')).toHaveLength(1);
    expect(
      human('## Out of scope\n\n| What | Why |\n|---|---|\n| Diagnosis | A nurse approves every draft |'),
    ).toHaveLength(1);
    expect(human('| In scope | Out of scope |\n|---|---|\n| A nurse approves every draft | Diagnosis |')).toHaveLength(
      1,
    );
  });

  it('takes no amount back, and nothing that is excluded from the data', () => {
    expect(found('running-cost', '## Out of scope\n\n- Labeling costs of $4,000 a month')).not.toEqual([]);
    expect(found('data-quality', '### Excluded\n\n- Duplicate rows are removed before training')).not.toEqual([]);
  });

  it('ends with the heading, and other headings do not begin it', () => {
    expect(human(`## Out of scope\n\n- Payments\n\n## Design\n\n${item}`)).toHaveLength(1);
    expect(human(`## Out of reach\n\n${item}`)).toHaveLength(1);
    expect(
      found('running-cost', '| Model | In | Out |\n|---|---|---|\n| Small | $1 per 1M tokens | $4 per 1M tokens |'),
    ).not.toEqual([]);
  });

  it('is a limit all the same', () => {
    expect(found('non-goal', '## Out of scope\n\n- Review of drafts by a nurse')).toHaveLength(1);
  });
});

describe('a quotation', () => {
  it('does not end between a figure and its unit', () => {
    const { evidence } = review(
      'We use a small encoder since it answers in 900 ms on the tablet.',
      rubric,
      DEFAULT_SETTINGS,
      { framework: 'pdrif' },
    );
    expect(evidence.length).toBeGreaterThan(0);
    for (const { text } of evidence) expect(text).not.toMatch(/900$/);
  });
});
