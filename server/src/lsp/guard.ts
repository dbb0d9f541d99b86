import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection } from 'vscode-languageserver';

/**
 * Runs what a handler does. A bug in it is logged with the document's address and its stack, and the caller gets `neutral` instead: one
 * failing handler never takes the rest down, and nobody reads a stack in their editor. Rejects for one reason only: the
 * request was cancelled, before or while it ran.
 */
export type Guard = <T>(
  what: string,
  uri: string | null,
  neutral: T,
  run: () => T | Promise<T>,
  token?: CancellationToken,
) => Promise<T>;

/** Makes the guard of one connection, which is put around every handler and timer. */
export function createGuard(connection: Connection): Guard {
  return async (what, uri, neutral, run, token) => {
    throwIfCancelled(token);
    try {
      const result = await run();
      throwIfCancelled(token);
      return result;
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      connection.console.error(`${what} failed${uri === null ? '' : ` on ${uri}`}: ${describe(error)}`);
      return neutral;
    }
  };
}

/** Ends a request that nobody waits for any more; the editor asks again when it needs to. */
export function throwIfCancelled(token: CancellationToken | undefined): void {
  if (token?.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
