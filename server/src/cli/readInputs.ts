import { readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { isFolder } from './folders.js';

/** A text to review, or why it could not be read. */
export interface Input {
  /** As it was given, or below the directory as that was given; `-` for standard input. */
  readonly path: string;
  /** Whether the file itself was named, and not only a directory above it. */
  readonly named: boolean;
  /** Whether it is a file that `readTextFile` reads; not standard input, nor a folder that could not be listed. */
  readonly isFile: boolean;
  readonly read: () => Promise<TextFile | { readonly fault: string }>;
}

/** A file's text, with what is needed to write it back as it was. */
export interface TextFile {
  /** Without the byte-order mark, as an editor shows it. */
  readonly text: string;
  readonly byteOrderMark: boolean;
  /** False where some bytes are no UTF-8: such a file can be reviewed, but not written back. */
  readonly exact: boolean;
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The files that the arguments stand for, each once: named files, the `*.md` files below directories (but not in hidden ones, nor
 * in `node_modules`) by name, and standard input for `-`. They are read one at a time, when asked for.
 */
export function listInputs(args: readonly string[]): Input[] {
  const inputs = new Map<string, Input>();
  const add = (input: Input): void => {
    if (!inputs.get(input.path)?.named) inputs.set(input.path, input);
  };
  for (const path of args) {
    if (path === '-') {
      add({ path, named: true, isFile: false, read: () => readStandardInput() });
    } else if (isFolder(path)) {
      for (const input of listDirectory(path)) add(input);
    } else {
      add({ path, named: true, isFile: true, read: async () => readTextFile(path) });
    }
  }
  return [...inputs.values()];
}

/** A fault of the file system in words; the path is not in it. */
export function describeFault(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const known: Record<string, string> = {
    ENOENT: 'no such file or directory',
    EACCES: 'permission denied',
    EPERM: 'operation not permitted',
    EISDIR: 'this is a directory',
    ENOTDIR: 'a part of the path is no directory',
    EROFS: 'the file system is read-only',
    ENOSPC: 'no space left on the device',
    EEXIST: 'there is a file of this name already',
    ELOOP: 'too many symbolic links',
    ERR_FS_FILE_TOO_LARGE: 'the file is too large to be read',
    ERR_STRING_TOO_LONG: 'the file is too large to be read',
  };
  return known[code ?? ''] ?? (error instanceof Error ? error.message : String(error));
}

function listDirectory(folder: string): Input[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const fault = describeFault(error);
    return [{ path: folder, named: true, isFile: false, read: () => Promise.resolve({ fault }) }];
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry): Input[] => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    // Not joined by `path.join`, which would take the `./` off that was given.
    const path = /[\\/]$/.test(folder) ? folder + entry.name : folder + sep + entry.name;
    // A link to a directory is not followed, since it could lead in a circle.
    if (entry.isDirectory()) return listDirectory(path);
    const isFile = entry.isFile() || (entry.isSymbolicLink() && !isFolder(path));
    if (!isFile || !entry.name.toLowerCase().endsWith('.md')) return [];
    return [{ path, named: false, isFile: true, read: async () => readTextFile(path) }];
  });
}

/** Reads a file, or says why not. */
export function readTextFile(path: string): TextFile | { fault: string } {
  try {
    return decode(readFileSync(path));
  } catch (error) {
    return { fault: describeFault(error) };
  }
}

async function readStandardInput(): Promise<TextFile | { fault: string }> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return decode(Buffer.concat(chunks));
  } catch (error) {
    return { fault: describeFault(error) };
  }
}

function decode(bytes: Buffer): TextFile | { fault: string } {
  if (bytes.includes(0)) return { fault: 'this is not a text file in UTF-8' };
  const decoded = bytes.toString('utf8');
  const byteOrderMark = decoded.startsWith(BYTE_ORDER_MARK);
  return {
    text: byteOrderMark ? decoded.slice(1) : decoded,
    byteOrderMark,
    exact: !decoded.includes('\uFFFD') || Buffer.from(decoded, 'utf8').equals(bytes),
  };
}
