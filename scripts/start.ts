/**
 * Opens VS Code with the extension installed on `examples/`: the desktop's `code` where there is one, else VS Code in the
 * browser, until Ctrl+C.
 *
 *   npm start [-- --browser] [-- --port N] [-- --no-open]
 *
 * `--browser` leaves the desktop's VS Code alone, `--port` chooses the port of VS Code in the browser, `--no-open` only
 * prints the address.
 */
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { desktopCode, openDesktop } from './hosts/desktop.js';
import { hasDisplay, openInBrowser } from './hosts/display.js';
import { examplesFolder, packForFirstLook, startFirstLook, weakExample } from './hosts/firstLook.js';
import { freePort } from './hosts/hostB.js';
import { Interrupted, interruptSignal } from './hosts/interrupt.js';
import { hostsRoot, projectRoot } from './hosts/paths.js';
import { terminalProgress } from './hosts/progress.js';

/** The port of VS Code in the browser unless it is taken: with a steady one, the browser remembers the window's layout. */
const USUAL_PORT = 3417;

interface Wishes {
  browser: boolean;
  open: boolean;
  port: number | undefined;
}

const progress = terminalProgress();
const signal = interruptSignal();

try {
  process.exitCode = await start(readWishes());
} catch (error) {
  if (error instanceof Interrupted) progress.say('Stopped.');
  else progress.say((error as Error).message);
  process.exitCode = error instanceof Interrupted ? 130 : 1;
}

async function start(wishes: Wishes): Promise<number> {
  const port = await choosePort(wishes.port);
  const file = await weakExample();
  const [product = '', starter = ''] = await packForFirstLook(progress, signal);
  const code = wishes.browser ? undefined : desktopCode();
  if (code !== undefined) {
    const state = join(hostsRoot, 'desktop');
    const where = await openDesktop(code, { product, starter, folder: examplesFolder, file, state }, signal);
    console.log(`VS Code opens ${relative(projectRoot, file)}.`);
    if (where === 'remote window') console.log('Open the Problems panel with Ctrl+Shift+M.');
    return 0;
  }

  const { address, server } = await startFirstLook({
    vsix: [product, starter],
    folder: examplesFolder,
    file,
    state: join(hostsRoot, 'browser'),
    port,
    progress,
    signal,
  });
  console.log(`\nVS Code with Design Answers is at\n\n  ${address}\n`);
  console.log(`It shows ${relative(projectRoot, file)} with its findings. Press Ctrl+C to stop it.`);
  if (wishes.open && hasDisplay()) openInBrowser(address);

  const stopped = new Promise<'stopped'>((resolve) => {
    if (signal.aborted) resolve('stopped');
    signal.addEventListener('abort', () => {
      resolve('stopped');
    });
  });
  const reason = await Promise.race([stopped, server.ended.then(() => 'ended' as const)]);
  await server.stop();
  if (reason === 'ended') throw new Error("VS Code's server ended by itself. Start it again with: npm start");
  progress.say('Stopped.');
  return 0;
}

function readWishes(): Wishes {
  const { values } = parseArgs({
    options: { browser: { type: 'boolean' }, 'no-open': { type: 'boolean' }, port: { type: 'string' } },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port takes a number from 1 to 65535, not ${values.port}.`);
  }
  return { browser: values.browser === true, open: values['no-open'] !== true, port };
}

async function choosePort(wished: number | undefined): Promise<number> {
  try {
    return await freePort(wished ?? USUAL_PORT);
  } catch (error) {
    if (wished === undefined) return freePort();
    const reason =
      (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'something else listens there' : String(error);
    throw new Error(`Port ${wished} cannot be used: ${reason}. Choose another: npm start -- --port N`);
  }
}
