import * as vscode from 'vscode';
import type { DesignAnswersApi } from '../../../client/src/api.js';
import { parseHistory } from '../../../client/src/practice/history.js';
import { clockText, roundUsedMs } from '../../../client/src/timer/clock.js';
import { answerWithoutFailureModes } from '../suite/answers.js';
import { equal, includes, ok } from '../suite/assert.js';
import { changeSetting, findingsOf, findingsWhere, openFile, saveFile, until } from '../suite/editor.js';
import { startedExtension } from '../suite/extension.js';
import { practice, typeIn } from '../suite/practice.js';
import { describe, test, type TestContext } from '../suite/registry.js';
import { RELOAD_MARK } from '../suite/report.js';
import { leaveQuestionsOpen, settleQuestions } from './openQuestions.js';
import { reopen, reply } from './sessions.js';

const name = 'whole-round.md';
const typed = 'Nobody reads them twice. ';

/**
 * A round over two sessions. What the first one counted is found in the storage by the second one, which thereby knows that it is the second; between the
 * two, the process outside reloads the window. Two other answers have a question of the interviewer's that is open at the reload.
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
  await leaveQuestionsOpen((file) => openFile(t, file, answerWithoutFailureModes), pass);
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
  // The editor keeps a copy of unsaved text only a second after it was typed; on a fast machine the reload is sooner.
  ok(await saveFile(editor.document), 'the answer is saved before the reload');
  await api.whenIdle(uri);
  equal(findingsOf(uri).length, 0, 'the findings before the reload');
  console.log(RELOAD_MARK);
  // The window goes in the midst of this test.
  return new Promise(() => {});
}

async function resumeAndFinish(t: TestContext): Promise<void> {
  const { api, pass, timer } = await practice(t);
  const { interviewer } = api.practice;
  await settleQuestions((file) => reopen(file, answerWithoutFailureModes), pass);
  const editor = await reopen(name, answerWithoutFailureModes);
  if (editor.document.uri.scheme === 'file') includes(editor.document.getText(), typed);
  const { uri } = editor.document;
  await api.whenIdle(uri);
  equal(findingsOf(uri).length, 0, 'the findings after the reload');
  // Which section it shows depends on where the editor puts the cursor after a reload.
  ok(timer()?.startsWith('$(debug-pause) '), `a paused timer after the reload instead of ${timer()}`);
  equal(used(api, uri), '150,100,110,0,0', 'the used seconds after the reload');
  await changeSetting(t, 'timer.idleAfter', 0);
  await changeSetting(t, 'practice.interruptions', true);
  await vscode.commands.executeCommand('designAnswers.resumeRound');
  await typeIn(editor, 'Cost and latency architecture', 'We look at prices. ');
  await pass(40);
  equal(timer(), '$(watch) Cost and latency architecture 0:40 / 5:00', 'the timer after going on');

  const untilAsked = await pass(860, () => interviewer.open !== undefined);
  const [asked] = api.practice.rounds.of(uri)?.interruptions ?? [];
  ok(asked, 'a question of the interviewer');
  await vscode.commands.executeCommand('designAnswers.answerQuestion');
  includes(editor.document.getText(), `> ${asked.question}`);
  await vscode.commands.executeCommand('type', { text: reply });
  await pass(20);
  equal(findingsOf(uri).length, 0, 'the findings until the end');

  const onCost = 40 + untilAsked + 20;

  const seconds = `150,100,110,${onCost},0`;
  const back = findingsWhere(uri, 'the findings with those of time', (rules) => rules.includes('time/over-budget'));
  const report = nextReport(api, uri);
  const history = nextOf(api.history.onDidRender);
  await vscode.commands.executeCommand('designAnswers.showHistory');
  await history;
  const written = nextOf(api.history.onDidRender);
  await vscode.commands.executeCommand('designAnswers.finishRound');
  const over = (await back).find(({ message }) => message.includes('Problem framing” took'));
  equal(over?.message, '“Problem framing” took 2:30, its budget is 2:00', 'the finding of time');
  equal(used(api, uri), seconds, 'the used seconds of both sessions');

  const page = await report;
  for (const [time, budget] of [
    ['2:30', '2:00'],
    ['1:40', '5:00'],
    ['1:50', '5:00'],
    [clockText(onCost * 1000), '5:00'],
  ]) {
    includes(page, `${time} of ${budget}`);
  }
  includes(page, asked.question);

  await written;
  const lines = parseHistory(new TextDecoder().decode(await vscode.workspace.fs.readFile(await api.history.file())));
  const line = lines.rounds.find(({ id }) => id === api.practice.rounds.of(uri)?.id);
  equal(line?.sections.map(({ usedSeconds }) => usedSeconds).join(), seconds, 'the seconds in the history');
  equal(
    line?.interruptions.map(({ question, outcome }) => `${question} ${outcome}`).join(),
    `${asked.question} answered`,
    'the question in the history',
  );
}

/** The next page of an answer's report. */
function nextReport(api: DesignAnswersApi, uri: vscode.Uri): Promise<string> {
  let page: string | undefined;
  return until(
    (listener) =>
      api.debriefs.onDidRender((report) => {
        if (report.uri === uri.toString()) page ??= report.page;
        listener(report);
      }),
    () => page,
    () => 'the report',
  );
}

/** Resolves at the next occurrence of an event. */
function nextOf(event: vscode.Event<unknown>): Promise<true> {
  let hasCome = false;
  return until(
    (listener) => event((value) => ((hasCome = true), listener(value))),
    () => (hasCome ? true : undefined),
    () => 'the history',
  );
}

function used(api: DesignAnswersApi, uri: vscode.Uri): string | undefined {
  return api.practice.rounds
    .of(uri)
    ?.sections.map(({ usedMs }) => usedMs / 1000)
    .join();
}
