import * as vscode from 'vscode';
import type { RubricText } from '../../server/src/protocol.js';

/** The folder of a workspace whose rubric files are always read. */
const FOLDER = '.design-answers';
const MOST_FILES = 500;
const LARGEST_FILE = 1_000_000;
const DEEPEST_FOLDER = 6;
/** Milliseconds in which several changes of files are taken as one. */
const LULL = 100;

/** The rubric files of the user's own: those in `.design-answers/` of each workspace folder, and those that the settings name. */
export interface RubricFiles extends vscode.Disposable {
  /** Their texts as last read. */
  texts(): readonly RubricText[];
  /** Resolves when every change so far has been read. */
  whenRead(): Promise<void>;
  /** A file was added, changed or removed, or the settings name others. */
  readonly onDidChange: vscode.Event<readonly RubricText[]>;
}

/** Reads and watches rubric files through the editor's file system, so that they work wherever its folders are. */
export function watchRubricFiles(log: vscode.LogOutputChannel): RubricFiles {
  const changes = new vscode.EventEmitter<readonly RubricText[]>();
  let watchers: vscode.Disposable[] = [];
  let texts: readonly RubricText[] = [];
  let lull: { timer: ReturnType<typeof setTimeout>; end: () => void } | undefined;
  let reading: Promise<void> = Promise.resolve();
  let isDisposed = false;

  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidChangeWorkspaceFolders(startOver),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('designAnswers.rubrics')) startOver();
    }),
  );
  watch();
  reading = read();

  return {
    texts: () => texts,
    whenRead: async () => {
      let seen: Promise<void>;
      do {
        seen = reading;
        await seen;
      } while (seen !== reading);
    },
    onDidChange: changes.event,
    dispose() {
      isDisposed = true;
      if (lull) {
        clearTimeout(lull.timer);
        lull.end();
      }
      listeners.dispose();
      vscode.Disposable.from(...watchers).dispose();
      changes.dispose();
    },
  };

  function startOver(): void {
    watch();
    schedule();
  }

  function watch(): void {
    vscode.Disposable.from(...watchers).dispose();
    watchers = rubricPlaces().flatMap((place) => {
      const isFile = isRubricFile(place);
      const base = isFile ? vscode.Uri.joinPath(place, '..') : place;
      const glob = isFile ? (place.path.split('/').pop() ?? '') : '**/*.{yaml,yml,json}';
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(base, glob));
      return [watcher, watcher.onDidChange(schedule), watcher.onDidCreate(schedule), watcher.onDidDelete(schedule)];
    });
    // A folder's coming and going is told of the folder alone, not of the files in it.
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, FOLDER), false, true);
      watchers.push(watcher, watcher.onDidCreate(startOver), watcher.onDidDelete(startOver));
    }
  }

  /** Reads again when the changes have come to rest: saving a file can be several of them. */
  function schedule(): void {
    if (isDisposed) return;
    const end = lull?.end ?? beginLull();
    if (lull) clearTimeout(lull.timer);
    const timer = setTimeout(() => {
      lull = undefined;
      end();
    }, LULL);
    lull = { timer, end };
  }

  function beginLull(): () => void {
    let end = (): void => {};
    const over = new Promise<void>((resolve) => (end = resolve));
    reading = reading.then(() => over).then(read);
    return end;
  }

  async function read(): Promise<void> {
    if (isDisposed) return;
    const found = new Map<string, RubricText>();
    for (const place of rubricPlaces()) await collect(place, found, log, 0);
    const next = [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    if (JSON.stringify(next) === JSON.stringify(texts)) return;
    texts = next;
    changes.fire(texts);
  }
}

/** Files and folders to look into; a relative path in the settings starts at each workspace folder. */
function rubricPlaces(): vscode.Uri[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const places = new Map<string, vscode.Uri>();
  const add = (place: vscode.Uri): void => void places.set(place.toString(), place);
  for (const folder of folders) add(vscode.Uri.joinPath(folder.uri, FOLDER));
  for (const scope of folders.length > 0 ? folders.map((folder) => folder.uri) : [undefined]) {
    for (const path of settingOf(scope)) {
      if (/^(?:\/|[a-z]:[\\/])/i.test(path))
        add(scope ? scope.with({ path: vscode.Uri.file(path).path }) : vscode.Uri.file(path));
      else if (scope) add(vscode.Uri.joinPath(scope, path));
    }
  }
  return [...places.values()];
}

function settingOf(scope: vscode.Uri | undefined): string[] {
  const value: unknown = vscode.workspace.getConfiguration('designAnswers', scope).get('rubrics');
  return Array.isArray(value)
    ? value.filter((path): path is string => typeof path === 'string' && path.trim() !== '')
    : [];
}

async function collect(
  place: vscode.Uri,
  found: Map<string, RubricText>,
  log: vscode.LogOutputChannel,
  depth: number,
): Promise<void> {
  if (found.size >= MOST_FILES) return;
  const entries = isRubricFile(place) ? null : await listFolder(place);
  if (entries) {
    if (depth >= DEEPEST_FOLDER) return;
    for (const [name, type] of entries) {
      const entry = vscode.Uri.joinPath(place, name);
      if (type & vscode.FileType.Directory || isRubricFile(entry)) await collect(entry, found, log, depth + 1);
    }
    return;
  }
  try {
    const { size } = await vscode.workspace.fs.stat(place);
    if (size > LARGEST_FILE) {
      log.warn(`${place.toString(true)} is too large for a rubric file and is passed over.`);
      return;
    }
    const bytes = await vscode.workspace.fs.readFile(place);
    found.set(place.toString(), { path: place.toString(), text: new TextDecoder().decode(bytes) });
  } catch (error) {
    // `.design-answers` is in few workspaces; a file that was named and is not there is worth a line.
    if (isRubricFile(place)) log.warn(`${place.toString(true)} cannot be read: ${String(error)}`);
  }
}

async function listFolder(place: vscode.Uri): Promise<[string, vscode.FileType][] | null> {
  try {
    return await vscode.workspace.fs.readDirectory(place);
  } catch {
    return null;
  }
}

function isRubricFile(place: vscode.Uri): boolean {
  return /\.(?:ya?ml|json)$/i.test(place.path);
}
