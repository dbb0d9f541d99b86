import * as vscode from 'vscode';
import type { DesignAnswersApi } from '../../../client/src/api.js';
import { answerWithoutFailureModes, failureModesSection, shoppingList } from './answers.js';
import { equal } from './assert.js';
import { findingsWhere, openFile, typeAtEnd, until } from './editor.js';
import { startedExtension } from './extension.js';
import { describe, test } from './registry.js';

const missing = 'structure/missing-section';

// The first test must stay the first of the whole suite: afterwards something has started the server.
describe('server', () => {
  test('nothing starts it for markdown that is no answer', async (t) => {
    const api = await startedExtension();
    const { document } = await openFile(t, 'shopping.md', shoppingList);
    const state = await api.whenIdle(document.uri);
    equal(state.isAnswer, false, 'whether a shopping list is an answer');
    equal(state.server, 'off', 'the server');
  });

  test('an answer starts it, and its state is told', async (t) => {
    const api = await startedExtension();
    const { document } = await openFile(t, 'state.md', answerWithoutFailureModes);
    await api.whenReady();
    const state = await api.whenIdle(document.uri);
    equal(state.running, true, 'whether it runs');
    equal(state.isAnswer, true, 'whether the file is an answer');
    equal(state.framework, 'five-step', 'its framework');
    equal(state.problems, vscode.languages.getDiagnostics(document.uri).length, 'the number of problems');
  });

  test('it comes back when it is killed', async (t) => {
    const api = await startedExtension();
    const editor = await openFile(t, 'killed.md', answerWithoutFailureModes);
    const { document } = editor;
    await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
    await api.whenReady();

    const down = awaitState(api, (running) => !running, 'the server down');
    await api.killServer();
    await down;
    await awaitState(api, (running) => running, 'the server back');

    await typeAtEnd(editor, failureModesSection);
    await document.save();
    await findingsWhere(document.uri, `no ${missing}`, (rules) => rules.length > 0 && !rules.includes(missing));
  });

  test('the restart command starts it anew', async (t) => {
    const api = await startedExtension();
    const { document } = await openFile(t, 'restarted.md', answerWithoutFailureModes);
    await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
    const down = awaitState(api, (running) => !running, 'the server down');
    await vscode.commands.executeCommand('designAnswers.restart');
    await down;
    await api.whenReady();
    await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
    equal((await api.whenIdle(document.uri)).isAnswer, true, 'whether the file is an answer');
  });
});

function awaitState(api: DesignAnswersApi, holds: (running: boolean) => boolean, awaited: string): Promise<true> {
  return until(
    api.onDidChangeState,
    () => (holds(api.state().running) ? true : undefined),
    () => awaited,
  );
}
