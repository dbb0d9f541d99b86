import * as vscode from 'vscode';
import { answerWithoutFailureModes } from './answers.js';
import { equal, includes, ok } from './assert.js';
import { openFile, openUntitled, rulesOf, until } from './editor.js';
import { startedExtension } from './extension.js';
import { describe, test } from './registry.js';

describe('snippets', () => {
  test('insertSection writes a section with its tab stops', async (t) => {
    await startedExtension();
    const editor = await openFile(t, 'section.md', answerWithoutFailureModes);
    const uri = editor.document.uri.toString();
    await vscode.commands.executeCommand('designAnswers.insertSection', { uri, section: 'failure-modes' });
    includes(editor.document.getText(), '## Constraints and failure modes');

    const first = editor.selection;
    ok(!first.isEmpty, 'the first tab stop is selected');
    await vscode.commands.executeCommand('type', { text: 'Contracts of 300 pages' });
    const typed = editor.document.offsetAt(first.start);
    equal(
      editor.document.getText().slice(typed, typed + 22),
      'Contracts of 300 pages',
      'what replaces the first tab stop',
    );

    const moved = until(
      vscode.window.onDidChangeTextEditorSelection,
      () => (editor.selection.start.isAfter(first.end) && !editor.selection.isEmpty ? editor.selection : undefined),
      () => 'the second tab stop',
    );
    await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
    await moved;
  });

  test('every contributed snippet goes in with a tab stop', async (t) => {
    const { contributes } = vscode.extensions.getExtension('design-answers.design-answers')?.packageJSON as {
      contributes: { snippets: { language: string; path: string }[] };
    };
    ok(contributes.snippets.length > 0, 'contributed snippets');
    const editor = await openUntitled(t, '');
    for (const name of await snippetNames(contributes.snippets)) {
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
    const editor = await openFile(t, 'fresh.answer.md', '');
    await editor.insertSnippet(new vscode.SnippetString(await templateOf('five-step')));
    await editor.document.save();
    const { isAnswer, framework } = await whenIdle();
    equal(isAnswer, true, 'whether the template is an answer');
    equal(framework, 'five-step', 'its framework');
    const lines = rulesOf(editor.document.uri);
    ok(lines.length <= 5, `at most five findings, not: ${lines.join(', ')}`);
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

async function snippetNames(contributed: readonly { path: string }[]): Promise<string[]> {
  const root = vscode.extensions.getExtension('design-answers.design-answers')?.extensionUri;
  ok(root, 'the extension');
  const names: string[] = [];
  for (const { path } of contributed) {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, path));
    names.push(...Object.keys(JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>));
  }
  return names;
}
