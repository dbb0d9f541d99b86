import * as vscode from 'vscode';
import { describeStatus, type StatusView } from './statusText.js';

/** The language status item of markdown files; it appears when the server is first started. */
export function createStatusItem(): { show(view: StatusView): void } & vscode.Disposable {
  let item: vscode.LanguageStatusItem | undefined;
  return {
    show(view) {
      if (view.server === 'off' && !item) return;
      item ??= vscode.languages.createLanguageStatusItem('designAnswers.status', { language: 'markdown' });
      item.name = 'Design Answers';
      const { text, detail, isBusy, severity, command } = describeStatus(view);
      item.text = text;
      item.detail = detail;
      item.busy = isBusy;
      item.severity = SEVERITY[severity];
      item.command = command ?? undefined;
      item.accessibilityInformation = { label: `Design Answers: ${text.replace(/\$\([^)]*\)\s*/g, '')}, ${detail}` };
    },
    dispose: () => item?.dispose(),
  };
}

const SEVERITY = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
} as const;
