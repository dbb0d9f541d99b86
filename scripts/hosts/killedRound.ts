import { openContext } from './chromium.js';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { TestOutcome } from '../../test/vscode/suite/report.js';
import { runCommand } from './commands.js';
import { inScratch } from './launch.js';
import { screenshots } from './packagedRun.js';
import { openAnswer, runByPalette, secondsOf, timerAt, withPracticeHost } from './practiceWindows.js';
import type { Progress } from './progress.js';

const ANSWER = `---
framework: five-step
---

# Contract review copilot

## Problem framing (0.1 min)

Lawyers in small firms read fifty contracts a week.

## Core interaction design

The lawyer drops a contract in.
`;

/** Seconds that a kill may cost. */
const MOST_LOST = 5;

/**
 * Kills the extension host in the midst of a round, with the real clock and a real process: the timer comes back paused with at most five seconds less, and
 * what was typed is there. Takes screenshots of the timer over its budget. Reports one outcome.
 */
export async function runKilledRound(
  report: (outcome: TestOutcome) => void,
  progress: Progress,
  signal?: AbortSignal,
): Promise<void> {
  const name = 'node: a round whose extension host is killed';
  if (process.platform === 'win32') {
    report({ name, status: 'skipped', milliseconds: 0, reason: 'Processes are found by the ps of other systems.' });
    return;
  }
  const begun = Date.now();
  try {
    await inScratch((scratch) => killInRound(scratch, progress, signal));
    report({ name, status: 'passed', milliseconds: Date.now() - begun });
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    report({ name, status: 'failed', milliseconds: Date.now() - begun, reason: (error as Error).message });
  }
}

async function killInRound(scratch: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await withPracticeHost(scratch, ANSWER, progress, signal, async (host) => {
    const { browser, file, server } = host;
    const context = await openContext(browser, { viewport: { width: 1200, height: 700 }, colorScheme: 'dark' });
    const page = await context.newPage();
    await openAnswer(host, page, 'Lawyers in small firms');
    await runByPalette(page, 'Start Practice Round');
    await page.keyboard.type(' They miss clauses.');
    // The budget is six seconds, so this is the timer after it.
    await timerAt(page, /Problem framing 0:(?:0[89]|[1-5]\d) \/ 0:06/);
    await page.keyboard.press('Escape');
    await takeScreenshots(page);

    await page.keyboard.type(' Nobody else does.');
    const hosts = await extensionHosts(server.pid, signal);
    const before = await secondsOf(page, 'Problem framing');
    for (const pid of hosts) process.kill(pid, 'SIGKILL');
    await page.locator('.statusbar-item[aria-label*="paused"]', { hasText: 'Problem framing' }).waitFor();
    const after = await secondsOf(page, 'Problem framing');
    if (after < before - MOST_LOST || after > before + 1) {
      throw new Error(`The timer showed ${before} s before the kill, and ${after} s after it.`);
    }
    progress.say(`  ${before} s before the kill, ${after} s after it`);
    const lines = (await page.locator('.view-line').allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
    if (!lines.includes('They miss clauses. Nobody else does.')) throw new Error(`Text was lost:\n${lines}`);
    await page.locator('.view-line', { hasText: 'Lawyers in small firms' }).click();
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active:not(.dirty)').waitFor();
    const saved = await readFile(file, 'utf8');
    if (!saved.includes('They miss clauses. Nobody else does.')) throw new Error(`Text was not saved:\n${saved}`);
  });
}

/** The timer over its budget with its tooltip, in both themes. */
async function takeScreenshots(page: Page): Promise<void> {
  const item = page.locator('.statusbar-item', { hasText: 'Problem framing' });
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForSelector(`.monaco-workbench.vs${colorScheme === 'dark' ? '-dark' : ':not(.vs-dark)'}`);
    await item.hover();
    await page.locator('.monaco-hover', { hasText: 'Whole round' }).waitFor();
    await page.screenshot({ path: join(screenshots, `timer-over-${colorScheme}.png`) });
    await page.mouse.move(600, 300);
    await page.locator('.monaco-hover', { hasText: 'Whole round' }).waitFor({ state: 'hidden' });
    await page.screenshot({ path: join(screenshots, `timer-warning-${colorScheme}.png`) });
  }
}

/** The ids of the processes below a server that run extensions. */
async function extensionHosts(server: number | undefined, signal?: AbortSignal): Promise<number[]> {
  const { output } = await runCommand('ps', ['-eo', 'pid=,ppid=,args='], { signal });
  const processes = output.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]), args: match[3] ?? '' }] : [];
  });
  const isBelow = (pid: number): boolean => {
    const parent = processes.find((each) => each.pid === pid)?.parent;
    return parent !== undefined && (parent === server || (parent > 1 && isBelow(parent)));
  };
  const hosts = processes.filter(({ pid, args }) => args.includes('--type=extensionHost') && isBelow(pid));
  if (hosts.length === 0) throw new Error(`The server has no extension host:\n${output}`);
  return hosts.map(({ pid }) => pid);
}
