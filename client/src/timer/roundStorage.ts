import * as vscode from 'vscode';
import type { RoundStorage } from './roundKeeper.js';

/**
 * A folder of the extension's own as the storage of rounds: a disk on the desktop, the browser's database in the web. All windows of one installation share it,
 * which the editor's own key-value stores do not offer.
 */
export function createRoundStorage(folder: vscode.Uri): RoundStorage {
  let made: Thenable<void> | undefined;
  return {
    async names() {
      const entries = await orNull(vscode.workspace.fs.readDirectory(folder));
      return (entries ?? []).map(([name]) => name);
    },
    async read(name) {
      const bytes = await orNull(vscode.workspace.fs.readFile(at(name)));
      return bytes && new TextDecoder().decode(bytes);
    },
    async write(name, text) {
      await (made ??= vscode.workspace.fs.createDirectory(folder));
      await vscode.workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
    },
    async remove(name) {
      await orNull(vscode.workspace.fs.delete(at(name)));
    },
  };

  function at(name: string): vscode.Uri {
    return vscode.Uri.joinPath(folder, name);
  }
}

/** What is not there reads as null. */
async function orNull<T>(work: Thenable<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return null;
    throw error;
  }
}
