import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith } from './activate.js';
import type { DesignAnswersApi } from './api.js';

/** VS Code calls this where extensions run in Node: the server is a process of its own. */
export function activate(context: vscode.ExtensionContext): DesignAnswersApi {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.node.cjs').fsPath;
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  return activateWith(context, (options) => {
    const client = new LanguageClient('designAnswers', 'Design Answers', { run, debug }, options);
    return { client, kill: () => void client.serverProcess?.kill('SIGKILL') };
  });
}

export { deactivate } from './activate.js';
