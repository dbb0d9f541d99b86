import * as vscode from 'vscode';
import type { Interruption, Round } from '../../../client/src/timer/clock.js';
import { answerWithoutFailureModes } from '../suite/answers.js';
import { equal, includes, ok } from '../suite/assert.js';
import { startedExtension } from '../suite/extension.js';
import type { Pass } from '../suite/practice.js';
import { reopen, reply } from './sessions.js';

const ANSWERED = 'asked-and-answered.md';
const DISMISSED = 'asked-and-dismissed.md';

/** In the first session: two answers whose rounds each have a question that nobody reacted to. */
export async function leaveQuestionsOpen(
  open: (name: string) => Promise<vscode.TextEditor>,
  pass: Pass,
): Promise<void> {
  const { rounds, interviewer } = (await startedExtension()).practice;
  await withSettings({ 'practice.interruptions': true, 'timer.idleAfter': 0 }, async () => {
    for (const name of [ANSWERED, DISMISSED]) {
      const editor = await open(name);
      const end = editor.document.positionAt(editor.document.getText().trimEnd().length);
      editor.selection = new vscode.Selection(end, end);
      await vscode.commands.executeCommand('designAnswers.startRound');
      await pass(900, () => interviewer.open !== undefined);
      equal(interviewer.open?.uri.toString(), editor.document.uri.toString(), 'the answer with the open question');
      await vscode.commands.executeCommand('designAnswers.pauseRound');
      await rounds.beat();
    }
  });
}

/** In the second session: the questions are as they were; one is answered in the text, the other dismissed. */
export async function settleQuestions(open: (name: string) => Promise<vscode.TextEditor>, pass: Pass): Promise<void> {
  const { practice, view, whenIdle, whenReady } = await startedExtension();
  const { rounds, interviewer } = practice;
  await withSettings({ 'practice.interruptions': true, 'timer.idleAfter': 0 }, async () => {
    const editor = await open(ANSWERED);
    const { uri } = editor.document;
    const asked = openQuestion(rounds.of(uri));
    await whenReady();
    await whenIdle(uri);
    equal((await view.rows()).answer[0]?.label, asked.question, 'the question at the top of the view');
    equal(interviewer.open, undefined, 'what waits while the round is paused');
    await vscode.commands.executeCommand('designAnswers.resumeRound');
    equal(interviewer.open?.interruption.id, asked.id, 'what waits once the round goes on');
    await vscode.commands.executeCommand('designAnswers.answerQuestion');
    includes(editor.document.getText(), `> ${asked.question}`);
    await vscode.commands.executeCommand('type', { text: reply });
    await pass(60, () => openQuestions(rounds.of(uri)).length === 0);
    equal(rounds.of(uri)?.interruptions[0]?.outcome, 'answered', 'the outcome of the first question');
    await vscode.commands.executeCommand('designAnswers.pauseRound');

    const other = (await open(DISMISSED)).document.uri;
    openQuestion(rounds.of(other));
    await whenIdle(other);
    await vscode.commands.executeCommand('designAnswers.dismissQuestion');
    equal(rounds.of(other)?.interruptions[0]?.outcome, 'dismissed', 'the outcome of the second question');
    equal((await view.rows()).answer[0]?.kind, 'section', 'the first row of the view');
  });
  for (const name of [ANSWERED, DISMISSED])
    await rounds.discard((await reopen(name, answerWithoutFailureModes)).document.uri);
}

function openQuestion(round: Round | undefined): Interruption {
  const [asked] = openQuestions(round);
  ok(asked, `an open question in the round, among ${JSON.stringify(round?.interruptions)}`);
  return asked;
}

function openQuestions(round: Round | undefined): Interruption[] {
  return round?.interruptions.filter(({ outcome }) => outcome === 'open') ?? [];
}

async function withSettings(settings: Record<string, unknown>, work: () => Promise<void>): Promise<void> {
  const write = async (read: (key: string) => unknown): Promise<void> => {
    for (const key of Object.keys(settings))
      await vscode.workspace
        .getConfiguration('designAnswers')
        .update(key, read(key), vscode.ConfigurationTarget.Global);
  };
  await write((key) => settings[key]);
  await work();
  await write(() => undefined);
}
