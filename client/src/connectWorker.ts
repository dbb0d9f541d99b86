import { BrowserMessageReader, BrowserMessageWriter, type MessageTransports } from 'vscode-languageclient/browser';

/** A worker as a connection that can end, as a process's does. */
export interface WorkerConnection extends MessageTransports {
  /** Ends the worker, and tells the client that the connection is closed. */
  end(): void;
}

/** Starts a server's worker and connects to it. A worker that cannot be loaded or dies of an error closes the connection. */
export function connectWorker(script: string): WorkerConnection {
  const worker = new Worker(script);
  const reader = new ClosableReader(worker);
  const writer = new BrowserMessageWriter(worker);
  let hasEnded = false;
  const end = (): void => {
    if (hasEnded) return;
    hasEnded = true;
    worker.terminate();
    reader.close();
  };
  worker.addEventListener('error', end);
  return { reader, writer, end };
}

/** A worker's messages never end by themselves, so the library's reader never says that they did. */
class ClosableReader extends BrowserMessageReader {
  close(): void {
    this.fireClose();
  }
}

// As much of the browser's class as is used: the library that declares it all would hide mistakes in the Node half.
declare const Worker: new (script: string) => ConstructorParameters<typeof BrowserMessageReader>[0] & {
  terminate(): void;
  addEventListener(type: 'error', listener: () => void): void;
};
