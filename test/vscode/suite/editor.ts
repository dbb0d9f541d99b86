import * as vscode from 'vscode';
import type { TestContext } from './registry.js';

/** The identifier of the extension under test. */
export const extensionId = 'design-answers.design-answers';

/**
 * Writes a file and shows it. It is on the disk where the editor has a workspace folder there, and in a file system of the
 * suite's own in the web. It is closed and removed when the test ends.
 */
export async function openFile(test: TestContext, name: string, text: string): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.joinPath(testFolder(), name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  test.after(() => vscode.workspace.fs.delete(uri));
  test.after(() => closeEditors());
  return vscode.window.showTextDocument(uri, { preview: false });
}

/** Shows a new markdown document that has never been saved. */
export async function openUntitled(test: TestContext, text: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: text });
  test.after(() => closeEditors());
  return vscode.window.showTextDocument(document, { preview: false });
}

/** Types text at the end of the document, as a person would. */
export async function typeAtEnd(editor: vscode.TextEditor, text: string): Promise<void> {
  const end = editor.document.positionAt(editor.document.getText().length);
  editor.selection = new vscode.Selection(end, end);
  await vscode.commands.executeCommand('type', { text });
}

/**
 * Saves a document; true once nothing of it is unsaved. VS Code refuses a save while it is busy with the same file, so it is asked once more when the
 * file system has been heard from.
 */
export async function saveFile(document: vscode.TextDocument): Promise<boolean> {
  if (await document.save()) return true;
  await vscode.workspace.fs.stat(document.uri);
  return (await document.save()) || !document.isDirty;
}

/** Our diagnostics of a document at this moment. */
export function findingsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri);
}

/** The rule id of a diagnostic. */
export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

/** The rule ids of a document's diagnostics at this moment, in the order of their places. */
export function rulesOf(uri: vscode.Uri): string[] {
  const ordered = [...findingsOf(uri)].sort((left, right) => left.range.start.compareTo(right.range.start));
  return ordered.map(ruleOf);
}

/**
 * Waits for the event after which a document's diagnostics satisfy a condition; returns at once when they do already.
 *
 * @throws {Error} after `limit` milliseconds, with what was awaited and what was there instead.
 */
export function findingsWhere(
  uri: vscode.Uri,
  awaited: string,
  holds: (rules: string[], findings: vscode.Diagnostic[]) => boolean,
  limit = 120_000,
): Promise<vscode.Diagnostic[]> {
  return until(
    vscode.languages.onDidChangeDiagnostics,
    () => (holds(rulesOf(uri), findingsOf(uri)) ? findingsOf(uri) : undefined),
    () => `${awaited}; the findings are: ${rulesOf(uri).join(', ') || 'none'}`,
    limit,
  );
}

/** Waits for an event after which `read` gives a value; returns at once when it gives one already. */
export function until<T>(
  event: vscode.Event<unknown>,
  read: () => T | undefined,
  awaited: () => string,
  limit = 120_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      let value: T | undefined;
      try {
        value = read();
      } catch (error) {
        end();
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      if (value === undefined) return;
      end();
      resolve(value);
    };
    const subscription = event(look);
    const timer = setTimeout(() => {
      end();
      reject(new Error(`Awaited for ${limit / 1000} s: ${awaited()}`));
    }, limit);
    const end = (): void => {
      subscription.dispose();
      clearTimeout(timer);
    };
    look();
  });
}

/** The quick fixes at a diagnostic, those of its own rule. */
export async function quickFixesFor(uri: vscode.Uri, diagnostic: vscode.Diagnostic): Promise<vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    diagnostic.range,
    vscode.CodeActionKind.QuickFix.value,
    // Actions are resolved, so that an edit that the server computes late is there.
    20,
  );
  return actions.filter((action) =>
    (action.diagnostics ?? [diagnostic]).some((other) => ruleOf(other) === ruleOf(diagnostic)),
  );
}

/** Applies a code action the way the editor does: its edit first, then its command. */
export async function applyAction(action: vscode.CodeAction): Promise<void> {
  if (action.edit !== undefined && !(await vscode.workspace.applyEdit(action.edit))) {
    throw new Error(`The editor refused the edit of “${action.title}”.`);
  }
  if (action.command !== undefined) {
    await vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[]));
  }
}

/** Changes a setting of ours for the rest of the test. */
export async function changeSetting(test: TestContext, key: string, value: unknown): Promise<void> {
  const write = (next: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration('designAnswers').update(key, next, vscode.ConfigurationTarget.Global);
  test.after(() => write(undefined));
  await write(value);
}

async function closeEditors(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

let webFolder: vscode.Uri | undefined;

function testFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder?.scheme === 'file') return folder;
  if (webFolder === undefined) {
    // The scheme of repositories opened in the browser, which is where the web build is used.
    vscode.workspace.registerFileSystemProvider('vscode-vfs', new MemoryFiles(), { isCaseSensitive: true });
    webFolder = vscode.Uri.parse('vscode-vfs://test/answers');
  }
  return webFolder;
}

/** Files in memory: what the web worker has instead of a disk. One flat folder is enough. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, { content: Uint8Array; changed: number }>();
  readonly #changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changes.event;
  #clock = 1;

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.#files.get(uri.path);
    if (file !== undefined) {
      return { type: vscode.FileType.File, ctime: 0, mtime: file.changed, size: file.content.byteLength };
    }
    if (!/\.\w+$/.test(uri.path)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    throw vscode.FileSystemError.FileNotFound(uri);
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const start = `${uri.path.replace(/\/$/, '')}/`;
    return [...this.#files.keys()]
      .filter((path) => path.startsWith(start))
      .map((path) => [path.slice(start.length), vscode.FileType.File]);
  }

  createDirectory(): void {
    // Folders are there when something is in them.
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const file = this.#files.get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file.content;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    const type = this.#files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.#files.set(uri.path, { content, changed: this.#clock++ });
    this.#changes.fire([{ type, uri }]);
  }

  delete(uri: vscode.Uri): void {
    if (!this.#files.delete(uri.path)) throw vscode.FileSystemError.FileNotFound(uri);
    this.#changes.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    this.writeFile(to, this.readFile(from));
    this.delete(from);
  }
}
