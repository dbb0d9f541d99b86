import { createConnection } from 'vscode-languageserver/node';
import { startServer } from './lsp/startServer.js';

// The transport is told on the command line: --node-ipc from our client, --stdio from other editors.
startServer(createConnection());
