import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateWith } from './activate.js';
import type { DesignAnswersApi } from './api.js';
import { connectWorker } from './connectWorker.js';

/** VS Code calls this where extensions run in a browser's worker: the server is a worker beside it. */
export function activate(context: vscode.ExtensionContext): DesignAnswersApi {
  const server = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.worker.js').toString(true);
  return activateWith(context, (options) => {
    let end = (): void => {};
    const client = new LanguageClient('designAnswers', 'Design Answers', connect, options);
    return { client, kill: () => end() };

    function connect() {
      const connected = connectWorker(server);
      end = connected.end;
      return Promise.resolve(connected);
    }
  });
}

export { deactivate } from './activate.js';
