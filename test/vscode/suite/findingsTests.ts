import * as vscode from 'vscode';
import { answerWithoutFailureModes, failureModesSection, readme } from './answers.js';
import { equal, includes, ok } from './assert.js';
import {
  applyAction,
  findingsOf,
  findingsWhere,
  openFile,
  openUntitled,
  quickFixesFor,
  ruleOf,
  rulesOf,
  saveFile,
  typeAtEnd,
} from './editor.js';
import { startedExtension } from './extension.js';
import { describe, test } from './registry.js';

const missing = 'structure/missing-section';

describe('findings', () => {
  test('an answer in a file is reviewed when it is opened', async (t) => {
    const { document } = await openFile(t, 'opened.md', answerWithoutFailureModes);
    const findings = await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
    const finding = findings.find((each) => ruleOf(each) === missing);
    ok(finding, missing);
    includes(finding.message, 'Constraints and failure modes');
    equal(finding.severity, vscode.DiagnosticSeverity.Warning);
    ok(typeof finding.code === 'object' && finding.code.target.toString() !== '', 'a link to the page of the rule');
  });

  test('an untitled answer is reviewed when it is opened', async (t) => {
    const { document } = await openUntitled(t, answerWithoutFailureModes);
    await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
  });

  test('findings rest while one types and are renewed by the save', async (t) => {
    const { whenIdle } = await startedExtension();
    const editor = await openFile(t, 'typed.md', answerWithoutFailureModes);
    const { uri } = editor.document;
    await findingsWhere(uri, missing, (rules) => rules.includes(missing));

    await typeAtEnd(editor, failureModesSection);
    await whenIdle();
    ok(rulesOf(uri).includes(missing), 'typing alone changes nothing');

    ok(await saveFile(editor.document), 'the file is saved');
    await findingsWhere(uri, `no ${missing}`, (rules) => !rules.includes(missing));
  });

  test('the quick fix inserts the missing section in its place', async (t) => {
    const editor = await openFile(t, 'fixed.md', answerWithoutFailureModes.replace(/## Data[^]*(?=## Cost)/, ''));
    const { document } = editor;
    const ofData = (finding: vscode.Diagnostic): boolean =>
      ruleOf(finding) === missing && finding.message.includes('Data and feedback loops');
    const findings = await findingsWhere(document.uri, 'the missing data section', (_rules, all) => all.some(ofData));
    const finding = findings.find(ofData);
    ok(finding, 'the missing data section');

    const fixes = await quickFixesFor(document.uri, finding);
    const insert = fixes.find((fix) => /insert/i.test(fix.title));
    ok(insert, `an insertion among: ${fixes.map((fix) => fix.title).join(', ')}`);
    await applyAction(insert);
    await document.save();

    await findingsWhere(document.uri, 'the data section found', (_rules, all) => !all.some(ofData));
    const headings = document.getText().match(/^## .*/gm) ?? [];
    equal(
      headings.map((heading) => heading.replace(/^## (\w+).*/, '$1')).join(' '),
      'Problem Core Data Cost',
      'the order of the sections',
    );
  });

  test('a finding can be suppressed by a quick fix', async (t) => {
    const { document } = await openFile(t, 'suppressed.md', answerWithoutFailureModes);
    const findings = await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
    const finding = findings.find((each) => ruleOf(each) === missing);
    ok(finding, missing);
    const fixes = await quickFixesFor(document.uri, finding);
    const suppress = fixes.find((fix) => /disable/i.test(fix.title));
    ok(suppress, `a suppression among: ${fixes.map((fix) => fix.title).join(', ')}`);
    await applyAction(suppress);
    await document.save();
    await findingsWhere(document.uri, `no ${missing}`, (rules) => !rules.includes(missing));
  });

  test('the hover says why', async (t) => {
    const { document } = await openFile(t, 'hovered.md', answerWithoutFailureModes);
    const findings = await findingsWhere(document.uri, 'a finding in the cost section', (rules) =>
      rules.some((rule) => rule.startsWith('cost/')),
    );
    const finding = findings.find((each) => ruleOf(each).startsWith('cost/'));
    ok(finding, 'a finding in the cost section');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      finding.range.start,
    );
    const text = hovers.flatMap((hover) =>
      hover.contents.map((part) => (typeof part === 'string' ? part : part.value)),
    );
    ok(text.join('\n').length > finding.message.length, 'a hover with more than the message');
  });

  test('a README stays silent', async (t) => {
    const { whenIdle } = await startedExtension();
    const { document } = await openFile(t, 'README.md', readme);
    await whenIdle();
    await document.save();
    await whenIdle();
    equal(findingsOf(document.uri).length, 0, 'findings in a README');
  });
});
