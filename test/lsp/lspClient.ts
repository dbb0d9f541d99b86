import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  CodeActionRequest,
  CompletionRequest,
  ConfigurationRequest,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  InlayHintRequest,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  type CompletionContext,
  type CompletionItem,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type InitializeResult,
  type InlayHint,
  type Position,
  type PublishDiagnosticsParams,
  type Range,
} from 'vscode-languageserver/node';
import { LineIndex } from '../../server/src/core/index.js';
import { startServer } from '../../server/src/lsp/startServer.js';
import {
  CHOICES,
  IDLE,
  RUBRICS,
  STATE,
  TIMING,
  type AnswerState,
  type InitializationOptions,
  type Method,
  type RoundTiming,
  type RubricText,
} from '../../server/src/protocol.js';

/** How a client differs from one that can do everything. */
export interface ClientOptions {
  /** Diagnostics are pulled unless this is false. */
  readonly pull?: boolean;
  /** Whether the server may ask for settings and be told of changes. */
  readonly configuration?: boolean;
  /** The `designAnswers` section. */
  readonly settings?: Record<string, unknown>;
  readonly initializationOptions?: InitializationOptions;
  /** Capabilities that replace the usual ones of `textDocument`. */
  readonly textDocument?: ClientCapabilities['textDocument'];
  readonly folders?: readonly string[];
}

/** A client that is connected to a server in this process. */
export interface LspClient {
  readonly initialized: InitializeResult;
  /** Every message that the server showed to the user, and every one that it logged. */
  readonly shown: readonly string[];
  readonly logged: readonly string[];
  /** Everything that was pushed, in order. */
  readonly published: readonly PublishDiagnosticsParams[];
  readonly states: readonly AnswerState[];
  /** How often the server asked to pull again. */
  refreshes(): number;
  /** Resolves at the next time that the server asks to pull again. */
  nextRefresh(): Promise<void>;
  /** Resolves at the next publication for an address. */
  nextPublication(uri: string): Promise<PublishDiagnosticsParams>;

  open(uri: string, text: string, languageId?: string): void;
  /** Replaces the first occurrence of some words in the open text. */
  replace(uri: string, words: string, by: string): void;
  /** Replaces a range, which may lie outside the text. */
  replaceRange(uri: string, range: Range, by: string): void;
  /** Replaces the whole text. */
  replaceAll(uri: string, text: string): void;
  save(uri: string): void;
  close(uri: string): void;
  textOf(uri: string): string;
  changeSettings(settings: Record<string, unknown>): void;
  sendRubrics(rubrics: readonly RubricText[]): void;
  sendRounds(rounds: readonly RoundTiming[]): void;

  pull(uri: string, previousResultId?: string, token?: CancellationToken): Promise<DocumentDiagnosticReport>;
  /** The findings of a pull, as `rule: words`. */
  findings(uri: string): Promise<string[]>;
  /** Pushed findings, as `rule: words` of the present text. */
  pushed(uri: string): string[];
  describe(uri: string, diagnostics: readonly Diagnostic[]): string[];
  hover(uri: string, words: string): Promise<Hover | null>;
  completions(uri: string, position: Position, context?: CompletionContext): Promise<CompletionItem[]>;
  inlayHints(uri: string, range: Range): Promise<InlayHint[]>;
  actions(uri: string, words: string, only?: string[]): Promise<CodeAction[]>;
  ask<Params, Result>(method: Method<Params, Result>, params: Params, token?: CancellationToken): Promise<Result>;
  /** Resolves when the server has dealt with everything sent before. */
  idle(uri?: string): Promise<AnswerState[]>;
  /** Asks the same, and lets time pass once the server has received the question. */
  idleAfter(passTime: () => Promise<unknown>): Promise<AnswerState[]>;
  rangeOf(uri: string, words: string): Range;
  stop(): Promise<void>;
}

