import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  State as ClientState,
  type BaseLanguageClient,
  type LanguageClientOptions,
} from 'vscode-languageclient';
import {
  COMMANDS,
  RUBRICS,
  STATE,
  TIMING,
  type AnswerState,
  type InitializationOptions,
  type Method,
  type RoundTiming,
  type RubricText,
} from '../../server/src/protocol.js';
import type { ServerStatus } from './api.js';
import { createTraceChannel } from './traceChannel.js';

/** A language client that was made but not started. */
export interface StartableClient {
  readonly client: BaseLanguageClient;
  /** Ends the server's process or worker at once, if it still runs. */
  kill(): void;
}

/** Makes a client for this platform: over a process in Node, over a worker on the web. */
export type ClientMaker = (options: LanguageClientOptions) => StartableClient;

/** A report that the editor shows. */
export interface ShownReport {
  readonly uri: string;
  readonly resultId: string | undefined;
}

/** The one server of this window, from the extension's point of view. */
export interface Server {
  readonly status: ServerStatus;
  readonly onDidChangeStatus: vscode.Event<ServerStatus>;
  readonly onDidReceiveState: vscode.Event<AnswerState>;
  readonly onDidShow: vscode.Event<ShownReport>;
  /** Starts the server unless it runs; resolves when it answers, rejects when it does not come up. */
  start(): Promise<void>;
  /** Ends the server, whatever state it is in, and starts it anew. */
  restart(): Promise<void>;
  /** Sends a request, starting the server if need be. */
  ask<Params, Result>(method: Method<Params, Result>, params: Params): Promise<Result>;
  /** Hands over the rubric files, now and at each later start. */
  sendRubrics(rubrics: readonly RubricText[]): void;
  /** Hands over what rounds measured and which answers are quiet, now and at each later start. */
  sendRounds(rounds: readonly RoundTiming[]): void;
  /** Ends the process or worker as a crash would. */
  kill(): void;
  /** Ends the server for good. */
  stop(): Promise<void>;
}

/** Crashes within `CRASH_SPAN` milliseconds after which the server stays down until someone restarts it. */
const MOST_CRASHES = 5;
const CRASH_SPAN = 3 * 60 * 1000;
/** Milliseconds that the server is given to end by itself. */
const FAREWELL = 2000;

/**
 * Prepares the server; nothing runs until `start`.
 *
 * @param prepared resolves when the first start may be made: what is handed over at a start should be known by then.
 */
