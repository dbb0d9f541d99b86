import type { Connection } from 'vscode-languageserver';
import { countProblems, toDiagnostic, toFrameworkInfo, type ClientLimits } from './convert.js';
import type { Guard } from './guard.js';
import type { OpenDocument } from './openDocument.js';
import { STATE, type AnswerState } from '../protocol.js';

/** Milliseconds that a pulling client is given to pull by itself after a save or a pause, before it is asked to. */
const GRACE = 150;

/** How the client gets its diagnostics. */
export interface DeliveryMode {
  /** The client pulls; else we push. Never both for one document. */
  readonly isPulled: boolean;
  readonly canRefresh: boolean;
  readonly wantsState: boolean;
  readonly limits: ClientLimits;
}

/** Brings what is shown to the client. */
export interface Delivery {
  /** The state of a document, as last recognized. */
  stateOf(document: OpenDocument): AnswerState;
  /** Sends, or asks the client to fetch, what it has not got yet; with `soon`, after it had time to fetch it by itself. */
  deliver(document: OpenDocument, when: 'now' | 'soon'): void;
  /** Notes that a pull got what is shown now, and gives the report's id. */
  handOver(document: OpenDocument): string;
  /** Takes back what was pushed for a document that was closed. */
  takeBack(document: OpenDocument): void;
  dispose(): void;
}

/** Makes the delivery of one connection. */
export function createDelivery(connection: Connection, guard: Guard, mode: DeliveryMode): Delivery {
  // Ids of another run of the server must not look like ours: a client may still hold one after a restart.
  const run = Date.now().toString(36);
  const delivered = new Map<OpenDocument, string>();
  // Of each document, what the client was last asked to fetch: it is asked once for each.
  const askedFor = new Map<OpenDocument, string>();
  const states = new Map<OpenDocument, string>();
  let refresh: { readonly timer: ReturnType<typeof setTimeout>; readonly isNow: boolean } | null = null;

  return {
    stateOf,
    deliver(document, when) {
      if (document.isClosed) return;
      sendState(document);
      if (delivered.get(document) === idOf(document)) return;
      if (!mode.isPulled) push(document);
      else if (mode.canRefresh) scheduleRefresh(when === 'now');
    },
    handOver(document) {
      if (!document.isClosed) delivered.set(document, idOf(document));
      return idOf(document);
    },
    takeBack(document) {
      states.delete(document);
      askedFor.delete(document);
      if (delivered.delete(document) && !mode.isPulled) {
        void guard('Taking diagnostics back', document.uri, undefined, () =>
          connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }),
        );
      }
    },
    dispose() {
      if (refresh) clearTimeout(refresh.timer);
      refresh = null;
    },
  };

  function idOf(document: OpenDocument): string {
    return `${run}-${document.stamp}`;
  }

  function stateOf(document: OpenDocument): AnswerState {
    const recognition = document.memo?.recognition ?? null;
    const framework = document.memo?.review?.framework ?? recognition?.framework ?? null;
    return {
      uri: document.uri,
      version: document.version,
      isAnswer: recognition !== null,
      framework: framework ? toFrameworkInfo(framework) : null,
      counts: countProblems(document.shown ?? []),
      isQuiet: document.memo?.isQuiet ?? false,
      isReviewed: document.shown !== null,
      resultId: idOf(document),
    };
  }

  function sendState(document: OpenDocument): void {
    if (!mode.wantsState) return;
    const state = stateOf(document);
    // Another version alone is no news.
    const key = JSON.stringify({ ...state, version: 0 });
    if (states.get(document) === key) return;
    states.set(document, key);
    void guard('Sending the state', document.uri, undefined, () => connection.sendNotification(STATE.method, state));
  }

  function push(document: OpenDocument): void {
    const { shown } = document;
    if (!shown) return;
    delivered.set(document, idOf(document));
    const diagnostics = shown.map((item) => toDiagnostic(document, item, mode.limits));
    void guard('Publishing diagnostics', document.uri, undefined, () =>
      connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics }),
    );
  }

  /** One refresh for all documents: the client then asks for each of them, and gets "unchanged" for most. */
  function scheduleRefresh(isNow: boolean): void {
    if (refresh && (refresh.isNow || !isNow)) return;
    if (refresh) clearTimeout(refresh.timer);
    const fire = (): void => {
      refresh = null;
      const waiting = [...delivered].filter(
        ([document, id]) => id !== idOf(document) && askedFor.get(document) !== idOf(document),
      );
      if (waiting.length === 0) return;
      for (const [document] of waiting) askedFor.set(document, idOf(document));
      void guard('Refreshing', null, undefined, () => connection.languages.diagnostics.refresh());
    };
    refresh = { isNow, timer: setTimeout(fire, isNow ? 0 : GRACE) };
  }
}
