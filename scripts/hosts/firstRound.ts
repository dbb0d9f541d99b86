import { openContext } from './chromium.js';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { TestOutcome } from '../../test/vscode/suite/report.js';
import { openAnswer, type PracticeHost, runByPalette, timerAt, reportWork } from './practiceWindows.js';
import type { Progress } from './progress.js';

const NOTES = '# Notes\n\nSome notes that are no answer.\n';

/**
 * A round as a person has it for the first time, by keyboard and mouse: turns back at each question of New Answer…, then chooses a round of another length, renames the file in
 * its midst, finishes, finds the round in the view, and deletes the history. Reports one outcome.
 */
export async function runFirstRound(
  report: (outcome: TestOutcome) => void,
  progress: Progress,
  signal?: AbortSignal,
): Promise<void> {
  const name = 'node: a first round, by keyboard and mouse';
  await reportWork(name, NOTES, report, progress, signal, practiceByHand);
}

async function practiceByHand(host: PracticeHost): Promise<void> {
  const context = await openContext(host.browser, { viewport: { width: 1300, height: 850 } });
  const page = await context.newPage();
  const folder = join(host.file, '..');
  await openAnswer(host, page, 'Some notes');

  // Each step is chosen by its words, and what comes next says that it was.
  const steps: readonly [words: string, next: string][] = [
    ['An AI tutor', '(2/3)'],
    ['Five steps', '(3/3)'],
    ['of another length', 'Minutes for the whole answer'],
  ];
  for (let turn = 0; turn <= steps.length; turn++) {
    await chooseInNewAnswer(page, steps.slice(0, turn));
    await page.keyboard.press('Escape');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    expectSame(await readdir(folder), ['practiced.answer.md'], `the files after turning back at step ${turn + 1}`);
  }

  await chooseInNewAnswer(page, steps);
  await page.locator('.quick-input-widget input.input').fill('40');
  await page.keyboard.press('Enter');
  await timerAt(page, /Problem framing 0:\d\d \/ 4:00/);
  await page.keyboard.type('Maths tutors who correct homework');
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active:not(.dirty)', { hasText: 'an-ai-tutor.answer.md' }).waitFor();
  const text = await readFile(join(folder, 'an-ai-tutor.answer.md'), 'utf8');
  for (const part of ['\nbudget: 40 min\n', '\n## Problem framing\n', '**User:** Maths tutors who correct homework\n'])
    if (!text.includes(part)) throw new Error(`“${part}” is not in the new answer:\n${text}`);

  await runByPalette(page, 'Show Report');
  const shown = page.locator('iframe.webview').contentFrame().locator('#active-frame').contentFrame();
  await shown.getByText('an-ai-tutor.answer.md').waitFor();
  await rename(page, 'an-ai-tutor.answer.md', 'renamed.answer.md');
  await shown.getByText('renamed.answer.md').waitFor();
  await timerAt(page, /Problem framing 0:\d\d \/ 4:00/);

  await page.locator('.activitybar .action-label[aria-label*="Design Answers"]').click();
  await runByPalette(page, 'Finish Practice Round');
  const row = page.locator('.monaco-list-row[aria-label^="Finished round on Design an AI tutor"]');
  await row.waitFor();
  await runByPalette(page, 'Delete Practice History…');
  await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Delete' }).click();
  await row.waitFor({ state: 'detached' });
  const storage = join(host.userData, 'User', 'globalStorage', 'design-answers.design-answers');
  expectSame(await readdir(join(storage, 'history')), ['generation-2'], 'the files of the deleted history');
  expectSame(await readdir(join(storage, 'rounds')), [], 'the files of rounds after the deletion');
}

async function chooseInNewAnswer(page: Page, steps: readonly [words: string, next: string][]): Promise<void> {
  const picker = page.locator('.quick-input-widget');
  await page.keyboard.press('F1');
  await picker.locator('input.input').fill('>Design Answers: New Answer');
  await picker.locator('.monaco-list-row.focused', { hasText: 'New Answer' }).waitFor();
  await page.keyboard.press('Enter');
  await picker.getByText('(1/3)').waitFor();
  for (const [words, next] of steps) {
    await picker.locator('input.input').fill(words);
    await picker.locator('.monaco-list-row.focused', { hasText: words }).waitFor();
    await page.keyboard.press('Enter');
    await picker.getByText(next).waitFor();
  }
}

/** Renames a file as people do, in the explorer. */
async function rename(page: Page, from: string, to: string): Promise<void> {
  await page.keyboard.press('Control+Shift+E');
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: from }).click();
  await page.keyboard.press('F2');
  await page.locator('.explorer-viewlet .monaco-inputbox input').fill(to);
  await page.keyboard.press('Enter');
  await page.locator('.tab', { hasText: to }).waitFor();
}

function expectSame(actual: readonly string[], expected: readonly string[], what: string): void {
  if (actual.join() !== expected.join())
    throw new Error(`Expected ${what} to be [${expected.join()}], and they are [${actual.join()}].`);
}
