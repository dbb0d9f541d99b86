import {
  DidChangeConfigurationNotification,
  MessageType,
  ShowMessageNotification,
  type Connection,
  type InitializeParams,
} from 'vscode-languageserver';
import { readSettings, unknownNames, type Rubric, type Settings } from '../core/index.js';
import type { Guard } from './guard.js';

/** Where a document's settings come from. */
export interface Configuration {
  /** The settings that apply to a document. The same object is given until a setting changes. */
  settingsFor(uri: string): Promise<Settings>;
  /** Forgets the settings of a document that was closed. */
  forget(uri: string): void;
  /** Tells, once each, which names in the settings the rubric does not know. */
  check(settings: Settings, rubric: Rubric): void;
  /** Asks the editor to say when a setting changes; to be called when the editor is ready for it. */
  register(): void;
}

/**
 * Reads settings from the editor: document by document where it can be asked, else as it sends them. `onChange` is called after each
 * change, when `settingsFor` gives new values.
 */
export function createConfiguration(
  connection: Connection,
  guard: Guard,
  params: InitializeParams,
  initial: unknown,
  onChange: () => void,
): Configuration {
  const canBeAsked = params.capabilities.workspace?.configuration === true;
  const canRegister = params.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
  const byDocument = new Map<string, Promise<Settings>>();
  const told = new Set<string>();
  let sent: Settings | null = null;
  let sentRaw: unknown = initial;

  connection.onDidChangeConfiguration((change) => {
    byDocument.clear();
    const raw = sectionOf(change.settings);
    if (raw !== undefined) sentRaw = raw;
    sent = null;
    onChange();
  });

  return {
    settingsFor(uri) {
      if (!canBeAsked) return Promise.resolve((sent ??= read(sentRaw)));
      let settings = byDocument.get(uri);
      if (!settings) {
        settings = guard('Reading the settings', uri, sentRaw, () =>
          connection.workspace.getConfiguration({ scopeUri: uri, section: 'designAnswers' }),
        ).then((raw) => read(raw ?? sentRaw));
        byDocument.set(uri, settings);
      }
      return settings;
    },
    forget(uri) {
      byDocument.delete(uri);
    },
    check(settings, rubric) {
      unknownNames(settings, rubric).forEach(tell);
    },
    register() {
      if (!canRegister) return;
      void guard('Asking to be told of settings', null, undefined, async () => {
        await connection.client.register(DidChangeConfigurationNotification.type, { section: 'designAnswers' });
      });
    },
  };

  function read(raw: unknown): Settings {
    const { settings, problems } = readSettings(raw);
    problems.forEach(tell);
    return settings;
  }

  /** Says it once: settings are read for each document, and again whenever one of them changes. */
  function tell(problem: string): void {
    if (told.has(problem)) return;
    told.add(problem);
    connection.console.warn(problem);
    // A message, not a question with buttons, which the library's own function would send.
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: problem });
  }
}

/** Our section in what an editor sends: under its name, as Neovim and others do, or by itself. */
function sectionOf(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null) return undefined;
  return 'designAnswers' in settings ? settings.designAnswers : settings;
}
