import * as vscode from 'vscode';
import type { DesignAnswersApi } from '../../../client/src/api.js';
import { until } from './editor.js';
import { startedExtension } from './extension.js';
import type { TestContext } from './registry.js';

/** Lets seconds pass one by one, until a condition holds where there is one; resolves to how many have passed when all that came of them is known and written. */
export type Pass = (seconds: number, isOver?: () => boolean) => Promise<number>;

/** Seconds of a test's clock between two waits for what has come of them: a round is written to a file, which takes long on a slow disk. */
const WAIT_EVERY = 10;

/** Gives the extension's rounds a clock that stands until it is told to go on. */
export function takeClock({ practice: { rounds, interviewer } }: DesignAnswersApi): Pass {
  let elapsed = 0;
  rounds.useClock(() => ({ monotonicMs: elapsed, wallMs: Date.UTC(2026, 0, 5, 9) + elapsed }));
  return async (seconds, isOver) => {
    let beats: Promise<void>[] = [];
    let passed = 0;
    while (passed < seconds && !isOver?.()) {
      elapsed += 1000;
      passed++;
      beats.push(rounds.beat());
      // Whether a question has come is known when the interviewer has heard of the second.
      if (isOver) await interviewer.whenIdle();
      if (passed % WAIT_EVERY === 0) {
        await Promise.all(beats);
        beats = [];
      }
    }
    await Promise.all(beats);
    return passed;
  };
}

/** The extension with a clock that stands until the test lets time pass; all rounds are gone afterwards. */
export async function practice(t: TestContext): Promise<{
  api: DesignAnswersApi;
  pass: Pass;
  timer: () => string | null;
}> {
  const api = await startedExtension();
  const { rounds } = api.practice;
  await rounds.whenLoaded();
  const pass = takeClock(api);
  t.after(async () => {
    for (const { uri } of rounds.all()) await rounds.discard(vscode.Uri.parse(uri));
  });
  return {
    api,
    pass,
    timer: () => api.practice.timer()?.text ?? null,
  };
}

/** Types at the end of the first line of a section, as a person would; resolves when the round has heard of it. */
export async function typeIn(editor: vscode.TextEditor, heading: string, text: string): Promise<void> {
  const { document } = editor;
  const { rounds } = (await startedExtension()).practice;
  const place = document.positionAt(document.getText().indexOf(`## ${heading}`)).line + 2;
  const end = document.lineAt(place).range.end;
  await vscode.window.showTextDocument(document);
  editor.selection = new vscode.Selection(end, end);
  await vscode.commands.executeCommand('type', { text });
  await until(
    vscode.window.onDidChangeTextEditorSelection,
    () => (editor.selection.active.character === end.character + text.length ? true : undefined),
    () => 'the cursor behind what was typed',
  );
  await rounds.beat();
}

/** Resolves at the next change of that kind. */
export function roundChange(api: DesignAnswersApi, event: string): Promise<true> {
  let hasCome = false;
  return until(
    (listener) =>
      api.practice.rounds.onDidChange((change) => {
        hasCome ||= change.event === event;
        listener(change);
      }),
    () => (hasCome ? true : undefined),
    () => `a change of a round by ${event}`,
  );
}
