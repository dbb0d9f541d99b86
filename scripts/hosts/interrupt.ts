/** The reason of a signal from {@link interruptSignal}. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted.');
  }
}

/**
 * A signal that is aborted by Ctrl+C or by a request to end, so that what was started can be ended in order. A second Ctrl+C
 * does not wait for that.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Interrupted());
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
  return controller.signal;
}
