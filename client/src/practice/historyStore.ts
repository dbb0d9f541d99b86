import type { HistoryRound } from '../../../server/src/protocol.js';
import { parseHistory, toLine, withRounds, type History } from './history.js';

/** The folder that the history is kept in, as any file system has it; names are those of files directly in it. */
export interface HistoryFolder {
  /** The names of its files; none where the folder is not there. */
  list(): Promise<readonly string[]>;
  /** A file's text, or null where it is not there. */
  read(name: string): Promise<string | null>;
  /** Writes a file, over one that is there. It may be read half-written meanwhile. */
  write(name: string, text: string): Promise<void>;
  /** Gives a file another name. @throws where it is gone, or where `overwrite` is false and the new name is taken. */
  rename(from: string, to: string, overwrite: boolean): Promise<void>;
  /** Removes a file, if it is there. */
  remove(name: string): Promise<void>;
}

/** The history of rounds. */
export interface HistoryStore {
  read(): Promise<History>;
  /** Adds a round; when it resolves, the round is kept. */
  add(round: HistoryRound): Promise<void>;
  /** Removes everything, also what another window is about to add. */
  clear(): Promise<void>;
}

/** The file of the history. */
export const HISTORY_FILE = 'history.jsonl';
/** A round that is not in the file for certain yet, in a file of its own. */
const ROUND_FILE = /^round-(\d+)-.+\.json$/;
/** The next text of the file, written but not yet in its place. */
const NEXT_FILE = /^next-.+\.jsonl$/;
/** What a killed window may leave behind, with the time at which it was made. */
const LEFTOVER = /^(?:next|draft)-(\d+)-/;
/** Milliseconds that a round's own file stays after its line is in the history: longer than any window takes between reading and writing. */
const SETTLED_AFTER = 60_000;
/** Attempts before a disturbed write is given up; the round's own file is kept all the same. */
const MOST_ATTEMPTS = 20;

/**
 * Keeps the history so that any number of windows may write, and any of them may be killed at any moment, and no round is lost:
 *
 * - A round goes into a file of its own first. It is deleted only a minute after its line was seen in the history.
 * - The history is never written in place: its next text is written beside it and then takes its name in one step. Whoever writes reads the file and
 *   all rounds' files first and adds what is missing; when another window was faster and a line is gone, the next write adds it again.
 * - What stands in the file stays, damaged lines too.
 *
 * @param now milliseconds since 1970.
 * @param unique a name that no other window makes.
 */
export function createHistoryStore(folder: HistoryFolder, now: () => number, unique: () => string): HistoryStore {
  let queue: Promise<unknown> = Promise.resolve();
  return {
    read: () => inTurn(async () => parseHistory(await merge())),
    add: (round) =>
      inTurn(async () => {
        const name = `round-${now()}-${unique()}.json`;
        // Written whole before it has a name that anybody reads.
        const draft = `draft-${now()}-${unique()}`;
        await folder.write(draft, toLine(round));
        await folder.rename(draft, name, false);
        await merge();
      }),
    clear: () =>
      inTurn(async () => {
        for (const name of await folder.list())
          if (ROUND_FILE.test(name) || LEFTOVER.test(name)) await folder.remove(name);
        await folder.remove(HISTORY_FILE);
      }),
  };

  /** One at a time in this window. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  /** Brings the rounds that have files of their own into the history. Gives the history's text. */
  async function merge(): Promise<string> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const waiting = await waitingRounds();
      const { text, isThere } = await readText();
      const next = withRounds(
        text,
        waiting.flatMap(({ rounds }) => rounds),
      );
      if (next === text && (isThere || text === '')) {
        await removeSettled(waiting);
        return text;
      }
      await replace(next, isThere);
    }
    throw new Error('The history could not be written: another program keeps changing it.');
  }

  async function waitingRounds(): Promise<{ name: string; since: number; rounds: readonly HistoryRound[] }[]> {
    const waiting = [];
    for (const name of [...(await folder.list())].sort()) {
      const since = ROUND_FILE.exec(name)?.[1];
      if (since === undefined) continue;
      const text = await folder.read(name);
      waiting.push({ name, since: Number(since), rounds: text === null ? [] : parseHistory(text).rounds });
    }
    return waiting;
  }

  /** The history's text. Where the file is not there, a window may be putting the next one in its place, or have been killed in doing so. */
  async function readText(): Promise<{ text: string; isThere: boolean }> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const text = await folder.read(HISTORY_FILE);
      if (text !== null) return { text, isThere: true };
      const names = (await folder.list()).filter((name) => NEXT_FILE.test(name));
      const texts = await Promise.all(names.map((name) => folder.read(name)));
      const found = texts.filter((each) => each !== null);
      // The longest holds what the others hold: each was made of the file and added to it.
      if (found.length > 0) return { text: found.reduce((a, b) => (b.length > a.length ? b : a)), isThere: false };
      // None: it has taken its place since the first look, or there is no history.
      const again = await folder.read(HISTORY_FILE);
      if (again !== null) return { text: again, isThere: true };
      if (names.length === 0) return { text: '', isThere: false };
    }
    return { text: '', isThere: false };
  }

  async function replace(text: string, isThere: boolean): Promise<void> {
    const name = `next-${now()}-${unique()}.jsonl`;
    await folder.write(name, text);
    try {
      // Where no history was seen, one that has come since must not be overwritten.
      await folder.rename(name, HISTORY_FILE, isThere);
    } catch {
      // Another window was faster; what it wrote is read anew.
    }
    await folder.remove(name);
  }

  async function removeSettled(waiting: readonly { name: string; since: number }[]): Promise<void> {
    const limit = now() - SETTLED_AFTER;
    for (const { name, since } of waiting) if (since < limit) await folder.remove(name);
    for (const name of await folder.list()) {
      const made = LEFTOVER.exec(name)?.[1];
      if (made !== undefined && Number(made) < limit) await folder.remove(name);
    }
  }
}
