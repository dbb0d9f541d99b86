import * as vscode from 'vscode';
import { answerWithoutFailureModes, failureModesSection } from './answers.js';
import { equal } from './assert.js';
import { changeSetting, findingsOf, findingsWhere, openFile, typeAtEnd } from './editor.js';
import { startedExtension } from './extension.js';
import { describe, test } from './registry.js';

const missing = 'structure/missing-section';

describe('settings', () => {
  test('run: onType renews the findings without a save', async (t) => {
    await changeSetting(t, 'run', 'onType');
    const editor = await openFile(t, 'on-type.md', answerWithoutFailureModes);
    const { uri } = editor.document;
    await findingsWhere(uri, missing, (rules) => rules.includes(missing));
    await typeAtEnd(editor, failureModesSection);
    await findingsWhere(uri, `no ${missing}`, (rules) => !rules.includes(missing));
    equal(editor.document.isDirty, true, 'the unsaved state');
  });

  test('run: manual waits for the command', async (t) => {
    const { whenIdle } = await startedExtension();
    await changeSetting(t, 'run', 'manual');
    const { document } = await openFile(t, 'manual.md', answerWithoutFailureModes);
    await whenIdle();
    await document.save();
    await whenIdle();
    equal(findingsOf(document.uri).length, 0, 'findings before the command');
    await vscode.commands.executeCommand('designAnswers.review');
    await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
  });

  test('rules: off takes a finding away, and brings it back', async (t) => {
    const { document } = await openFile(t, 'rules.md', answerWithoutFailureModes);
    await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
    await changeSetting(t, 'rules', { [missing]: 'off' });
    await findingsWhere(document.uri, `no ${missing}`, (rules) => rules.length > 0 && !rules.includes(missing));
    await changeSetting(t, 'rules', undefined);
    await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
  });

  test('rules: a level changes the severity', async (t) => {
    await changeSetting(t, 'rules', { [missing]: 'hint' });
    const { document } = await openFile(t, 'severity.md', answerWithoutFailureModes);
    await findingsWhere(document.uri, `${missing} as a hint`, (rules, findings) =>
      findings.some(
        (finding, index) => index === rules.indexOf(missing) && finding.severity === vscode.DiagnosticSeverity.Hint,
      ),
    );
  });

  test('files: a glob makes any markdown file an answer', async (t) => {
    const { whenIdle } = await startedExtension();
    const { document } = await openFile(t, 'round-one.md', '# Round one\n\nI would start with the user.\n');
    await whenIdle();
    equal(findingsOf(document.uri).length, 0, 'findings before the setting');
    await changeSetting(t, 'files', ['**/round-*.md']);
    await findingsWhere(document.uri, 'findings', (rules) => rules.length > 0);
  });
});
