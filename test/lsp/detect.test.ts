import headings from 'design-answers:headings';
import { describe, expect, test } from 'vitest';
import { foldHeadings, mayBeAnswer } from '../../client/src/detect.js';
import { answerTemplate, builtInRubric, plainText } from '../../server/src/core/index.js';
import { ANSWER } from './samples.js';

const KNOWN = foldHeadings(headings);

function looksLikeAnswer(text: string, fileName = 'notes.md'): boolean {
  return mayBeAnswer(text, fileName, KNOWN);
}

describe('the server is started for', () => {
  test('every template, without its front matter', () => {
    for (const framework of builtInRubric().frameworks) {
      expect(looksLikeAnswer(plainText(answerTemplate(framework, { frontMatter: false })))).toBe(true);
    }
  });

  test('every pair of headings of every section, aliases too', () => {
    for (const { sections } of builtInRubric().frameworks) {
      const [first, ...others] = sections;
      for (const section of others) {
        for (const alias of [section.title, ...section.aliases, ...section.ordinaryAliases]) {
          expect([alias, looksLikeAnswer(`# ${first?.title}\n\nA.\n\n## ${alias}\n\nB.\n`)]).toEqual([alias, true]);
        }
      }
    }
  });

  test.each([
    ['a file name', 'nothing yet', 'rag.answer.md'],
    ['a long file name', '', 'rag.ANSWER.markdown'],
    ['front matter', '---\ntitle: x\nframework: pdrif\n---\n', 'a.md'],
    [
      'front matter of any framework, with a byte-order mark and CRLF',
      '\ufeff---\r\nframework: mine\r\n---\r\n',
      'a.md',
    ],
    ['setext headings', 'Problem framing\n===\n\nx\n\nCost model\n---\n', 'a.md'],
    [
      'numbered headings with times',
      '## 1. Problem framing (2 min)\n\n## Step 4: Cost and latency architecture — 5 min\n',
      'a.md',
    ],
    ['emoji and letters', '## 🎯 P — Problem\n\n## 📦 (D) Data:\n', 'a.md'],
    ['bold lead-ins', '**Problem framing:** who.\n\n**Failure modes** what.\n', 'a.md'],
    ['plain lead-ins', 'Problem statement: reps.\n\n- Cost model: $0.01 a call.\n', 'a.md'],
    ['CRLF', ANSWER.replace(/\n/g, '\r\n'), 'a.md'],
  ])('%s', (_, text, fileName) => {
    expect(looksLikeAnswer(text, fileName)).toBe(true);
  });
});

describe('the server is not started for', () => {
  test.each([
    ['an empty file', ''],
    ['a README', '# Tools\n\n## Installation\n\nRun it.\n\n## Usage\n\n## License\n'],
    ['one heading alone', '# Notes\n\n## Problem framing\n\n## Installation\n'],
    ['the same heading twice', '## Data\n\n## Data\n'],
    ['words inside sentences', 'The problem framing comes first and the cost model comes last in what we do here.\n'],
    ['front matter of another kind', '---\ntitle: framework: x\n---\n\n# Notes\n'],
    ['framework below the front matter', '---\ntitle: x\n---\nframework: pdrif\n'],
  ])('%s', (_, text) => {
    expect(looksLikeAnswer(text)).toBe(false);
  });
});

test('a megabyte is looked at in no time', () => {
  const started = performance.now();
  looksLikeAnswer('**a: b - c (d) [e], '.repeat(55_000));
  looksLikeAnswer('a: b - c\n'.repeat(120_000));
  expect(performance.now() - started).toBeLessThan(2000);
});
