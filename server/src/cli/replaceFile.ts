import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describeFault } from './readInputs.js';

/**
 * Puts a new text in a file's place in one step: whoever reads it, and whatever breaks, sees the old text or the new one. A symbolic
 * link keeps pointing to the file, and the file keeps its mode.
 *
 * @returns null, or what went wrong; then the file is as it was.
 */
export function replaceFile(path: string, text: string): string | null {
  let temporary: string | null = null;
  try {
    const target = realpathSync(path);
    const { mode } = statSync(target);
    const candidate = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    const file = openSync(candidate, 'wx', mode);
    temporary = candidate;
    try {
      writeFileSync(file, text);
      // The mode given to `open` is narrowed by the process's mask.
      fchmodSync(file, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(candidate, target);
    return null;
  } catch (error) {
    if (temporary !== null) rmSync(temporary, { force: true });
    return `could not be written: ${describeFault(error)}`;
  }
}
