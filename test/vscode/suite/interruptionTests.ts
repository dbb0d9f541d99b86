import * as vscode from 'vscode';
import type { DesignAnswersApi } from '../../../client/src/api.js';
import { parseHistory } from '../../../client/src/practice/history.js';
import type { Round } from '../../../client/src/timer/clock.js';
import { answerWithoutFailureModes } from './answers.js';
import { equal, includes, ok } from './assert.js';
import { changeSetting, openFile, until } from './editor.js';
import { startedExtension } from './extension.js';
import { takeClock, type Pass } from './practice.js';
import { describe, test, type TestContext } from './registry.js';

/** Says everything that a section on cost and latency can be asked for. */
const reply =
  'One review costs $0.04 with Mistral Small instead of $0.30 with Mistral Large, so we choose the small model because 2,000 reviews a day then cost $80 a day. ' +
  'Priority is latency over accuracy: p95 within 2 seconds, recall of at least 95 %. Results stream in, and repeated clauses come from a cache.';

describe('interruptions', () => {
  test('a question is asked, answered in the text and found answered', async (t) => {
    const { api, pass, round } = await practice(t, 'answered.md');
    const { interviewer } = api.practice;
    await pass(700, () => interviewer.open !== undefined);
    const [asked] = round().interruptions;
    ok(asked, 'a question');
    equal(asked.outcome, 'open', 'its outcome');
    equal(asked.section, 'cost-latency', 'its section');
    ok(asked.askedAtMs >= 90_000, 'peace at the start of the section');
    ok((await api.view.rows()).answer[0]?.kind === 'asked', 'the question at the top of the view');

    const editor = vscode.window.activeTextEditor;
    ok(editor, 'the editor');
    const before = editor.document.getText();
    await vscode.commands.executeCommand('designAnswers.answerQuestion');
    const quoted = `We will use a large model because it is the best.\n\n> ${asked.question}\n\n`;
    includes(editor.document.getText(), quoted);
    equal(
      editor.document.offsetAt(editor.selection.active),
      before.trimEnd().length + `\n\n> ${asked.question}\n\n`.length,
      'the cursor',
    );
    equal(interviewer.open, undefined, 'what waits');

    await vscode.commands.executeCommand('undo');
    equal(editor.document.getText(), before, 'the text after one undo');
    equal(interviewer.open?.interruption.id, asked.id, 'what is asked again after the undo');
    await vscode.commands.executeCommand('redo');
    includes(editor.document.getText(), quoted);
    equal(interviewer.open, undefined, 'what waits after the redo');
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('designAnswers.answerQuestion');
    includes(editor.document.getText(), quoted);
    equal(editor.document.getText().split(asked.question).length, 2, 'how often it stands there, and one');

    await pass(30);
    equal(round().interruptions[0]?.outcome, 'open', 'its outcome before an answer');
    await vscode.commands.executeCommand('type', { text: reply });
    await pass(30, () => round().interruptions[0]?.outcome === 'answered');
    equal(round().interruptions[0]?.outcome, 'answered', 'its outcome');
    ok((await api.view.rows()).answer[0]?.kind === 'section', 'no question in the view');
  });

  test('a question is dismissed, and another one comes after a while', async (t) => {
    const { api, pass, round } = await practice(t, 'dismissed.md');
    const { interviewer } = api.practice;
    await pass(700, () => interviewer.open !== undefined);
    // Taken up, undone, closed without a word: it still waits, until it is dismissed.
    await vscode.commands.executeCommand('designAnswers.answerQuestion');
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('notifications.clearAll');
    ok(interviewer.open, 'a question that waits');
    equal(round().interruptions[0]?.outcome, 'open', 'the outcome before');
    await vscode.commands.executeCommand('designAnswers.dismissQuestion');
    equal(interviewer.open, undefined, 'what waits');
    equal(round().interruptions[0]?.outcome, 'dismissed', 'the outcome');

    await pass(1200, () => interviewer.open !== undefined);
    const [first, second] = round().interruptions;
    ok(first && second, 'two questions');
    ok(second.askedAtMs - first.askedAtMs >= 150_000, 'time between the two');
    ok(first.rule !== second.rule && first.question !== second.question, 'another question');

    // Whatever the text says by the end counts, the dismissed question's answer too.
    const editor = vscode.window.activeTextEditor;
    ok(editor, 'the editor');
    const { uri } = editor.document;
    await vscode.commands.executeCommand('designAnswers.showHistory');
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('type', { text: ` ${reply}` });
    const report = next(api.debriefs.onDidRender, (rendered) => rendered.uri === uri.toString());
    const history = next(api.history.onDidRender, (page) => page.includes('dismissed.md'));
    await vscode.commands.executeCommand('designAnswers.finishRound');
    const { page } = await report;
    equal(round().status, 'finished', 'the round');
    equal(
      round()
        .interruptions.map(({ outcome }) => outcome)
        .join(),
      'answered,answered',
      'the outcomes',
    );
    equal(interviewer.open, undefined, 'what waits after the end');
    for (const { question } of [first, second]) includes(page, question.replace(/'/g, '&#39;'));
    equal(page.split('What was asked for stands in the answer now.').length - 1, 2, 'the answers in the report');

    await history;
    const kept = parseHistory(new TextDecoder().decode(await vscode.workspace.fs.readFile(await api.history.file())));
    const line = kept.rounds.find(({ id }) => id === round().id);
    ok(line, 'the line of the round');
    equal(line.interruptions.map(({ outcome }) => outcome).join(), 'answered,answered', 'the outcomes in the history');
    const row = (await api.view.rows()).rounds.find((each) => each.uri === uri.toString());
    equal(row?.kind, 'finishedRound', 'the row of the round');
  });

  test('none is asked where the setting is off', async (t) => {
    const { api, pass, round } = await practice(t, 'left-alone.md');
    await changeSetting(t, 'practice.interruptions', undefined);
    await pass(700);
    equal(api.practice.interviewer.open, undefined, 'what waits');
    equal(round().interruptions.length, 0, 'the number of questions');
  });
});

/** The next value of an event that satisfies a condition. */
function next<T>(event: vscode.Event<T>, holds: (value: T) => boolean): Promise<T> {
  let found: T | undefined;
  return until(
    (listener) =>
      event((value) => {
        if (holds(value)) found ??= value;
        listener(value);
      }),
    () => found,
    () => 'an event of the report or the history',
  );
}

/** A round with interruptions on an answer, the cursor in its section on cost, with a clock that the test moves. */
async function practice(
  t: TestContext,
  name: string,
): Promise<{
  api: DesignAnswersApi;
  pass: Pass;
  round(): Round;
}> {
  const api = await startedExtension();
  const { rounds } = api.practice;
  await rounds.whenLoaded();
  const pass = takeClock(api);
  t.after(async () => {
    for (const { uri } of rounds.all()) await rounds.discard(vscode.Uri.parse(uri));
  });
  await changeSetting(t, 'practice.interruptions', true);
  await changeSetting(t, 'timer.idleAfter', 0);
  const editor = await openFile(t, name, answerWithoutFailureModes);
  await api.whenIdle(editor.document.uri);
  const end = editor.document.positionAt(editor.document.getText().trimEnd().length);
  editor.selection = new vscode.Selection(end, end);
  await vscode.commands.executeCommand('designAnswers.startRound');
  return {
    api,
    pass,
    round() {
      const found = rounds.of(editor.document.uri);
      ok(found, 'a round');
      return found;
    },
  };
}
