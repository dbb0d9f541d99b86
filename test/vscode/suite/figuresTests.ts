import * as vscode from 'vscode';
import { equal, ok } from './assert.js';
import { changeSetting, findingsWhere, openFile, until } from './editor.js';
import { startedExtension } from './extension.js';
import { describe, test } from './registry.js';

const answer = `---
framework: five-step
---

## Cost and latency architecture

10,000 queries a day. A query costs $0.0075 per query.

30 × $0.09 =
`;

describe('figures', () => {
  test('a hover on an amount says what it is a month', async (t) => {
    const { document } = await openFile(t, 'hover.answer.md', answer);
    await findingsWhere(document.uri, 'findings', (rules) => rules.length > 0);
    const at = document.positionAt(document.getText().indexOf('$0.0075') + 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    const shown = hovers.flatMap(({ contents }) =>
      contents.map((content) => (typeof content === 'string' ? content : content.value)),
    );
    ok(shown.join('\n').includes('2,250 per month'), `the hover shows ${shown.join(' / ')}`);
  });

  test('inlay hints show the result of an open calculation once they are asked for', async (t) => {
    const { whenIdle } = await startedExtension();
    const { document } = await openFile(t, 'inlay.answer.md', answer);
    await whenIdle();
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const labels = async (): Promise<string[]> => {
      const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        whole,
      );
      return hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
    };
    equal((await labels()).join(), '', 'hints by default');
    await changeSetting(t, 'inlayHints', true);
    await whenIdle();
    equal((await labels()).join(), '$2.70', 'hints with the setting');
  });

  test('Insert Cost Model inserts a table that the review accepts', async (t) => {
    const { whenIdle } = await startedExtension();
    const editor = await openFile(t, 'model.answer.md', answer.replace('30 × $0.09 =\n', ''));
    await whenIdle();
    const end = editor.document.positionAt(editor.document.getText().length);
    editor.selection = new vscode.Selection(end, end);
    const changed = until(
      vscode.workspace.onDidChangeTextDocument,
      () => (editor.document.getText().includes('| Mistral Large |') ? true : undefined),
      () => 'the table',
    );
    const figures = { volume: 10_000, inputTokens: 500, outputTokens: 300, tiers: ['Mistral Small', 'Mistral Large'] };
    await vscode.commands.executeCommand('designAnswers.insertCostModel', figures);
    await changed;
    ok(editor.document.getText().includes('500 × $0.015/1K + 300 × $0.045/1K = $0.021'), editor.document.getText());
    await editor.document.save();
    await whenIdle();
    const rules = await findingsWhere(
      editor.document.uri,
      'no cost/arithmetic',
      (found) => !found.includes('cost/arithmetic') && !found.includes('cost/no-tier-comparison'),
    );
    ok(rules.length > 0, 'findings of other kinds remain');
  });

  test('Escape leaves nothing behind', async (t) => {
    const { whenIdle } = await startedExtension();
    const { document } = await openFile(t, 'escape.answer.md', answer);
    await whenIdle();
    const command = vscode.commands.executeCommand('designAnswers.insertCostModel');
    // The server answers in order: when this is answered, the first question has been put.
    await whenIdle();
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await command;
    equal(document.getText(), answer, 'the text after Escape');
    equal(document.isDirty, false, 'whether it is changed');
  });
});
