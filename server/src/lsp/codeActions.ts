import { CodeActionKind, type CodeAction } from 'vscode-languageserver';
import { quickFixes, rulePageUrl, type Finding, type Review, type Rubric } from '../core/index.js';
import { COMMANDS } from '../protocol.js';
import { toCodeAction, toDiagnostic, type ClientLimits } from './convert.js';
import type { OpenDocument, Shown } from './openDocument.js';

/** What the client can do with a code action. */
export interface ActionLimits {
  readonly limits: ClientLimits;
  /** The client's own commands that an action may name. */
  readonly commands: ReadonlySet<string>;
}

/**
 * The repairs for what is shown. They are made from a review of the present text; a finding that is shown although the text has
 * been mended since (it waits for a save) gets none. Repairs come first, then ways to silence the rules, then their pages.
 */
export function actionsFor(
  document: OpenDocument,
  shown: readonly Shown[],
  review: Review,
  rubric: Rubric,
  client: ActionLimits,
): CodeAction[] {
  const repairs: CodeAction[] = [];
  const silencers: CodeAction[] = [];
  const pages = new Map<string, CodeAction>();
  for (const item of shown) {
    const diagnostic = toDiagnostic(document, item, client.limits);
    const finding = review.findings.find(
      ({ rule, start, end, message }) => rule === item.rule && start === item.start && end === item.end && message === item.message,
    );
    for (const fix of finding ? quickFixes(document.text, review, finding, rubric) : []) {
      const action = toCodeAction(document, fix, diagnostic);
      if (fix.kind !== 'repair') silencers.push(action);
      else repairs.push(finding && insertsSection(finding, review, client) ? asCommand(action, document, finding.section) : action);
    }
    if (item.rule !== null && client.commands.has(COMMANDS.openRulePage)) {
      pages.set(item.rule, {
        title: `Read about ${item.rule}`,
        kind: CodeActionKind.QuickFix,
        diagnostics: [...(pages.get(item.rule)?.diagnostics ?? []), diagnostic],
        command: { title: 'Read', command: COMMANDS.openRulePage, arguments: [{ rule: item.rule, url: rulePageUrl(item.rule) }] },
      });
    }
  }
  return [...repairs, ...silencers, ...pages.values()];
}

/** Our own client inserts a missing section as a snippet, with tab stops; others get its text as an edit. */
function insertsSection(finding: Finding, review: Review, client: ActionLimits): finding is Finding & { section: string } {
  const { section } = finding;
  return section !== null && client.commands.has(COMMANDS.insertSection) && review.sections.every(({ id }) => id !== section);
}

function asCommand(action: CodeAction, document: OpenDocument, section: string): CodeAction {
  const { edit: _, ...rest } = action;
  return {
    ...rest,
    command: { title: action.title, command: COMMANDS.insertSection, arguments: [{ uri: document.uri, section }] },
  };
}
