import * as vscode from 'vscode';
import { COST_MODEL, TIERS, type CostModelFigures, type TierInfo } from '../../../server/src/protocol.js';
import { isServed, type Server } from '../server.js';
import { parseCount } from './parseCount.js';

const TITLE = 'Insert Cost Model';

/**
 * Asks how many queries there are, how many tokens one has and which models answer it, and inserts a table of what that costs. Nothing is inserted until all is
 * asked; Escape at any question leaves everything as it was.
 *
 * @param target all figures, as a key binding may give them; then nothing is asked.
 */
export async function insertCostModel(server: Server, target: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isServed(editor.document)) {
    void vscode.window.showInformationMessage('Open a markdown file first.');
    return;
  }
  const uri = editor.document.uri.toString();
  const tiers = await server.ask(TIERS, { uri });
  if (tiers.length === 0) {
    void vscode.window.showInformationMessage(
      'No model has a price here: set some in designAnswers.modelPrices, or name a table with prices in the front matter.',
    );
    return;
  }
  const figures = readFigures(target) ?? (await askFigures(tiers));
  if (!figures) return;
  for (let attempt = 0; attempt < 3; attempt++) {
    const { line, character } = editor.selection.active;
    const made = await server.ask(COST_MODEL, { uri, at: { line, character }, ...figures });
    if (!made) return;
    if ('problem' in made) {
      void vscode.window.showInformationMessage(made.problem);
      return;
    }
    // An edit came in between: ask again about the present text.
    if (made.version !== editor.document.version) continue;
    const { start, end } = made.range;
    const place = new vscode.Range(start.line, start.character, end.line, end.character);
    if (!(await editor.edit((edit) => edit.replace(place, made.text)))) {
      // The editor may have been closed meanwhile; its text is there all the same.
      const change = new vscode.WorkspaceEdit();
      change.replace(editor.document.uri, place, made.text);
      await vscode.workspace.applyEdit(change);
    }
    // A read-only text takes no edit, which the editor calls a success.
    if (editor.document.version === made.version)
      void vscode.window.showInformationMessage('Nothing was inserted: this text cannot be changed.');
    return;
  }
}

async function askFigures(tiers: readonly TierInfo[]): Promise<CostModelFigures | undefined> {
  const volume = await askCount('1/4', 'How many queries a day?', '10,000 or 10k', 1);
  if (volume === undefined) return undefined;
  const inputTokens = await askCount('2/4', 'How many input tokens has one query? A page is about 500.', '1,500', 0);
  if (inputTokens === undefined) return undefined;
  const outputTokens = await askCount(
    '3/4',
    'How many output tokens has its answer?',
    '300',
    inputTokens === 0 ? 1 : 0,
  );
  if (outputTokens === undefined) return undefined;
  const picked = await vscode.window.showQuickPick(
    tiers.map(({ name, detail }) => ({ label: name, detail, picked: true })),
    { title: `${TITLE} (4/4)`, placeHolder: 'Which models are compared?', canPickMany: true, matchOnDetail: true },
  );
  if (picked?.length === 0) void vscode.window.showInformationMessage('No model was chosen, so nothing was inserted.');
  return picked && picked.length > 0
    ? { volume, inputTokens, outputTokens, tiers: picked.map(({ label }) => label) }
    : undefined;
}

/** The figures that the command was called with; null where any is missing. What they hold, the server judges. */
function readFigures(target: unknown): CostModelFigures | null {
  if (typeof target !== 'object' || target === null) return null;
  const { volume, inputTokens, outputTokens, tiers } = target as Partial<Record<keyof CostModelFigures, unknown>>;
  const areNumbers = typeof volume === 'number' && typeof inputTokens === 'number' && typeof outputTokens === 'number';
  const areNames = Array.isArray(tiers) && tiers.every((tier): tier is string => typeof tier === 'string');
  return areNumbers && areNames ? { volume, inputTokens, outputTokens, tiers } : null;
}

/** A number, or undefined when the writer turned back. */
async function askCount(step: string, prompt: string, placeHolder: string, least: number): Promise<number | undefined> {
  const typed = await vscode.window.showInputBox({
    title: `${TITLE} (${step})`,
    prompt,
    placeHolder,
    validateInput: (text) =>
      parseCount(text, least) === null
        ? `A whole number from ${least} to a billion, such as ${placeHolder}`
        : undefined,
  });
  return typed === undefined ? undefined : (parseCount(typed, least) ?? undefined);
}
