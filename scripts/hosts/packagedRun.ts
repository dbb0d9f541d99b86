import { type ChildProcess } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { TestOutcome } from '../../test/vscode/suite/report.js';
import { findChromium, openContext } from './chromium.js';
import { endTree, runCommand, splitLines, startCommand } from './commands.js';
import { examplesFolder, weakExample } from './firstLook.js';
import { freePort, installHostB } from './hostB.js';
import { withBrowser } from './launch.js';
import { projectRoot } from './paths.js';
import type { Progress } from './progress.js';

/** Where the screenshots of the packed extension go, absolute. */
export const screenshots = join(projectRoot, '.screenshots');

interface Finding {
  rule: string;
  severity: string;
  message: string;
}

/**
 * Does what a person does first: `npm start`, which packs the extension and installs it, and looks at what the browser
 * shows. Takes a screenshot in a dark and in a light theme. Reports each step; a step whose precondition failed fails too.
 */
export async function runPackaged(
  report: (outcome: TestOutcome) => void,
  progress: Progress,
  signal?: AbortSignal,
): Promise<void> {
  const browserPath = await findChromium(progress, signal);
  // Not part of what is measured below, and may take minutes.
  await installHostB(progress, signal);
  const expected = await commandLineFindings(signal);
  await mkdir(screenshots, { recursive: true });

  let started: { child: ChildProcess; address: string } | undefined;
  await step('npm start prints the address of an editor', async () => {
    started = await startAndReadAddress(signal);
  });
  try {
    await withBrowser(browserPath, signal, async (browser) => {
      const context = await openContext(browser, { viewport: { width: 1400, height: 900 }, colorScheme: 'dark' });
      const page = await context.newPage();
      await step('the weak answer is open, its findings in the Problems panel', async () => {
        if (started === undefined) throw new Error('There is no editor.');
        await page.goto(started.address);
        await expectFindings(page, expected);
      });
      for (const colorScheme of ['dark', 'light'] as const) {
        await step(`it can be read in the ${colorScheme} theme`, async () => {
          await page.emulateMedia({ colorScheme });
          await page.waitForSelector(`.monaco-workbench.vs${colorScheme === 'dark' ? '-dark' : ':not(.vs-dark)'}`);
          await expectFindings(page, expected);
          await page.screenshot({ path: join(screenshots, `first-look-${colorScheme}.png`) });
        });
      }
      await step('New Answer… leaves nothing behind when the writer turns back', () => turnBackFromNewAnswer(page));
      await step('New Answer… makes a file from the template, and the timer runs', async () => {
        try {
          await makeNewAnswer(page);
          await page.screenshot({ path: join(screenshots, 'new-answer.png') });
          for (const colorScheme of ['dark', 'light'] as const) {
            await page.emulateMedia({ colorScheme });
            await page.locator('.statusbar-item', { hasText: 'Problem framing' }).hover();
            await page.locator('.monaco-hover', { hasText: 'Whole round' }).waitFor();
            await page.screenshot({ path: join(screenshots, `timer-${colorScheme}.png`) });
          }
        } finally {
          await rm(join(examplesFolder, 'five-steps.answer.md'), { force: true });
        }
      });
    });
  } finally {
    await step('Ctrl+C stops it', async () => {
      if (started === undefined) throw new Error('There is no editor.');
      await interruptAndExpectCleanEnd(started.child, started.address);
    });
  }

  async function step(name: string, body: () => Promise<void>): Promise<void> {
    const begun = Date.now();
    const outcome = { name: `packed extension: ${name}`, milliseconds: 0 };
    try {
      await body();
      report({ ...outcome, status: 'passed', milliseconds: Date.now() - begun });
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      const reason = (error as Error).message;
      report({ ...outcome, status: 'failed', milliseconds: Date.now() - begun, reason });
    }
  }
}

/**
 * What the command line finds in the weak example: the editor must show the same. Without hints, which VS Code shows in the
 * text and not in the Problems panel.
 */
async function commandLineFindings(signal?: AbortSignal): Promise<Finding[]> {
  const cli = join(projectRoot, 'dist', 'cli.cjs');
  const args = [cli, 'lint', '--format', 'json', await weakExample()];
  let text = '';
  await runCommand(process.execPath, args, { signal, onLine: (line) => (text += `${line}\n`) });
  const { answers } = JSON.parse(text) as { answers: { findings: Finding[] }[] };
  return answers.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== 'hint');
}

