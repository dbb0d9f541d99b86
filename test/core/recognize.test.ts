import { describe, expect, it } from 'vitest';
import { builtInRubric, DEFAULT_SETTINGS, recognize, review } from '../../server/src/core/index.js';

const rubric = builtInRubric();

function sectionsOf(text: string, framework?: string): string[] {
  return review(
    text,
    rubric,
    DEFAULT_SETTINGS,
    framework === undefined ? { fileName: 'x.answer.md' } : { framework },
  ).sections.map((section) => section.id);
}

function recognized(text: string, fileName = 'notes.md'): string | null {
  const recognition = recognize(text, fileName, rubric, DEFAULT_SETTINGS);
  return recognition && `${recognition.framework?.id ?? 'unknown'} by ${recognition.by}`;
}

describe('a heading names a section', () => {
  it.each([
    ['# Problem framing', 'problem-framing'],
    ['## 1. Problem framing', 'problem-framing'],
    ['## 1) Problem framing', 'problem-framing'],
    ['### Step 2: Core interaction design', 'core-interaction'],
    ['## Step 3 — Data and feedback loops', 'data-feedback'],
    ['## Data & feedback loops (5 min)', 'data-feedback'],
    ['## 💰 Cost & latency architecture', 'cost-latency'],
    ['## **Cost and latency**', 'cost-latency'],
    ['## Failure modes:', 'failure-modes'],
    ['## Failure modes [3 minutes]', 'failure-modes'],
    ['## Constraints & Failure Modes — 3 min', 'failure-modes'],
    ['## Problem Framing ##', 'problem-framing'],
    ['Problem framing\n===============', 'problem-framing'],
    ['Failure modes\n---', 'failure-modes'],
    ['## The core interaction', 'core-interaction'],
    ['## User flow', 'core-interaction'],
    ['## Risks and mitigations', 'failure-modes'],
    ['## Economics', 'cost-latency'],
    ['## Problem framing: contracts for legal teams', 'problem-framing'],
  ])('%s', (heading, id) => {
    expect(sectionsOf(`${heading}\n\nSome text of an answer.\n`, 'five-step')).toEqual([id]);
  });

  it.each([
    ['## P — Problem', 'problem'],
    ['## (D) Data', 'data'],
    ['## R: Requirements', 'requirements'],
    ['## Functional and non-functional requirements', 'requirements'],
    ['## High-level design', 'infrastructure'],
    ['## Training data', 'data'],
    ['## Learning loop', 'feedback'],
    ['## 2. Data strategy', 'data'],
    ['### Clarify', 'problem'],
    ['## 1️⃣ **Functional requirements** *(2 min)*', 'requirements'],
    ['## 🔟 High-level design', 'infrastructure'],
    ['# Data engineering', 'data'],
    ['## Problem context', 'problem'],
    ['## 📐 Architecture sketch', 'infrastructure'],
    ['## Gathering requirements', 'requirements'],
    ['## Monitoring & observability', 'feedback'],
    ['## Monitoring & alerts', 'feedback'],
  ])('%s', (heading, id) => {
    expect(sectionsOf(`${heading}\n\nSome text of an answer.\n`, 'pdrif')).toEqual([id]);
  });

  it.each([
    '## Data model',
    '## Problem with Redis',
    '## Feedback form',
    '## Requirements.txt',
    '## Infrastructure as code',
  ])('%s names none', (heading) => {
    expect(sectionsOf(`${heading}\n\nSome text.\n`, 'pdrif')).toEqual([]);
  });

  it('takes bold lead-ins', () => {
    const text =
      '**Problem:** Lawyers miss clauses.\n\n**Data:** Contracts of three years.\n\n**Requirements:** p95 under 2 s.\n\n**Infrastructure:** One service.\n\n**Feedback:** Edits are logged.\n';
    expect(sectionsOf(text, 'pdrif')).toEqual(['problem', 'data', 'requirements', 'infrastructure', 'feedback']);
  });

  it('takes plain lead-ins at the start of paragraphs and list items', () => {
    const text =
      'Problem framing: Lawyers miss clauses.\n\n- Core interaction: she asks, it quotes.\n- Cost architecture: $0.02 a query.\n';
    expect(sectionsOf(text, 'five-step')).toEqual(['problem-framing', 'core-interaction', 'cost-latency']);
  });

  it('leaves a lead-in inside a section to its section', () => {
    const text =
      '## Problem framing\n\n**User:** lawyers\n\n**Failure modes:** later\n\n## Core interaction\n\nShe asks.\n\n## Failure modes\n\nOverflow.\n';
    expect(sectionsOf(text, 'five-step')).toEqual(['problem-framing', 'core-interaction', 'failure-modes']);
  });

  it('leaves labels inside of a section of the own alone, where a heading names a section elsewhere', () => {
    const text =
      '# Review bot\n\n## Requirements\n\nFind bugs.\n\n## Context\n\n**Problem:** False alarms.\n\n**Solution:** Evidence.\n';
    expect(sectionsOf(text, 'pdrif')).toEqual(['requirements']);
    const list = '## My approach\n\n1. **Problem**: ask.\n2. **Data**: look.\n\n## Case\n\n### Problem\n\nBots.\n';
    expect(sectionsOf(list, 'pdrif')).toEqual(['problem']);
  });

  it('takes marks out of five behind the names of sections for no sections', () => {
    const text =
      '# Chat\n\nProblem: messages are lost.\n\n## Design\n\nA queue.\n\n## Score\n\n- Problem clarification: 5/5\n- Requirements: 4/5\n';
    expect(sectionsOf(text, 'pdrif')).toEqual(['infrastructure']);
  });

  it('takes lead-ins below a title that names a section', () => {
    const text =
      '# Solution\n\n**Problem:** False alarms.\n\n**Data:** Contracts.\n\n**Requirements:** p95 under 2 s.\n';
    expect(sectionsOf(text, 'pdrif')).toEqual(['infrastructure', 'problem', 'data', 'requirements']);
  });

  it('takes the title of an answer for no section, unless it is one', () => {
    expect(sectionsOf('# System design: a rate limiter\n\n## Problem\n\nA.\n\n## Data\n\nB.\n', 'pdrif')).toEqual([
      'problem',
      'data',
    ]);
    expect(sectionsOf('# Problem: late orders\n\n## Data\n\nB.\n\n## Feedback\n\nC.\n', 'pdrif')).toEqual([
      'problem',
      'data',
      'feedback',
    ]);
    expect(sectionsOf('# Data: orders\n\nA.\n\n# Problem\n\nB.\n', 'pdrif')).toEqual(['data', 'problem']);
    expect(sectionsOf('## Architecture: one path\n\nA.\n', 'pdrif')).toEqual(['infrastructure']);
  });

  it('takes a common title for no section beside the one of its name inside', () => {
    const text = '## Motivation\n\nA.\n\n## Requirements\n\n### Scope\n\nB.\n\n### Requirements\n\nC.\n';
    expect(sectionsOf(text, 'pdrif')).toEqual(['problem', 'requirements']);
  });

  it('leaves a deeper heading to the section above it', () => {
    const text =
      '## Problem\n\nA.\n\n## Infrastructure\n\n### Data\n\nB.\n\n### Requirements\n\nC.\n\n## Feedback\n\nD.\n';
    expect(sectionsOf(text, 'pdrif')).toEqual(['problem', 'infrastructure', 'feedback']);
  });

  it('reads no headings in fences and comments', () => {
    const text = '## Problem\n\nA.\n\n```\n## Data\n```\n\n<!--\n## Requirements\n-->\n\n~~~\n## Feedback\n';
    expect(sectionsOf(text, 'pdrif')).toEqual(['problem']);
  });
});

