import { CodeActionKind, type CodeAction } from 'vscode-languageserver';
import { plainText, quickFixes, rulePageUrl, type Finding, type QuickFix, type Review } from '../core/index.js';
import { COMMANDS } from '../protocol.js';
import { toCodeAction, toDiagnostic, type ClientLimits } from './convert.js';
import { insertionOf } from './insertion.js';
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
  client: ActionLimits,
): CodeAction[] {
  const repairs: CodeAction[] = [];
  const silencers: CodeAction[] = [];
  const pages = new Map<string, CodeAction>();
  for (const item of shown) {
    const diagnostic = toDiagnostic(document, item, client.limits);
    const finding = sameFinding(item, review);
    for (const fix of finding ? quickFixes(document.text, review, finding) : []) {
      const action = toCodeAction(document, fix, diagnostic);
      const section = client.commands.has(COMMANDS.insertSection) ? insertedSection(document.text, fix, review) : null;
      if (fix.kind !== 'repair') silencers.push(action);
      else repairs.push(section === null ? action : asInsertion(action, document, section));
    }
    if (item.rule !== null && client.commands.has(COMMANDS.openRulePage)) {
      pages.set(item.rule, {
        title: `Read about ${item.rule}`,
        kind: CodeActionKind.QuickFix,
        diagnostics: [...(pages.get(item.rule)?.diagnostics ?? []), diagnostic],
        command: {
          title: 'Read',
          command: COMMANDS.openRulePage,
          arguments: [{ rule: item.rule, url: rulePageUrl(item.rule) }],
        },
      });
    }
  }
  return [...repairs, ...silencers, ...pages.values()];
}

/** The finding of a review that says what is shown, in the same place; of the whole answer, in whichever place it now has. */
function sameFinding(shown: Shown, review: Review): Finding | undefined {
  const alike = review.findings.filter(({ rule, message }) => rule === shown.rule && message === shown.message);
  const exact = alike.find(({ start, end }) => start === shown.start && end === shown.end);
  return exact ?? (shown.section === null && alike.length === 1 ? alike[0] : undefined);
}

/** The id of the section whose template a fix inserts, or null where it does something else. */
function insertedSection(text: string, fix: QuickFix, review: Review): string | null {
  const [edit, ...others] = fix.edits;
  if (!edit || others.length > 0 || edit.start !== edit.end) return null;
  const inserted = review.framework?.sections.find(({ id }) => {
    const insertion = insertionOf(text, review, id);
    return (
      insertion?.offset === edit.start &&
      insertion.before + plainText(insertion.snippet) + insertion.after === edit.newText
    );
  });
  return inserted?.id ?? null;
}

/** Our own client inserts a section as a snippet, with tab stops; others get its text as an edit. */
function asInsertion(action: CodeAction, document: OpenDocument, section: string): CodeAction {
  const { title, kind, diagnostics, isPreferred } = action;
  return {
    title,
    ...(kind !== undefined && { kind }),
    ...(diagnostics && { diagnostics }),
    ...(isPreferred !== undefined && { isPreferred }),
    command: { title, command: COMMANDS.insertSection, arguments: [{ uri: document.uri, section }] },
  };
}
