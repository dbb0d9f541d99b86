import { openContext } from './chromium.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHistory } from '../../client/src/practice/history.js';
import type { TestOutcome } from '../../test/vscode/suite/report.js';
import { openAnswer, type PracticeHost, runByPalette, secondsOf, timerAt, reportWork } from './practiceWindows.js';
import type { Progress } from './progress.js';

const ANSWER = `---
framework: five-step
---

# Contract review copilot

## Problem framing

Lawyers in small firms read fifty contracts a week.
`;

const SECTION = 'Problem framing';
/** Behind it, a window whose round another one runs says so. */
const ELSEWHERE = /\(another window\)/;

/**
 * Opens one answer in two windows of one editor, with the real clock: the second window sees that the first one times it, takes the round over when it is asked to, and
 * ends it; the time counts once, and the history has one line. Reports one outcome.
 */
export async function runTwoWindows(
  report: (outcome: TestOutcome) => void,
  progress: Progress,
  signal?: AbortSignal,
): Promise<void> {
  const name = 'node: a round in two windows has one owner';
  await reportWork(name, ANSWER, report, progress, signal, (host) => practiceInTwo(host, progress));
}

async function practiceInTwo(host: PracticeHost, progress: Progress): Promise<void> {
  // Two windows of one browser, as a person has them.
  const context = await openContext(host.browser, { viewport: { width: 1200, height: 700 } });
  const [one, two] = [await context.newPage(), await context.newPage()];
  await openAnswer(host, one, 'Lawyers in small firms');
  const begun = Date.now();
  await runByPalette(one, 'Start Practice Round');
  await timerAt(one, new RegExp(`Problem framing ${clockPattern(2)} /`));
  const seen = Date.now();
  await openAnswer(host, two, 'Lawyers in small firms');
  await timerAt(two, ELSEWHERE);

  // The first one runs on while somebody moves about in the second.
  const before = await secondsOf(one, SECTION);
  for (const key of ['ArrowUp', 'ArrowDown', 'End']) await two.keyboard.press(key);
  await timerAt(one, new RegExp(`Problem framing ${clockPattern(before + 5)} /`));
  await timerAt(two, ELSEWHERE);

  await runByPalette(two, 'Resume Practice Round');
  await timerAt(one, ELSEWHERE);
  await two.locator('.statusbar-item', { hasText: SECTION, hasNotText: ELSEWHERE }).waitFor();
  const taken = await secondsOf(two, SECTION);
  await timerAt(two, new RegExp(`Problem framing ${clockPattern(taken + 4)} /`));
  await timerAt(one, ELSEWHERE);
  const counted = (Date.now() - seen) / 1000;
  await runByPalette(two, 'Finish Practice Round');
  const passed = (Date.now() - begun) / 1000;
  await one.locator('.statusbar-item', { hasText: SECTION }).waitFor({ state: 'hidden' });
  await two.locator('.statusbar-item', { hasText: SECTION }).waitFor({ state: 'hidden' });
  await two.locator('.tab', { hasText: 'Report: ' }).waitFor();
  // The page has the round once its line is written.
  await runByPalette(two, 'Show Practice History');
  const history = two.locator('iframe.webview').last().contentFrame().locator('#active-frame').contentFrame();
  await history.getByText('1 round since').waitFor();

  const file = join(
    host.userData,
    'User',
    'globalStorage',
    'design-answers.design-answers',
    'history',
    'history.jsonl',
  );
  const { rounds, damaged } = parseHistory(await readFile(file, 'utf8'));
  const seconds = rounds.flatMap(({ sections }) => sections).reduce((sum, { usedSeconds }) => sum + usedSeconds, 0);
  progress.say(`  ${seconds} s counted, of ${counted.toFixed(1)} to ${passed.toFixed(1)} s in two windows`);
  if (rounds.length !== 1 || damaged.length > 0)
    throw new Error(`The history has ${rounds.length} lines instead of one.`);
  // The palette may take long before the round starts and until it is finished. The take-over goes on from what was last written: that may cost the
  // seconds since, and never counts one twice.
  if (seconds > passed + 1 || seconds < counted - 8)
    throw new Error(`${seconds} s were counted where ${counted.toFixed(1)} to ${passed.toFixed(1)} s passed.`);
}

/** A time of this many seconds, or of up to a minute more: the status bar may be looked at late where the machine is slow. */
function clockPattern(seconds: number): string {
  const text = (at: number): string => `${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}`;
  return `(?:${Array.from({ length: 60 }, (_, more) => text(seconds + more)).join('|')})`;
}
