import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The module whose default export is the bytes of matcher.wat. */
export const MATCHER = 'design-answers:matcher';

/** Absolute. */
export const matcherFile = join(fileURLToPath(import.meta.url), '../../server/src/core/evidence/matcher.wat');

/**
 * The text of that module, assembled from the file as it is.
 *
 * @throws what is wrong in the file, with its line.
 */
export async function matcherModule(): Promise<string> {
  const text = await readFile(matcherFile, 'utf8');
  // Made ready where it is asked for: most scripts that know the rubric never do.
  const { default: wabt } = await import('wabt');
  const parsed = (await wabt()).parseWat('matcher.wat', text);
  try {
    parsed.validate();
    return `export default Uint8Array.of(${parsed.toBinary({}).buffer.join()});`;
  } finally {
    parsed.destroy();
  }
}