/** Connects a client and a server through two streams. */
export async function connect(options: ClientOptions = {}): Promise<LspClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  startServer(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)));
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));

  let settings = options.settings ?? {};
  const texts = new Map<string, { text: string; version: number }>();
  const published: PublishDiagnosticsParams[] = [];
  const states: AnswerState[] = [];
  const shown: string[] = [];
  const logged: string[] = [];
  let refreshes = 0;
  const refreshWaiters: (() => void)[] = [];
  const publicationWaiters: { uri: string; resolve: (params: PublishDiagnosticsParams) => void }[] = [];

  connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => settings));
  connection.onRequest(RegistrationRequest.type, () => {});
  connection.onRequest(DiagnosticRefreshRequest.type, () => {
    refreshes++;
    for (const resolve of refreshWaiters.splice(0)) resolve();
  });
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    published.push(params);
    for (const waiter of [...publicationWaiters]) {
      if (waiter.uri !== params.uri) continue;
      publicationWaiters.splice(publicationWaiters.indexOf(waiter), 1);
      waiter.resolve(params);
    }
  });
  connection.onNotification(ShowMessageNotification.type, ({ message }) => void shown.push(message));
  connection.onNotification(LogMessageNotification.type, ({ message }) => void logged.push(message));
  connection.onNotification(STATE.method, (state: AnswerState) => void states.push(state));
  connection.listen();

  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: null,
    workspaceFolders: (options.folders ?? []).map((uri) => ({ uri, name: uri })),
    capabilities: capabilitiesOf(options),
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification(InitializedNotification.type, {});

  const client: LspClient = {
    initialized,
    shown,
    logged,
    published,
    states,
    refreshes: () => refreshes,
    nextRefresh: () => new Promise((resolve) => refreshWaiters.push(resolve)),
    nextPublication: (uri) => new Promise((resolve) => publicationWaiters.push({ uri, resolve })),
    open(uri, text, languageId = 'markdown') {
      texts.set(uri, { text, version: 1 });
      void connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      });
    },
    replace(uri, words, by) {
      change(
        uri,
        [{ range: client.rangeOf(uri, words), text: by }],
        client.textOf(uri).replace(words, () => by),
      );
    },
    replaceRange(uri, range, by) {
      const lines = new LineIndex(client.textOf(uri));
      const text = client.textOf(uri);
      change(
        uri,
        [{ range, text: by }],
        text.slice(0, lines.toOffset(range.start)) + by + text.slice(lines.toOffset(range.end)),
      );
    },
    replaceAll(uri, text) {
      change(uri, [{ text }], text);
    },
    save(uri) {
      void connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
    },
    close(uri) {
      texts.delete(uri);
      void connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    },
    textOf: (uri) => texts.get(uri)?.text ?? '',
    changeSettings(next) {
      settings = next;
      void connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { designAnswers: next } });
    },
    sendRubrics(rubrics) {
      void connection.sendNotification(RUBRICS.method, { rubrics });
    },
    sendRounds(rounds) {
      void connection.sendNotification(TIMING.method, { rounds });
    },
    pull: (uri, previousResultId, token) =>
      connection.sendRequest(
        DocumentDiagnosticRequest.type,
        { textDocument: { uri }, ...(previousResultId !== undefined && { previousResultId }) },
        token,
      ),
    async findings(uri) {
      const report = await client.pull(uri);
      if (report.kind !== 'full') throw new Error('The report was not a full one.');
      return client.describe(uri, report.items);
    },
    pushed(uri) {
      const last = published.findLast((params) => params.uri === uri);
      if (!last) throw new Error(`Nothing was published for ${uri}.`);
      return client.describe(uri, last.diagnostics);
    },
    describe(uri, diagnostics) {
      const text = client.textOf(uri);
      const lines = new LineIndex(text);
      return diagnostics.map(
        ({ code, range }) =>
          `${code ?? 'problem'}: ${text.slice(lines.toOffset(range.start), lines.toOffset(range.end))}`,
      );
    },
    hover: (uri, words) =>
      connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: client.rangeOf(uri, words).start }),
    async inlayHints(uri, range) {
      return (await connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range })) ?? [];
    },
    async completions(uri, position, context) {
      const result = await connection.sendRequest(CompletionRequest.type, {
        textDocument: { uri },
        position,
        ...(context && { context }),
      });
      return Array.isArray(result) ? result : (result?.items ?? []);
    },
    async actions(uri, words, only) {
      const result = await connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri },
        range: client.rangeOf(uri, words),
        context: { diagnostics: [], ...(only && { only }) },
      });
      return (result ?? []) as CodeAction[];
    },
    ask: (method, params, token) => connection.sendRequest(method.method, params, token),
    idle: (uri) => client.ask(IDLE, uri === undefined ? {} : { uri }),
    async idleAfter(passTime) {
      const idle = client.idle();
      await client.ask(CHOICES, null);
      await passTime();
      return idle;
    },
    rangeOf(uri, words) {
      const text = client.textOf(uri);
      const start = text.indexOf(words);
      if (start < 0) throw new Error(`"${words}" does not stand in ${uri}.`);
      return new LineIndex(text).toRange({ start, end: start + words.length });
    },
    async stop() {
      await connection.sendRequest(ShutdownRequest.type);
      connection.dispose();
    },
  };
  return client;

  function change(
    uri: string,
    contentChanges: ({ text: string } | { range: Range; text: string })[],
    text: string,
  ): void {
    const version = (texts.get(uri)?.version ?? 0) + 1;
    texts.set(uri, { text, version });
    void connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
  }
}

function capabilitiesOf({ pull = true, configuration = true, textDocument }: ClientOptions): ClientCapabilities {
  return {
    workspace: {
      configuration,
      workspaceFolders: true,
      didChangeConfiguration: { dynamicRegistration: configuration },
      ...(pull && { diagnostics: { refreshSupport: true } }),
    },
    textDocument: {
      ...(pull && { diagnostic: { relatedInformation: true, codeDescriptionSupport: true } }),
      publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, versionSupport: true },
      hover: { contentFormat: ['markdown', 'plaintext'] },
      completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
      ...textDocument,
    },
  };
}