export function createServer(
  makeClient: ClientMaker,
  log: vscode.LogOutputChannel,
  prepared: () => Promise<void>,
): Server {
  const statuses = new vscode.EventEmitter<ServerStatus>();
  const states = new vscode.EventEmitter<AnswerState>();
  const shows = new vscode.EventEmitter<ShownReport>();
  const trace = createTraceChannel(log);
  let status: ServerStatus = 'off';
  let rubrics: readonly RubricText[] = [];
  let rounds: readonly RoundTiming[] = [];
  let current: StartableClient | null = null;
  let crashes: number[] = [];
  let isStopped = false;

  return {
    get status() {
      return status;
    },
    onDidChangeStatus: statuses.event,
    onDidReceiveState: states.event,
    onDidShow: shows.event,
    start,
    async restart() {
      crashes = [];
      await end();
      await start();
    },
    async ask(method, params) {
      await start();
      if (!current) throw new Error('The language server does not run.');
      return current.client.sendRequest(method.method, params);
    },
    sendRubrics,
    sendRounds,
    kill: () => current?.kill(),
    async stop() {
      isStopped = true;
      await end();
      vscode.Disposable.from(trace, statuses, states, shows).dispose();
    },
  };

  function start(): Promise<void> {
    if (status === 'off' && !isStopped) launch();
    return new Promise((resolve, reject) => {
      const settle = (): boolean => {
        if (status === 'starting') return false;
        if (status === 'running') resolve();
        else reject(new Error('The language server does not run; the command "Restart Language Server" starts it.'));
        return true;
      };
      if (settle()) return;
      const listener = statuses.event(() => {
        if (settle()) listener.dispose();
      });
    });
  }

  /**
   * Each start makes a client of its own. The library could restart one after a crash, but when the server dies while it starts, the
   * library takes the new start for the failed one.
   */
  function launch(): void {
    setStatus('starting');
    void prepared().then(() => {
      // Meanwhile it may have been ended, or started by somebody else.
      if (status === 'starting' && current === null && !isStopped) make();
    });
  }

  function make(): void {
    const given = { rubrics, rounds };
    const made = makeClient(clientOptions(given, () => recover(made)));
    current = made;
    made.client.onNotification(STATE.method, (state: AnswerState) => {
      if (current === made) states.fire(state);
    });
    made.client.start().then(
      () => {
        if (current !== made) return;
        setStatus('running');
        if (rubrics !== given.rubrics) sendRubrics(rubrics);
        if (rounds !== given.rounds) sendRounds(rounds);
      },
      (error: unknown) => {
        logError(error);
        if (current === made) setStatus('stopped');
      },
    );
  }

  function sendRubrics(next: readonly RubricText[]): void {
    rubrics = next;
    if (status === 'running') current?.client.sendNotification(RUBRICS.method, { rubrics }).catch(logError);
  }

  function sendRounds(next: readonly RoundTiming[]): void {
    rounds = next;
    if (status === 'running') current?.client.sendNotification(TIMING.method, { rounds }).catch(logError);
  }

  async function end(): Promise<void> {
    const ending = current;
    current = null;
    if (ending) {
      // A client that is starting cannot be asked to stop; its server can only be ended.
      if (ending.client.state === ClientState.Running) await ending.client.dispose(FAREWELL).catch(logError);
      ending.kill();
    }
    setStatus('off');
  }

  /** The server ended without being asked to. */
  function recover(crashed: StartableClient): void {
    if (current !== crashed || isStopped) return;
    current = null;
    const now = Date.now();
    crashes = [...crashes.filter((time) => now - time < CRASH_SPAN), now];
    if (crashes.length < MOST_CRASHES) {
      log.warn('The language server ended unexpectedly and is started again.');
      setStatus('starting');
      // Not before the library has put away what belonged to the old one.
      setTimeout(() => {
        if (current === null && status === 'starting') launch();
      }, 0);
      return;
    }
    log.error(`The language server ended ${MOST_CRASHES} times within three minutes and is not started again.`);
    setStatus('stopped');
    void vscode.window
      .showErrorMessage('Design Answers: the language server keeps ending unexpectedly.', 'Restart', 'Show Output')
      .then((choice) => {
        if (choice === 'Restart') void vscode.commands.executeCommand('designAnswers.restart');
        else if (choice) log.show();
      });
  }

  function clientOptions(
    given: Pick<Required<InitializationOptions>, 'rubrics' | 'rounds'>,
    onCrash: () => void,
  ): LanguageClientOptions {
    return {
      documentSelector: [{ language: 'markdown' }],
      outputChannel: log,
      traceOutputChannel: trace,
      initializationOptions: {
        ...given,
        commands: Object.values(COMMANDS),
        state: true,
      } satisfies InitializationOptions,
      diagnosticPullOptions: { onChange: true, onSave: true },
      errorHandler: {
        // A connection that is really broken closes.
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          onCrash();
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      middleware: {
        didOpen: async (document, next) => {
          if (isServed(document)) await next(document);
        },
        async provideDiagnostics(document, previousResultId, token, next) {
          const report = await next(document, previousResultId, token);
          const uri = document instanceof vscode.Uri ? document : document.uri;
          // The library puts the report into the editor after this returns.
          if (report) setTimeout(() => shows.fire({ uri: uri.toString(), resultId: report.resultId }), 0);
          return report;
        },
      },
    };
  }

  function setStatus(next: ServerStatus): void {
    if (status === next) return;
    status = next;
    statuses.fire(next);
  }

  function logError(error: unknown): void {
    log.error(error instanceof Error ? error : String(error));
  }
}

/**
 * Whether a document belongs to the server: files and untitled documents, and files of any other writable file system, `vscode-vfs:` among
 * them. The rest (an old version in a diff, a notebook's cell, a preview) is nothing that anyone writes.
 */
export function isServed(document: vscode.TextDocument): boolean {
  const { scheme } = document.uri;
  return (
    document.languageId === 'markdown' &&
    (['file', 'untitled', 'vscode-vfs'].includes(scheme) || vscode.workspace.fs.isWritableFileSystem(scheme) === true)
  );
}
