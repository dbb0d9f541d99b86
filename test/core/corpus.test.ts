/**
 * Real documents, which are no part of the project: what the engine says of each, as rule ids and line numbers, and what must hold for any text.
 *
 * They are expected beside the checkout. Where they are not, this fails and says so, unless `DESIGN_ANSWERS_CORPUS=none` says that they are left out on purpose.
 * After a wanted change: `npx vitest run test/core/corpus.test.ts --project engine -u`, and read the difference.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInRubric } from '../support/rubric.js';
import { DEFAULT_SETTINGS, LineIndex, review, type Review } from '../../server/src/core/index.js';

const rubric = builtInRubric();
const named = process.env['DESIGN_ANSWERS_CORPUS'];
const corpus = named ?? join(import.meta.dirname, '../../../shared/corpus');
const isLeftOut = named === 'none';
const ABSENT = new Set(
  rubric.checks
    .filter((check) => check.detector === 'absent' || check.detector === 'incomplete')
    .map((check) => check.id),
);
const LANGUAGE = 'structure/unsupported-language';

it.skipIf(isLeftOut)('the real documents are there', () => {
  expect(
    existsSync(join(corpus, 'A')),
    `No documents at ${corpus}. Put them there, name their folder in DESIGN_ANSWERS_CORPUS, or set it to "none" to do without these tests.`,
  ).toBe(true);
});

const documents = existsSync(join(corpus, 'A'))
  ? readdirSync(join(corpus, 'A'))
      .sort()
      .map(
        (name) =>
          [name.replace(/\..*$/, ''), readFileSync(join(corpus, 'A', name), 'utf8').replace(/\r\n/g, '\n')] as const,
      )
  : [];

describe.skipIf(documents.length === 0)('a real document', () => {
  it.each(documents)('%s is judged as before', (id, text) => {
    const lines = new LineIndex(text);
    const found = new Map<string, number[]>();
    for (const finding of look(text).findings) {
      const at = lines.toRange(finding).start.line + 1;
      found.set(finding.rule, [...(found.get(finding.rule) ?? []), at]);
    }
    // Rule ids and lines alone: the texts are not ours to keep.
    const summary = [...found].map(([rule, at]) => `${rule} ${at.join(' ')}`).sort();
    expect(summary).toMatchSnapshot(id);
  });

  it.each(documents)('%s reads alike with CRLF', (_, text) => {
    const rules = (result: Review) => result.findings.map((finding) => `${finding.rule} ${finding.message}`);
    expect(rules(look(text.replace(/\n/g, '\r\n')))).toEqual(rules(look(text)));
  });

  it.each(documents)('%s is reviewed cut at any line', (_, text) => {
    const lines = text.split('\n');
    const step = Math.max(1, Math.floor(lines.length / 12));
    for (let count = 0; count <= lines.length; count += step) {
      const cut = lines.slice(0, count).join('\n');
      const result = look(cut);
      for (const span of [...result.findings, ...result.evidence]) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(cut.length);
      }
      expect(result.problems.filter((problem) => problem.message.startsWith('The check '))).toEqual([]);
    }
  });

  it.each(documents)('%s gets no absence from a harmless paragraph', (_, text) => {
    const before = absences(look(text));
    const gaps = [...text.matchAll(/\n\n(?=[A-Z])/g)].map((match) => match.index + 2);
    const step = Math.max(1, Math.floor(gaps.length / 4));
    for (const position of gaps.filter((_, index) => index % step === 0)) {
      const longer = `${text.slice(0, position)}The team met on Tuesday and talked about the plan.\n\n${text.slice(position)}`;
      expect(before, `at ${position}`).toEqual(expect.arrayContaining(absences(look(longer))));
    }
  });

  it.each(documents)('%s loses no absence when the text of a section is deleted', (_, text) => {
    const whole = look(text);
    if (whole.findings.some((finding) => finding.rule === LANGUAGE)) return;
    for (const section of whole.sections) {
      const shorter = look(`${text.slice(0, section.body.start)}\n\nNothing.\n\n${text.slice(section.body.end)}`);
      if (shorter.findings.some((finding) => finding.rule === LANGUAGE)) continue;
      const missing = new Set(absences(shorter));
      const filled = new Set(shorter.sections.filter((other) => other.words > 0).map((other) => other.id));
      // What only something there makes owed (a latency, a signal) goes with it, and an empty section has one finding of its own.
      const lost = absences(whole).filter(
        (rule) => !missing.has(rule) && isUnconditional(rule) && isOwned(rule, filled),
      );
      expect(lost, section.id).toEqual([]);
    }
  });

  it('in Chinese gets the one finding on its language', () => {
    const foreign = documents.filter(([, text]) => (text.match(/\p{Script=Han}/gu)?.length ?? 0) > text.length / 5);
    expect(foreign.length).toBeGreaterThan(0);
    for (const [id, text] of foreign) {
      expect(
        look(text).findings.map((finding) => finding.rule),
        id,
      ).toEqual([LANGUAGE]);
    }
  });

  it('that is English is not taken for another language', () => {
    for (const [id, text] of documents) {
      if (/\p{Script=Han}/u.test(text)) continue;
      expect(
        look(text).findings.map((finding) => finding.rule),
        id,
      ).not.toContain(LANGUAGE);
    }
  });
});

function look(text: string): Review {
  return review(text, rubric, DEFAULT_SETTINGS, { framework: 'pdrif' });
}

function absences(result: Review): string[] {
  return result.findings.map((finding) => finding.rule).filter((rule) => ABSENT.has(rule));
}

function isUnconditional(rule: string): boolean {
  const options = rubric.checks.find((check) => check.id === rule)?.options ?? {};
  return options['only-if'] === undefined && options['unless'] === undefined;
}

function isOwned(rule: string, filled: ReadonlySet<string>): boolean {
  const owner = rubric.checks.find((check) => check.id === rule)?.owner['pdrif'];
  return owner !== undefined && filled.has(owner);
}
