import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';
import { runCommand } from './commands.js';
import type { Progress } from './progress.js';

/** In ms: a busy build machine takes its time, for a first start most of all. */
const PATIENCE = 180_000;

/** A person's window of a browser, and those that are opened beside it; waits in it are patient. */
export async function openContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  return context;
}

/** Thrown when there is no browser for the editors; the message says what to install. */
export class BrowserMissing extends Error {}

/**
 * The path of a Chromium-based browser. `CHROMIUM_PATH` comes first, then the usual names on PATH and the usual places of the
 * system. On Debian, root gets the package `chromium` installed.
 *
 * @throws {BrowserMissing} when there is none and it cannot be installed here.
 */
export async function findChromium(progress: Progress, signal?: AbortSignal): Promise<string> {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new BrowserMissing(`CHROMIUM_PATH names ${chosen}, and there is no such file.`);
  }
  const found = installedBrowser();
  if (found !== undefined) return found;
  if (await canInstall()) {
    await installOnDebian(progress, signal);
    const installed = installedBrowser();
    if (installed !== undefined) return installed;
  }
  throw new BrowserMissing(await advice());
}

/** What {@link findChromium} finds without installing anything. */
export function installedBrowser(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...usualPlaces(), chromium.executablePath()].find((path) => path !== '' && existsSync(path));
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    const applications = ['/Applications', join(process.env['HOME'] ?? '', 'Applications')];
    return applications.flatMap((folder) => [
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      join(folder, 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'),
    ]);
  }
  if (process.platform === 'win32') {
    const folders = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((name) => process.env[name] ?? '');
    return folders.flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Chromium/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]);
  }
  return ['/usr/bin/chromium', '/usr/lib/chromium/chromium'];
}

async function canInstall(): Promise<boolean> {
  return process.getuid?.() === 0 && (await distribution()) === 'debian' && existsSync('/usr/bin/apt-get');
}

async function installOnDebian(progress: Progress, signal?: AbortSignal): Promise<void> {
  const steps = [
    ['update'],
    // A page without a font is blank in a screenshot, so one comes along.
    ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'],
  ];
  progress.say('Installing Chromium with apt-get (once)');
  for (const step of steps) {
    const end = await runCommand('apt-get', step, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      onLine: (line) => progress.tick(`  ${line}`),
      signal,
    });
    if (end.code !== 0) {
      const tail = end.output.split('\n').slice(-6).join('\n');
      throw new BrowserMissing(`apt-get ${step[0]} ended with code ${end.code}:\n${tail}\n${await advice()}`);
    }
  }
  progress.say('  installed');
}

async function advice(): Promise<string> {
  const head = 'The tests in real editors need Chromium, Chrome or Edge, and none was found.';
  const tail = 'Or set CHROMIUM_PATH to the browser you have.';
  if (process.platform === 'darwin') return `${head} Install it with: brew install --cask chromium. ${tail}`;
  if (process.platform === 'win32') return `${head} Install it with: winget install Google.Chrome. ${tail}`;
  const commands: Record<string, string> = {
    debian: 'sudo apt-get update && sudo apt-get install -y chromium',
    ubuntu: 'sudo snap install chromium',
    fedora: 'sudo dnf install -y chromium',
    arch: 'sudo pacman -S chromium',
    alpine: 'apk add chromium',
  };
  const command = commands[await distribution()];
  return command === undefined ? `${head} Install Chromium. ${tail}` : `${head} Install it with: ${command}. ${tail}`;
}

/** The system's `ID` of /etc/os-release, or an empty string. */
async function distribution(): Promise<string> {
  try {
    return /^ID="?([\w.-]+)"?$/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1] ?? '';
  } catch {
    return '';
  }
}
