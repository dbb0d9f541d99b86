/** Shows how far a long run has come. */
export interface Progress {
  /** @param done how many files are done. */
  readonly show: (done: number) => void;
  /** Takes the line away, so that other output can be written. */
  readonly clear: () => void;
}

/** Within this time no one wonders. Milliseconds. */
const PATIENCE = 1000;
const PAUSE = 100;

/** Progress on standard error; only on a terminal, and only when it takes longer than a second. */
export function showProgress(total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  const started = Date.now();
  let shownAt = 0;
  let isShown = false;
  return {
    show(done) {
      const now = Date.now();
      if (!stream.isTTY || now - started < PATIENCE || now - shownAt < PAUSE) return;
      shownAt = now;
      isShown = true;
      stream.write(`\r\x1b[K${done} of ${total} files`);
    },
    clear() {
      if (isShown) stream.write('\r\x1b[K');
      isShown = false;
    },
  };
}
