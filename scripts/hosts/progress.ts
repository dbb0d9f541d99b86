/** Shows what a long step is doing. Every call takes one line of text without a line end. */
export interface Progress {
  /** Says that something has happened; stays on the screen. */
  say(line: string): void;
  /** Says how far a step is; replaced by the next one on a terminal, thinned out elsewhere. */
  tick(line: string): void;
}

/** Writes progress to standard error, so that standard output stays free for results. */
export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const interactive = stream.isTTY === true && process.env['CI'] === undefined;
  let ticking = false;
  let lastTick = 0;
  return {
    say(line) {
      if (ticking) stream.write('\r\x1b[K');
      ticking = false;
      stream.write(`${line}\n`);
    },
    tick(line) {
      if (interactive) {
        stream.write(`\r\x1b[K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
        ticking = true;
      } else if (Date.now() - lastTick > 15_000) {
        // A log that cannot be rewritten gets a sign of life now and then instead of a flood.
        stream.write(`${line}\n`);
        lastTick = Date.now();
      }
    },
  };
}
