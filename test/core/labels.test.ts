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
