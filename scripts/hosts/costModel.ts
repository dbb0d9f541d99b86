import { openContext } from './chromium.js';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { TestOutcome } from '../../test/vscode/suite/report.js';
import { openAnswer, type PracticeHost, reportWork } from './practiceWindows.js';
import type { Progress } from './progress.js';

const ANSWER = `---
framework: five-step
---

## Cost and latency architecture

What a query costs:
`;

/** What is typed at each question before the last, with words of the question that follows. */
const STEPS: readonly (readonly [typed: string, next: string])[] = [
  ['10k', '(2/4)'],
  ['1,500', '(3/4)'],
  ['300', '(4/4)'],
];

/** Insert Cost Model… by keyboard: turned back at each question, or with no model, it leaves nothing behind; answered, it leaves a table. Reports one outcome. */
export async function runCostModel(
  report: (outcome: TestOutcome) => void,
  progress: Progress,
  signal?: AbortSignal,
): Promise<void> {
  await reportWork('node: a cost model, by keyboard', ANSWER, report, progress, signal, insertByHand);
}

async function insertByHand(host: PracticeHost): Promise<void> {
  const context = await openContext(host.browser, { viewport: { width: 1300, height: 850 } });
  const page = await context.newPage();
  await openAnswer(host, page, 'What a query costs');
  const picker = page.locator('.quick-input-widget');
  for (let turn = 0; turn <= STEPS.length; turn++) {
    await answerQuestions(page, STEPS.slice(0, turn));
    await page.keyboard.press('Escape');
    await picker.waitFor({ state: 'hidden' });
  }
  // Without a model, it says so.
  await answerQuestions(page, STEPS);
  await picker
    .locator('.quick-input-check-all, .quick-input-header .monaco-checkbox, .quick-input-header input[type=checkbox]')
    .first()
    .click();
  await page.keyboard.press('Enter');
  await page.getByText('No model was chosen').first().waitFor();
  // What had been left behind would be saved with this.
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active:not(.dirty)').waitFor();
  const untouched = await readSaved(host.file);
  if (untouched !== ANSWER) throw new Error(`Turning back left this behind:\n${untouched}`);

  await answerQuestions(page, STEPS);
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: 'Cost per query' }).waitFor();
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active:not(.dirty)').waitFor();
  const inserted = await readSaved(host.file);
  if (!/\| Tier.*\n\|[ :|-]+\|\n\|.*\$\d/.test(inserted)) throw new Error(`This is no cost model:\n${inserted}`);
}

/** What a file holds once the editor has written it: it is emptied first, and a tab that was clean already tells nothing of when that is done. */
async function readSaved(file: string): Promise<string> {
  for (let left = SAVING_MS; left > 0; left -= 50) {
    const text = await readFile(file, 'utf8');
    if (text !== '') return text;
    await setTimeout(50);
  }
  return '';
}

/** So long a file may stay empty while it is saved. */
const SAVING_MS = 30_000;

/** Starts the command and answers its first questions; each comes when the one before it is answered. */
async function answerQuestions(page: Page, steps: typeof STEPS): Promise<void> {
  const picker = page.locator('.quick-input-widget');
  await page.keyboard.press('F1');
  await picker.locator('input.input').fill('>Design Answers: Insert Cost Model');
  await picker.locator('.monaco-list-row.focused', { hasText: 'Insert Cost Model' }).waitFor();
  await page.keyboard.press('Enter');
  await picker.getByText('(1/4)').waitFor();
  for (const [typed, next] of steps) {
    await picker.locator('input.input').fill(typed);
    await page.keyboard.press('Enter');
    await picker.getByText(next).waitFor();
  }
}
