import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { RELOAD_MARK } from '../../test/vscode/suite/report.js';
import { findChromium } from './chromium.js';
import { startHostA } from './hostA.js';
import { installHostB, type RunningHostB, startHostB } from './hostB.js';
import type { Progress } from './progress.js';

/** What a suite is run with; paths are absolute. */
export interface SuiteRun {
  /** A: web worker extension host of VS Code 1.91. B: Node extension host of VS Code 1.139. */
  host: 'A' | 'B';
  /** The folder of the extension under test. */
  extension: string;
  /** The bundled suite, which exports `run()`. For host A it must be inside the extension's folder. */
  suite: string;
  /** The folder that the editor opens; host B only. An empty one is made without it. */
  workspace?: string | undefined;
  /** Folders for the editor's state; host B only. New ones are made, and removed, without them. */
  userData?: string | undefined;
  extensions?: string | undefined;
  /** Milliseconds for the whole run: a hanging editor must not hang the build. */
  timeout?: number;
  /** Called with every line that the suite or the editor prints. */
  onLine: (line: string) => void;
  progress: Progress;
  signal?: AbortSignal | undefined;
}

/** Runs a suite in a real editor. Resolves with its exit code: 0 when `run()` resolved, 1 when it rejected. */
export async function runSuite(run: SuiteRun): Promise<number> {
  const browserPath = await findChromium(run.progress, run.signal);
  return inScratch(async (scratch) => {
    const host = run.host === 'A' ? await openA(run) : await openB(run, scratch);
    try {
      return await withBrowser(browserPath, run.signal, (browser) => watchRun(browser, host.url, run));
    } finally {
      await host.stop();
    }
  });
}

/** Starts a browser for as long as `work` takes; an aborted signal ends it, and with it whatever `work` waits for. */
export async function withBrowser<T>(
  executablePath: string,
  signal: AbortSignal | undefined,
  work: (browser: Browser) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    // Our own handlers close the browser; Playwright's would end the process before everything else is cleaned up.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const abort = (): void => {
    void browser.close();
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await work(browser);
  } catch (error) {
    throw signal?.aborted === true ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', abort);
    await browser.close();
  }
}

/** Makes a folder for as long as `work` takes. */
export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'design-answers-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The address at which a running host B shows a folder. */
export function editorAddress(server: RunningHostB, folder: string, payload?: readonly [string, string][]): string {
  const query = new URLSearchParams();
  if (server.token !== undefined) query.set('tkn', server.token);
  query.set('folder', remotePath(folder));
  if (payload !== undefined) query.set('payload', JSON.stringify(payload));
  // The colons and slashes of a path need no escape in a query, and without it a person can read the address.
  return `${server.url}/?${query.toString().replaceAll('%2F', '/').replaceAll('%3A', ':')}`;
}

/** The address under which host B knows a path of this machine. */
export function remoteUri(path: string): string {
  return `vscode-remote://remote${remotePath(path)}`;
}

/** Writes the settings of a new host B, where they stand below those of the workspace. */
export async function writeSettings(userData: string, settings: Record<string, unknown>): Promise<void> {
  const text = JSON.stringify(settings, undefined, 2);
  for (const part of ['Machine', 'User']) {
    await mkdir(join(userData, part), { recursive: true });
    await writeFile(join(userData, part, 'settings.json'), text);
  }
}

/** Settings that keep a new editor to the point: no tours, no chat, no calls to services that are not there. */
export const quietSettings: Record<string, unknown> = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  // The examples lie inside the project's repository, and a question about it would cover the findings.
  'git.openRepositoryInParentFolders': 'never',
  'github.gitAuthentication': false,
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
};

async function openA(run: SuiteRun): Promise<{ url: string; stop(): Promise<void> }> {
  return startHostA({ extension: run.extension, suite: run.suite }, run.progress, run.signal);
}

async function openB(run: SuiteRun, scratch: string): Promise<{ url: string; stop(): Promise<void> }> {
  const installation = await installHostB(run.progress, run.signal);
  const workspace = run.workspace ?? join(scratch, 'workspace');
  const userData = run.userData ?? join(scratch, 'user');
  const extensions = run.extensions ?? join(scratch, 'extensions');
  await mkdir(workspace, { recursive: true });
  // In a browser, VS Code saves by itself a second after an edit; tests save when they mean to.
  await writeSettings(userData, { ...quietSettings, 'git.enabled': false, 'files.autoSave': 'off' });
  const server = await startHostB(installation, { userData, extensions, testDriver: true }, run.signal);
  const url = editorAddress(server, workspace, [
    ['extensionDevelopmentPath', remoteUri(run.extension)],
    ['extensionTestsPath', remoteUri(run.suite)],
    ['skipWelcome', 'true'],
  ]);
  return { url, stop: server.stop };
}

/** A path of this machine as the editor's addresses write it: with slashes, and one before a drive letter. */
function remotePath(path: string): string {
  return decodeURIComponent(pathToFileURL(path).pathname);
}

async function watchRun(browser: Browser, url: string, run: SuiteRun): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const limit = run.timeout ?? 1_800_000;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<number>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`The suite did not end within ${limit / 1000} s in host ${run.host}.`));
      }, limit);
      page.on('crash', () => {
        reject(new Error(`The page of host ${run.host} crashed.`));
      });
      browser.on('disconnected', () => {
        reject(new Error(`The browser of host ${run.host} ended.`));
      });
      const open = async (): Promise<void> => {
        await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
          for (const line of args.map(String).join(' ').split('\n')) {
            if (line.includes(RELOAD_MARK)) void page.reload().catch(reject);
            else run.onLine(line);
          }
        });
        await page.exposeFunction('codeAutomationExit', (code: number) => {
          resolve(code);
        });
        await page.goto(url);
      };
      open().catch(reject);
    });
  } finally {
    clearTimeout(timer);
  }
}
