import * as vscode from 'vscode';
import type { DesignAnswersApi } from '../../../client/src/api.js';
import { roundUsedMs } from '../../../client/src/timer/clock.js';
import { answerWithoutFailureModes } from '../suite/answers.js';
import { equal, includes, ok } from '../suite/assert.js';
import { findingsOf, findingsWhere, openFile } from '../suite/editor.js';
import { startedExtension } from '../suite/extension.js';
import { practice, typeIn } from '../suite/practice.js';
import { describe, test, type TestContext } from '../suite/registry.js';
import { RELOAD_MARK } from '../suite/report.js';

const name = 'whole-round.md';
const typed = 'Nobody reads them twice. ';

/**
 * A round over two sessions. What the first one counted is found in the storage by the second one, which thereby knows that it is the second; between the
 * two, the process outside reloads the window.
 */
describe('a whole round', () => {
  test('in the first and the second session', async (t) => {
    const api = await startedExtension();
    await api.practice.rounds.whenLoaded();
    const found = api.practice.rounds.all().find(({ uri }) => uri.endsWith(`/${name}`));
    if (found) await resumeAndFinish(t);
    else await writeAndReload(t);
  });
});

async function writeAndReload(t: TestContext): Promise<never> {
  const { api, pass, timer } = await practice(t);
  const editor = await openFile(t, name, answerWithoutFailureModes);
  const { uri } = editor.document;
  await findingsWhere(uri, 'findings', (rules) => rules.length > 0);
  await vscode.commands.executeCommand('designAnswers.startRound');
  await typeIn(editor, 'Problem framing', typed);
  await pass(90);
  await typeIn(editor, 'Problem framing', 'They bill by the hour. ');
  await pass(60);
  equal(api.practice.timer()?.isOver, true, 'whether the first section is overrun');
  await typeIn(editor, 'Core interaction design', 'A lawyer confirms each. ');
  await pass(100);
  await typeIn(editor, 'Data and feedback loops', 'A flag is a signal. ');
  await pass(110);
  await vscode.commands.executeCommand('designAnswers.pauseRound');
  await pass(1000);
  equal(timer(), '$(debug-pause) Data and feedback loops 1:50 / 5:00', 'the timer in the pause');
  equal(roundUsedMs(api.practice.rounds.of(uri)!), 360_000, 'the whole time before the reload');
  equal(findingsOf(uri).length, 0, 'the findings before the reload');
  console.log(RELOAD_MARK);
  // The window goes in the midst of this test.
  return new Promise(() => {});
}

async function resumeAndFinish(t: TestContext): Promise<void> {
  const { api, pass, timer } = await practice(t);
  const editor = await reopen(t);
  const { uri } = editor.document;
  await api.whenIdle(uri);
  equal(findingsOf(uri).length, 0, 'the findings after the reload');
  // Which section it shows depends on where the editor puts the cursor after a reload.
  ok(timer()?.startsWith('$(debug-pause) '), `a paused timer after the reload instead of ${timer()}`);
  equal(used(api, uri), '150,100,110,0,0', 'the used seconds after the reload');
  await vscode.commands.executeCommand('designAnswers.resumeRound');
  await typeIn(editor, 'Cost and latency architecture', 'A query costs $0.02. ');
  await pass(40);
  equal(timer(), '$(watch) Cost and latency architecture 0:40 / 5:00', 'the timer after going on');

  const back = findingsWhere(uri, 'the findings with those of time', (rules) => rules.includes('time/over-budget'));
  await vscode.commands.executeCommand('designAnswers.finishRound');
  const findings = await back;
  const ofTime = findings.filter(({ code }) =>
    String(typeof code === 'object' ? code.value : code).startsWith('time/'),
  );
  equal(
    ofTime.map(({ message }) => message).join('\n'),
    '“Problem framing” took 2:30, its budget is 2:00\n“Cost and latency architecture” got 0:40 of its 5:00',
    'the findings of time',
  );
  equal(used(api, uri), '150,100,110,40,0', 'the used seconds of both sessions');
  ok(api.practice.rounds.of(uri)?.finishedAt, 'the end of the round');
}

function used(api: DesignAnswersApi, uri: vscode.Uri): string | undefined {
  return api.practice.rounds
    .of(uri)
    ?.sections.map(({ usedMs }) => usedMs / 1000)
    .join();
}

/** The file as the first session left it: on a disk with what was typed and never saved, and anew where a reload empties the file system. */
async function reopen(t: TestContext): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder?.scheme !== 'file') return openFile(t, name, answerWithoutFailureModes);
  const editor = await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, name), { preview: false });
  includes(editor.document.getText(), typed);
  return editor;
}
