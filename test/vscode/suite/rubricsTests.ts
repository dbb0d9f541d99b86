import * as vscode from 'vscode';
import { answerWithoutFailureModes } from './answers.js';
import { equal, ok } from './assert.js';
import { findingsOf, findingsWhere, openFile } from './editor.js';
import { describe, test } from './registry.js';

const missing = 'structure/missing-section';

const ownAlias = `frameworks:
  five-step:
    extends: five-step
    sections:
      - id: failure-modes
        aliases: [When it breaks]
`;

const folder = vscode.workspace.workspaceFolders?.[0]?.uri;

// In the web worker the suite has no workspace folder, and a workspace's rubrics belong to one.
if (folder !== undefined) {
  describe('rubrics', () => {
    test('a file in .design-answers changes the findings while it is there', async (t) => {
      const text = `${answerWithoutFailureModes}\n## When it breaks\n\nThe model is down: the lawyer reads on without it.\n`;
      const { document } = await openFile(t, 'own-words.md', text);
      await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
      const remove = await writeRubric(folder, ownAlias);
      t.after(remove);
      await findingsWhere(document.uri, `no ${missing}`, (rules) => rules.length > 0 && !rules.includes(missing));
      await remove();
      await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
    });

    test('a mistake in it is shown in the file, at its place', async (t) => {
      const { document } = await openFile(t, 'beside-a-mistake.md', answerWithoutFailureModes);
      await findingsWhere(document.uri, missing, (rules) => rules.includes(missing));
      t.after(await writeRubric(folder, `${ownAlias}        budgt: 4 min\n`));
      const rubric = rubricOf(folder);
      await findingsWhere(rubric, 'a mistake in the rubric', (_rules, all) => all.length > 0);
      const [mistake] = findingsOf(rubric);
      ok(mistake, 'a mistake in the rubric');
      equal(mistake.range.start.line, 6, 'the line of the mistake');
      equal(mistake.range.start.character, 8, 'the column of the mistake');
    });
  });
}

function rubricOf(workspace: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(workspace, '.design-answers', 'mine.yaml');
}

/** Writes the workspace's rubric, and returns what removes it; removing it twice does nothing. */
async function writeRubric(workspace: vscode.Uri, text: string): Promise<() => Promise<void>> {
  const rubric = rubricOf(workspace);
  await vscode.workspace.fs.writeFile(rubric, new TextEncoder().encode(text));
  let removed = false;
  return async () => {
    if (removed) return;
    removed = true;
    await vscode.workspace.fs.delete(rubric);
  };
}
