import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import {
  builtInRubric,
  DEFAULT_SETTINGS,
  review,
  type Check,
  type Finding,
  type Timing,
} from '../../server/src/core/index.js';
import { review as reviewWith } from '../../server/src/core/review.js';
import { readCarets } from '../support/carets.js';

const rubric = builtInRubric();
const root = join(import.meta.dirname, '../..');

/** Reviews with one check alone, so that an example shows that check and no other. */
function findingsOf(check: Check, text: string, timing: Timing | undefined): readonly Finding[] {
  const only = { ...rubric, checks: [check] };
  return reviewWith(text, only, DEFAULT_SETTINGS, timing ? { timing } : {}).findings;
}

/** Puts an example where the check looks: under its owner's heading, or as a whole answer where it brings headings of its own. */
function place(
  check: Check,
  example: string,
): { text: string; shift: number; heading: { start: number; end: number } | null } {
  const frameworkId = Object.keys(check.owner)[0] ?? 'five-step';
  if (example.startsWith('---')) return { text: example, shift: 0, heading: null };
  const front = `---\nframework: ${frameworkId}\n---\n`;
  if (/^#/m.test(example)) return { text: front + example, shift: front.length, heading: null };
  const framework = rubric.frameworks.find((candidate) => candidate.id === frameworkId);
  const section =
    framework?.sections.find((candidate) => candidate.id === check.owner[frameworkId]) ?? framework?.sections[0];
  const head = `${front}## `;
  const title = section?.title ?? '';
  const text = `${head}${title}\n\n${example}\n`;
  return {
    text,
    shift: head.length + title.length + 2,
    heading: { start: head.length, end: head.length + title.length },
  };
}

function describeFindings(text: string, findings: readonly Finding[]): string[] {
  return findings.map(
    (finding) =>
      `${finding.start}-${finding.end} ${JSON.stringify(text.slice(finding.start, finding.end))}: ${finding.message}`,
  );
}

describe.each(rubric.checks.map((check) => [check.id, check] as const))('%s', (_, check) => {
  it('says all that a check must say', () => {
    expect(check.message.length).toBeGreaterThan(0);
    expect(check.message).not.toMatch(/\.$/);
    expect(check.message.length).toBeLessThanOrEqual(100);
    expect(check.why.length).toBeGreaterThan(20);
    expect(check.next.length).toBeGreaterThan(20);
    expect(check.questions.length).toBeGreaterThanOrEqual(1);
    expect(check.questions.length).toBeLessThanOrEqual(2);
    expect(check.examples.bad.length).toBeGreaterThanOrEqual(3);
    expect(check.examples.good.length).toBeGreaterThanOrEqual(3);
    const file = readFileSync(join(root, 'rubrics/checks', `${check.id}.yaml`), 'utf8');
    expect(file.slice(file.indexOf('\n  good:')), 'one good example looks guilty').toContain('# Looks guilty');
  });

  it.each(check.examples.bad.map((example) => [example.text, example.timing] as const))(
    'finds: %s',
    (example, timing) => {
      const { text: bare, marks } = readCarets(example);
      const { text, shift, heading } = place(check, bare);
      const findings = findingsOf(check, text, timing);
      const found = findings.map((finding) => `${finding.start}-${finding.end}`).sort();
      const whole = findings.find((finding) => finding.section === null);
      const wanted =
        marks.length > 0
          ? marks
              .map((mark) =>
                mark.start < 0 ? `${whole?.start}-${whole?.end}` : `${mark.start + shift}-${mark.end + shift}`,
              )
              .sort()
          : heading && check.owner && Object.keys(check.owner).length > 0
            ? [`${heading.start}-${heading.end}`]
            : null;
      if (wanted) expect(found, describeFindings(text, findings).join('\n')).toEqual(wanted);
      else expect(findings, describeFindings(text, findings).join('\n')).toHaveLength(1);
      for (const finding of findings) expect(finding.message).not.toMatch(/\{\w+\}/);
    },
  );

  it.each(check.examples.good.map((example) => [example.text, example.timing] as const))(
    'is silent: %s',
    (example, timing) => {
      const { text: bare } = readCarets(example);
      const { text } = place(check, bare);
      const findings = findingsOf(check, text, timing);
      expect(describeFindings(text, findings)).toEqual([]);
    },
  );
});

interface KindFile {
  words?: Record<string, unknown>;
  'is-examples'?: string[];
  'is-not-examples'?: string[];
}

describe.each(readdirSync(join(root, 'rubrics/evidence')).map((name) => name.replace(/\.yaml$/, '')))(
  'evidence %s',
  (kind) => {
    const file = parse(readFileSync(join(root, 'rubrics/evidence', `${kind}.yaml`), 'utf8')) as KindFile;
    const is = file['is-examples'] ?? [];
    const isNot = file['is-not-examples'] ?? [];
    const found = (text: string) => evidenceIn(kind, text);

    it('has no list of words that no pattern names', () => {
      const source = readFileSync(join(root, 'rubrics/evidence', `${kind}.yaml`), 'utf8');
      for (const name of Object.keys(file.words ?? {})) expect(source, name).toContain(`[${name}]`);
    });

    it('has enough examples', () => {
      expect(is.length).toBeGreaterThanOrEqual(8);
      expect(isNot.length).toBeGreaterThanOrEqual(8);
      expect(new Set([...is, ...isNot]).size).toBe(is.length + isNot.length);
    });

    it.each(is.map((example) => [example]))('is: %s', (example) => {
      const { text, marks } = readCarets(example);
      const evidence = found(text);
      if (marks.length > 0)
        expect(evidence.map((item) => item.text)).toEqual(marks.map((mark) => text.slice(mark.start, mark.end)));
      else expect(evidence.length).toBeGreaterThan(0);
    });

    it.each(isNot.map((example) => [example]))('is not: %s', (example) => {
      expect(found(readCarets(example).text).map((item) => item.text)).toEqual([]);
    });
  },
);

/** Evidence of one kind, helpers too, in a text that has no section. */
function evidenceIn(kind: string, text: string): { text: string }[] {
  const open = { ...rubric, kinds: rubric.kinds.map((candidate) => ({ ...candidate, helper: false })) };
  const cached = openRubrics.get(rubric) ?? open;
  openRubrics.set(rubric, cached);
  return review(text, cached, DEFAULT_SETTINGS, { framework: 'five-step' })
    .evidence.filter((item) => item.kind === kind)
    .map((item) => ({ text: item.text }));
}

const openRubrics = new Map<typeof rubric, typeof rubric>();
