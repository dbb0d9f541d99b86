import {
  CodeActionKind,
  CompletionItemKind,
  DiagnosticSeverity,
  InsertTextFormat,
  MarkupKind,
  type ClientCapabilities,
  type CodeAction,
  type CompletionItem,
  type Diagnostic,
  type Hover,
  type InlayHint as ProtocolInlayHint,
  type MarkupContent,
} from 'vscode-languageserver';
import {
  plainText,
  rulePageUrl,
  type Completion,
  type Framework,
  type InlayHint,
  type QuickFix,
  type Review,
  type Severity,
  type Span,
  type TextEdit,
} from '../core/index.js';
import type { FrameworkInfo, ProblemCounts, SectionInfo } from '../protocol.js';
import type { OpenDocument, Shown } from './openDocument.js';

/** What a client can show, as far as it changes what we send. */
export interface ClientLimits {
  readonly codeDescription: boolean;
  readonly relatedInformation: boolean;
  readonly markdownHover: boolean;
  readonly markdownCompletion: boolean;
  readonly snippets: boolean;
  readonly labelDetails: boolean;
}

/** Reads a client's limits from its capabilities. */
export function toClientLimits(capabilities: ClientCapabilities): ClientLimits {
  const { diagnostic, publishDiagnostics, hover, completion } = capabilities.textDocument ?? {};
  return {
    codeDescription: (diagnostic?.codeDescriptionSupport ?? publishDiagnostics?.codeDescriptionSupport) === true,
    relatedInformation: (diagnostic?.relatedInformation ?? publishDiagnostics?.relatedInformation) === true,
    markdownHover: hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    markdownCompletion: completion?.completionItem?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    snippets: completion?.completionItem?.snippetSupport === true,
    labelDetails: completion?.completionItem?.labelDetailsSupport === true,
  };
}

/** What is shown, as the protocol has it. */
export function toDiagnostic(document: OpenDocument, shown: Shown, limits: ClientLimits): Diagnostic {
  return {
    range: document.lines.toRange(shown),
    severity: SEVERITY[shown.severity],
    source: 'Design Answers',
    message: shown.message,
    ...(shown.rule !== null && { code: shown.rule }),
    ...(shown.rule !== null && limits.codeDescription && { codeDescription: { href: rulePageUrl(shown.rule) } }),
    ...(shown.related.length > 0 &&
      limits.relatedInformation && {
        relatedInformation: shown.related.map((place) => ({
          location: { uri: document.uri, range: document.lines.toRange(place) },
          message: place.message,
        })),
      }),
  };
}

/** A quick fix as a code action that carries its edit. */
export function toCodeAction(document: OpenDocument, fix: QuickFix, diagnostic: Diagnostic): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    ...(fix.preferred && { isPreferred: true }),
    edit: { changes: { [document.uri]: fix.edits.map((edit) => toTextEdit(document, edit)) } },
  };
}

/** A completion; its snippet is made plain for clients that know none. */
export function toCompletionItem(document: OpenDocument, completion: Completion, limits: ClientLimits): CompletionItem {
  return {
    label: completion.label,
    kind: COMPLETION_KIND[completion.kind],
    detail: completion.detail,
    // Of several figures, each says in the list which one it is.
    ...(completion.beside !== undefined && limits.labelDetails
      ? { labelDetails: { description: completion.beside } }
      : {}),
    documentation: limits.markdownCompletion
      ? { kind: MarkupKind.Markdown, value: completion.documentation }
      : completion.documentation,
    filterText: completion.filterText,
    sortText: completion.sortText,
    insertTextFormat: limits.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: {
      range: document.lines.toRange(completion.replace),
      newText: limits.snippets ? completion.snippet : plainText(completion.snippet),
    },
  };
}

/** A hover. Clients that show no markdown get it as it is written: it is made to be readable so. */
export function toHover(document: OpenDocument, hover: { span: Span; markdown: string }, limits: ClientLimits): Hover {
  const contents: MarkupContent = {
    kind: limits.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText,
    value: hover.markdown,
  };
  return { contents, range: document.lines.toRange(hover.span) };
}

/** A result behind an open calculation; a double click puts it into the text. */
export function toInlayHint(document: OpenDocument, hint: InlayHint): ProtocolInlayHint {
  return {
    position: document.lines.toPosition(hint.offset),
    label: hint.label,
    tooltip: hint.told,
    paddingLeft: hint.edit.newText.startsWith(' '),
    paddingRight: hint.edit.newText.endsWith(' '),
    textEdits: [toTextEdit(document, hint.edit)],
  };
}

/** A framework for our own requests. */
export function toFrameworkInfo(framework: Framework): FrameworkInfo {
  return {
    id: framework.id,
    title: framework.title,
    description: framework.description,
    budgetSeconds: framework.sections.reduce((sum, section) => sum + section.budgetSeconds, 0),
    levels: framework.levels,
  };
}

/** A framework's sections in its own order, each with the place where the answer has it first. */
export function toSectionInfos(document: OpenDocument, framework: Framework, review: Review): SectionInfo[] {
  return framework.sections.map((definition) => {
    const found = review.sections.find((section) => section.id === definition.id);
    return {
      id: definition.id,
      title: definition.title,
      purpose: definition.purpose,
      budgetSeconds: found?.budgetSeconds ?? definition.budgetSeconds,
      cautionSeconds: definition.cautionSeconds ?? null,
      range: found ? document.lines.toRange(found) : null,
      words: found?.words ?? 0,
      speakingSeconds: found?.speakingSeconds ?? 0,
    };
  });
}

/** How many problems of each severity are shown. */
export function countProblems(shown: readonly Shown[]): ProblemCounts {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const item of shown) counts[item.severity]++;
  return counts;
}

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const COMPLETION_KIND: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  section: CompletionItemKind.Module,
  answer: CompletionItemKind.File,
  'front-matter': CompletionItemKind.Property,
  figure: CompletionItemKind.Value,
};

function toTextEdit(document: OpenDocument, edit: TextEdit) {
  return { range: document.lines.toRange(edit), newText: edit.newText };
}
