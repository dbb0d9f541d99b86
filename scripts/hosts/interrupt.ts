/** The reason of a signal from {@link interruptSignal}. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted.');
  }
}

/** npm and tsx pass a Ctrl+C on to a process that the terminal has told already: within this time it is the same one. */
const SAME_INTERRUPT = 1500;

/**
 * A signal that is aborted by Ctrl+C or by a request to end, so that what was started can be ended in order. A second Ctrl+C
 * does not wait for that.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const interrupt = (): void => {
    if (!controller.signal.aborted) {
      first = Date.now();
      controller.abort(new Interrupted());
    } else if (Date.now() - first > SAME_INTERRUPT) {
      process.exit(130);
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
  return controller.signal;
}
