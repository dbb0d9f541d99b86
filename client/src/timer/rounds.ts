import type * as vscode from 'vscode';
import type { Round, RoundEvent } from './clock.js';

/** A change of a round. */
export interface RoundChange {
  readonly before: Round | undefined;
  readonly after: Round;
  readonly event: RoundEvent | { readonly type: 'start' };
}

/** The rounds of this window: one an answer at most, each with its own time. */
export interface Rounds {
  /** The last round of an answer, running or finished. */
  of(uri: vscode.Uri): Round | undefined;
  /** The last round of every answer, the latest start first. */
  all(): readonly Round[];
  /** After every change but a heartbeat: sections, pauses, interruptions, the end. */
  readonly onDidChange: vscode.Event<RoundChange>;
  /** Every second while a round runs, with what it has become. */
  readonly onDidTick: vscode.Event<Round>;
  /** Passes an event on to an answer's round; undefined where there is none, or another window owns it. */
  send(uri: vscode.Uri, event: RoundEvent): Round | undefined;
}