async function startAndReadAddress(signal?: AbortSignal): Promise<{ child: ChildProcess; address: string }> {
  const tsx = join(projectRoot, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const start = join(projectRoot, 'scripts', 'start.ts');
  const port = String(await freePort());
  const child = startCommand(process.execPath, [tsx, start, '--browser', '--no-open', '--port', port], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  signal?.addEventListener('abort', () => {
    endTree(child);
  });
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const onLine = (line: string): void => {
      lines.push(line);
      const address = /http:\/\/127\.0\.0\.1\S+/.exec(line)?.[0];
      if (address !== undefined) resolve({ child, address });
    };
    if (child.stdout) splitLines(child.stdout, onLine);
    if (child.stderr) splitLines(child.stderr, onLine);
    child.once('error', reject);
    child.once('close', (code) => {
      reject(new Error(`npm start ended with code ${code} before it printed an address:\n${lines.join('\n')}`));
    });
  });
}

/** Fails unless the editor shows the weak answer, and the Problems panel lists what the command line found in it. */
async function expectFindings(page: Page, expected: readonly Finding[]): Promise<void> {
  if (expected.length < 5)
    throw new Error(`The weak example has ${expected.length} findings, too few to show anything.`);
  await page.locator('.tab.active', { hasText: 'weak.answer.md' }).waitFor();
  const panel = page.locator('.markers-panel');
  await panel.waitFor();
  // The list draws only what fits, so the first findings stand for all of them; the badge counts the rest.
  await panel.locator('.monaco-list-row .marker-message-details-container').first().waitFor();
  await panel
    .locator('.monaco-count-badge', { hasText: new RegExp(`^${expected.length}$`) })
    .first()
    .waitFor();
  const shown = await panel.locator('.monaco-list-row').allInnerTexts();
  const known = shown.filter((row) => expected.some(({ message }) => row.includes(message)));
  if (known.length < Math.min(5, expected.length)) {
    throw new Error(`The Problems panel shows other findings than the command line:\n${shown.join('\n')}`);
  }
}

/** The choices of New Answer…, with what the picker says meanwhile. */
const NEW_ANSWER_STEPS: readonly (readonly [string, string])[] = [
  ['New Answer (1/3)', 'No question'],
  ['New Answer (2/3)', 'Five steps'],
  ['New Answer (3/3)', 'Practice round'],
];

/** Makes a new answer with a round; its file is in the folder of examples. */
async function makeNewAnswer(page: Page): Promise<void> {
  await beginNewAnswer(page, NEW_ANSWER_STEPS.length);
  await page.locator('.tab.active', { hasText: 'five-steps.answer.md' }).waitFor();
  await page.locator('.editor-instance .view-lines', { hasText: 'framework: five-step' }).waitFor();
  await page.locator('.statusbar-item', { hasText: /Problem framing 0:0\d \/ 2:00/ }).waitFor();
}

/** Turns back at every step, and fails unless nothing came of it. */
async function turnBackFromNewAnswer(page: Page): Promise<void> {
  const before = await readdir(examplesFolder);
  const tabs = await page.locator('.tab').count();
  for (let steps = 0; steps < NEW_ANSWER_STEPS.length; steps++) {
    await beginNewAnswer(page, steps);
    await page.locator('.quick-input-widget').getByText(NEW_ANSWER_STEPS[steps]![0]).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    const after = await readdir(examplesFolder);
    if (after.join() !== before.join()) throw new Error(`A file was left behind: ${after.join(', ')}`);
    if ((await page.locator('.tab').count()) !== tabs) throw new Error('A tab was left behind.');
  }
}

async function beginNewAnswer(page: Page, steps: number): Promise<void> {
  const picker = page.locator('.quick-input-widget');
  const choose = async (text: string): Promise<void> => {
    await picker.locator('input.input').fill(text);
    await picker.locator('.monaco-list-row.focused', { hasText: text.replace(/^>/, '') }).waitFor();
    await page.keyboard.press('Enter');
  };
  await page.keyboard.press('F1');
  await choose('>Design Answers: New Answer');
  for (const [title, choice] of NEW_ANSWER_STEPS.slice(0, steps)) {
    await picker.getByText(title).waitFor();
    await choose(choice);
  }
}

/** Ends `npm start` as Ctrl+C in a terminal does, and fails unless everything it started is gone. */
async function interruptAndExpectCleanEnd(child: ChildProcess, address: string): Promise<void> {
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  endTree(child, 'SIGINT');
  const code = await closed;
  if (code !== 0) throw new Error(`npm start ended with code ${code} after Ctrl+C.`);
  const answers = await fetch(address).then(
    () => true,
    () => false,
  );
  if (answers) throw new Error('The editor still answers after Ctrl+C.');
}
