import * as vscode from 'vscode';
import type { ShownRows } from '../../../client/src/views/activityView.js';
import type { Row } from '../../../client/src/views/row.js';
import { answerWithoutFailureModes, failureModesSection, shoppingList } from './answers.js';
import { equal, includes, ok } from './assert.js';
import { findingsWhere, openFile, openUntitled, typeAtEnd, until } from './editor.js';
import { startedExtension } from './extension.js';
import { describe, test } from './registry.js';

const missing = 'structure/missing-section';

describe('view', () => {
  test('lists the sections of the active answer, with what is found in each', async (t) => {
    const { document } = await openFile(t, 'listed.md', answerWithoutFailureModes);
    await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
    const { state, answer } = await rowsWhere('five sections', ({ answer: rows }) => rows.length === 5);
    equal(state, 'answer', 'the state');
    equal(answer.at(-1)?.kind, 'missingSection', 'the kind of the last row');
    equal(answer.at(-1)?.description, 'missing', 'what is said of the last section');

    const cost = rowOf(answer, 'cost-latency');
    includes(cost.description, 'open');
    const finding = cost.children.find(({ label }) => /cost/i.test(label));
    ok(finding?.place, 'a finding about the cost, with its place');
    const shown = vscode.languages.getDiagnostics(document.uri).map(({ message }) => message);
    for (const row of answer.flatMap(({ children }) => children))
      ok(shown.includes(row.label), `“${row.label}” among the problems`);
  });

  test('follows what is written and saved, and keeps its rows', async (t) => {
    const editor = await openFile(t, 'followed.md', answerWithoutFailureModes);
    await findingsWhere(editor.document.uri, missing, (rules) => rules.includes(missing));
    const before = await rowsWhere('five sections', ({ answer }) => answer.length === 5);
    await typeAtEnd(editor, failureModesSection);
    await editor.document.save();
    const after = await rowsWhere(
      'no missing section',
      ({ answer }) => answer.length === 5 && answer.every(({ kind }) => kind === 'section'),
    );
    equal(ids(after), ids(before), 'the ids of the sections');
    ok(/\d+ words/.test(rowOf(after.answer, 'failure-modes').description), 'the words of the new section');
  });

  test('inserts a missing section from its row', async (t) => {
    const { document } = await openFile(t, 'inserted.md', answerWithoutFailureModes);
    await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
    const { answer } = await rowsWhere('five sections', ({ answer: rows }) => rows.length === 5);
    await vscode.commands.executeCommand('designAnswers.view.insertSection', { row: rowOf(answer, 'failure-modes') });
    includes(document.getText(), '## Constraints and failure modes (3 min)');
    await document.save();
    await rowsWhere(
      'no missing section',
      ({ answer: rows }) => rows.length === 5 && rows.every(({ kind }) => kind === 'section'),
    );
  });

  test('leaves other markdown alone, and says so', async (t) => {
    const api = await startedExtension();
    const { document } = await openFile(t, 'list.md', shoppingList);
    await api.whenIdle(document.uri);
    const { state, answer } = await api.view.rows();
    equal(state, 'other', 'the state');
    equal(answer.length, 0, 'the number of rows');
  });

  test('keeps the answer while something else than markdown is in front, until its tab is closed', async (t) => {
    const api = await startedExtension();
    const { document } = await openFile(t, 'kept.md', answerWithoutFailureModes);
    await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
    const notes = await vscode.workspace.openTextDocument({ language: 'plaintext', content: 'Notes.' });
    await vscode.window.showTextDocument(notes, { preview: false });
    equal((await api.view.rows()).answer.length, 5, 'the number of sections');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rowsWhere('nothing left', ({ state }) => state === 'none');
  });

  test('shows an answer that was never saved', async (t) => {
    await openUntitled(t, answerWithoutFailureModes);
    const { answer } = await rowsWhere('five sections', ({ answer: rows }) => rows.length === 5);
    ok(rowOf(answer, 'problem-framing').uri?.startsWith('untitled:'), 'the address of the document');
  });

  test('has an answer again after the server was restarted', async (t) => {
    const api = await startedExtension();
    const { document } = await openFile(t, 'again.md', answerWithoutFailureModes);
    await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
    await vscode.commands.executeCommand('designAnswers.restart');
    await api.whenReady();
    const { state } = await rowsWhere('five sections', ({ answer }) => answer.length === 5);
    equal(state, 'answer', 'the state');
  });

  test('lists the question bank', async () => {
    const { view } = await startedExtension();
    const { questions } = await view.rows();
    ok(questions.length > 10, 'a bank of more than ten questions');
    ok(
      questions.every(({ question, tooltip }) => question !== undefined && tooltip !== ''),
      'the questions in full',
    );
  });

  test('fills itself when it is opened, and only then', async (t) => {
    const { view } = await startedExtension();
    t.after(() => vscode.commands.executeCommand('workbench.view.explorer'));
    const { document } = await openFile(t, 'opened-view.md', answerWithoutFailureModes);
    await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
    equal(view.shown.length, 0, 'the number of rows that nobody sees');
    await vscode.commands.executeCommand('designAnswers.answer.focus');
    const sections = (count: number): Promise<true> =>
      until(
        view.onDidChange,
        () => (view.shown.length === count ? true : undefined),
        () => `${count} sections, instead of ${view.shown.length}`,
      );
    await sections(5);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await sections(0);
    await openFile(t, 'opened-later.md', answerWithoutFailureModes);
    await sections(5);
  });
});

async function rowsWhere(awaited: string, holds: (rows: ShownRows) => boolean): Promise<ShownRows> {
  const { view } = await startedExtension();
  let shown = await view.rows();
  let isCurrent = true;
  const listener = view.onDidChange(() => (isCurrent = false));
  try {
    while (!holds(shown)) {
      if (isCurrent)
        await until(
          view.onDidChange,
          () => (isCurrent ? undefined : true),
          () => `${awaited}; shown is ${summary(shown)}`,
        );
      isCurrent = true;
      shown = await view.rows();
    }
    return shown;
  } finally {
    listener.dispose();
  }
}

function summary({ state, answer }: ShownRows): string {
  return `${state}: ${answer.map(({ label, description }) => `${label} (${description})`).join(', ')}`;
}

function ids({ answer }: ShownRows): string {
  return answer.map(({ id }) => id).join(' ');
}

function rowOf(rows: readonly Row[], section: string): Row {
  const row = rows.find((candidate) => candidate.section === section);
  ok(row, `a row of ${section}`);
  return row;
}
