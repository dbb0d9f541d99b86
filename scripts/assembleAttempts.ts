import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The module whose default export is the bytes of attempts.wat. */
export const ATTEMPTS = 'design-answers:attempts';

/** Absolute. */
export const attemptsFile = join(fileURLToPath(import.meta.url), '../../server/src/core/evidence/attempts.wat');

/**
 * The text of that module, assembled from the file as it is.
 *
 * @throws what is wrong in the file, with its line.
 */
export async function attemptsModule(): Promise<string> {
  const text = await readFile(attemptsFile, 'utf8');
  // Made ready where it is asked for: most scripts that know the rubric never do.
  const { default: wabt } = await import('wabt');
  const parsed = (await wabt()).parseWat('attempts.wat', text);
  try {
    parsed.validate();
    return `export default Uint8Array.of(${parsed.toBinary({}).buffer.join()});`;
  } finally {
    parsed.destroy();
  }
}