describe('a text is an answer', () => {
  it('by its front matter', () => {
    expect(recognized('---\nframework: pdrif\n---\n')).toBe('pdrif by front-matter');
    expect(recognized('---\ntitle: x\nframework: "five-step"\n---\ntext')).toBe('five-step by front-matter');
    expect(recognized('---\nframework: Five-Step\n---\n')).toBe('five-step by front-matter');
  });

  it('by its file name', () => {
    expect(recognized('', 'legal.answer.md')).toBe('five-step by file');
    expect(recognized('## Problem\n\n## Data\n\n## Infrastructure\n', 'legal.answer.md')).toBe('pdrif by file');
  });

  it('by a setting that the file matches', () => {
    expect(recognize('hello', 'a.md', rubric, DEFAULT_SETTINGS, true)).toMatchObject({
      by: 'file',
      framework: { id: 'five-step' },
    });
  });

  it('by three headings of which two are telling', () => {
    expect(recognized('## Problem framing\n## Core interaction design\n## Failure modes\n')).toBe(
      'five-step by headings',
    );
    expect(recognized('# P — Problem\n# D — Data\n# R — Requirements\n')).toBe('pdrif by headings');
  });

  it('by all five titles in order, ordinary as they are', () => {
    expect(recognized('## Problem\na\n## Data\nb\n## Requirements\nc\n## Infrastructure\nd\n## Feedback\ne\n')).toBe(
      'pdrif by headings',
    );
  });

  it.each([
    ['## Requirements\n\n## Data\n'],
    ['# My library\n\n## Problem\n\n## Requirements\n\n## Architecture\n\n## Feedback\n'],
    ['# RFC\n\n## Summary\n\n## Motivation\n\n## Design\n\n## Risks and mitigations\n\n## Alternatives\n'],
    ['Just a note.\n'],
    [''],
    ['---\nname: Starter\nframework: Next.js\n---\n# Starter\n\n## Getting started\n'],
    [
      '# Bug\n\nProblem: it fails\n\nData: none\n\nRequirements: Node\n\nInfrastructure: one box\n\nFeedback: welcome\n',
    ],
    ['# Notes app\n\n## Problem statement\n\n## User flows\n\n## Requirements\n\n## Evaluation and iteration\n'],
    ['---\ntitle: framework\n---\ntext'],
    ['\u0000\u0001binary ## Problem framing'],
  ])('not: %j', (text) => {
    expect(recognized(text)).toBeNull();
  });

  it('says so at the name of a framework that nobody knows, with the nearest', () => {
    const text = '---\nframework: five-steps\n---\n## Problem framing\n';
    const { findings, framework } = review(text, rubric, DEFAULT_SETTINGS);
    expect(framework).toBeNull();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ rule: 'structure/framework-unclear', severity: 'error' });
    expect(text.slice(findings[0]!.start, findings[0]!.end)).toBe('five-steps');
    expect(findings[0]!.message).toContain('five-step');
    expect(findings[0]!.fix?.edits[0]?.newText).toBe('five-step');
  });
});
