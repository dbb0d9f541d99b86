import { isAscii } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** In UTF-16 units: a bundle that was built for its code to be kept ends with its digest in so many hexadecimal digits. */
const DIGEST_LENGTH = 64;

/** What comes before a module's text to make it a function of what a module is given. */
const MODULE_HEAD = '(function (exports, require, module, __filename, __dirname) {';

/** A module's text as a function. It begins on the same line, so that lines in stacks are those of the file. The build leaves bundles so: making it here copies half a megabyte. */
export function asFunction(source: string): string {
  return `${MODULE_HEAD}${source}\n})`;
}

/** The scripts of this process, by the path of their bundle, for `keepCompiledCode`. */
const scripts = new Map<string, { readonly script: Script; readonly digest: string; readonly exports: unknown }>();

/**
 * Loads one of the bundles beside the command line as a CommonJS module, once. Where `keepCompiledCode` has kept its compiled code for this release of Node's
 * engine, that code is run: compiling a program for a single file takes a fifth of the run. Code that does not fit is passed over, and the engine compiles.
 * It may ask for its neighbors and for Node's own modules: what `require` needs to find others takes a hundredth of the run.
 *
 * @param path absolute.
 * @throws what reading or running it throws.
 */
export function loadBundle(path: string): unknown {
  const loaded = scripts.get(path);
  if (loaded) return loaded.exports;
  const bytes = readFileSync(path);
  // As the build leaves it, it is ASCII and need not be decoded.
  const source = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  const digest = source.slice(-DIGEST_LENGTH);
  const cachedData = compiledCode(path, digest);
  const script = new Script(source.startsWith(MODULE_HEAD) ? source : asFunction(source), {
    filename: path,
    ...(cachedData ? { cachedData } : {}),
  });
  const module = { exports: {} };
  const folder = dirname(path);
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run(
    module.exports,
    (id: string): unknown => (id.startsWith('./') ? loadBundle(join(folder, id)) : process.getBuiltinModule(id)),
    module,
    path,
    folder,
  );
  scripts.set(path, { script, digest, exports: module.exports });
  return module.exports;
}

/** Keeps the code of the bundles that were loaded from a folder, with that of their functions that have run so far, beside each. Run when the product is built. */
export function keepCompiledCode(folder: string): void {
  for (const [path, { script, digest }] of scripts) {
    if (dirname(path) !== folder) continue;
    writeFileSync(pathOfCode(path), Buffer.concat([Buffer.from(digest, 'latin1'), script.createCachedData()]));
  }
}

/** The kept code of a bundle, unless there is none for this engine or it was made from another text: the engine itself compares no more than the length. */
function compiledCode(path: string, digest: string): Buffer | null {
  try {
    const kept = readFileSync(pathOfCode(path));
    return kept.toString('latin1', 0, DIGEST_LENGTH) === digest ? kept.subarray(DIGEST_LENGTH) : null;
  } catch {
    // None was kept, or it cannot be read: it saves time and nothing else.
    return null;
  }
}

function pathOfCode(path: string): string {
  return `${path.slice(0, path.lastIndexOf('.'))}.${process.versions.v8}-${process.arch}.code`;
}
