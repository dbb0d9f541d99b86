import * as vscode from 'vscode';
import type { DesignAnswersApi } from '../../../client/src/api.js';
import { ok } from './assert.js';
import { extensionId } from './editor.js';

/** Activates the extension under test and returns what it exports. */
export async function startedExtension(): Promise<DesignAnswersApi> {
  const extension = vscode.extensions.getExtension<DesignAnswersApi>(extensionId);
  ok(extension, `the extension ${extensionId}`);
  return extension.activate();
}
