import * as vscode from 'vscode';
import { answerWithoutFailureModes } from './answers.js';
import { equal, includes, ok } from './assert.js';
import { extensionId, openFile, openUntitled, rulesOf, until } from './editor.js';
import { startedExtension } from './extension.js';
import { describe, test } from './registry.js';

describe('snippets', () => {
  test('insertSection writes a section with its tab stops', async (t) => {
    await startedExtension();
    const editor = await openFile(t, 'section.md', answerWithoutFailureModes);
    const uri = editor.document.uri.toString();
    await vscode.commands.executeCommand('designAnswers.insertSection', { uri, section: 'failure-modes' });
    includes(editor.document.getText(), '## Constraints and failure modes');

    const typed = 'Contracts of 300 pages';
    const first = editor.selection;
    ok(!first.isEmpty, 'the first tab stop is selected');
    await vscode.commands.executeCommand('type', { text: typed });
    const end = first.start.translate(0, typed.length);
    equal(editor.document.getText(new vscode.Range(first.start, end)), typed, 'what replaces the first tab stop');

    const moved = until(
      vscode.window.onDidChangeTextEditorSelection,
      () => (editor.selection.start.isAfter(end) && !editor.selection.isEmpty ? editor.selection : undefined),
      () => `the second tab stop after ${JSON.stringify(end)}; the selection is ${JSON.stringify(editor.selection)}`,
    );
    await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
    await moved;
  });

  test('every contributed snippet goes in with a tab stop', async (t) => {
    const editor = await openUntitled(t, '');
    for (const name of await snippetNames()) {
      await editor.edit((edit) => {
        edit.delete(new vscode.Range(0, 0, editor.document.lineCount, 0));
      });
      await vscode.commands.executeCommand('editor.action.insertSnippet', { langId: 'markdown', name });
      ok(editor.document.getText().trim(), `text of “${name}”`);
      ok(!/\$\{?\d/.test(editor.document.getText()), `no unread tab stop in “${name}”`);
      ok(!editor.selection.isEmpty, `a selected tab stop in “${name}”`);
      await vscode.commands.executeCommand('leaveSnippet');
    }
  });

  test('a fresh template shows at most one finding a section', async (t) => {
    const { whenIdle } = await startedExtension();
    const templates = (await snippetNames()).filter((name) => name.startsWith('Answer:'));
    ok(templates.length >= 2, 'a template for each framework');
    for (const [index, name] of templates.entries()) {
      const editor = await openFile(t, `fresh-${index}.md`, '');
      await vscode.commands.executeCommand('editor.action.insertSnippet', { langId: 'markdown', name });
      await editor.document.save();
      const { isAnswer } = await whenIdle();
      equal(isAnswer, true, `whether “${name}” makes an answer`);
      const rules = rulesOf(editor.document.uri);
      ok(rules.length <= 5, `at most five findings in “${name}”, not: ${rules.join(', ')}`);
    }
  });

  test('completion on # offers the missing section first', async (t) => {
    const { whenIdle } = await startedExtension();
    const editor = await openFile(t, 'completed.md', `${answerWithoutFailureModes}\n#`);
    await whenIdle();
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      editor.document.uri,
      new vscode.Position(editor.document.lineCount - 1, 1),
      '#',
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    ok(
      labels.some((label) => label.includes('Constraints and failure modes')),
      `the missing section among: ${labels.slice(0, 20).join(', ')}`,
    );
  });
});

/** The names of all snippets that the manifest contributes. */
async function snippetNames(): Promise<string[]> {
  const extension = vscode.extensions.getExtension(extensionId);
  ok(extension, extensionId);
  const manifest = extension.packageJSON as { contributes: { snippets: { path: string }[] } };
  const names: string[] = [];
  for (const { path } of manifest.contributes.snippets) {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension.extensionUri, path));
    names.push(...Object.keys(JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>));
  }
  ok(names.length > 0, 'contributed snippets');
  return names;
}
