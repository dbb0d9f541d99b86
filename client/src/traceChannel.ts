import * as vscode from 'vscode';

/**
 * A channel for the language client's trace that obeys the setting `designAnswers.trace.server`. The client library itself traces only when
 * the channel's log level is "Trace", which a person would have to find and set besides the setting.
 */
export function createTraceChannel(channel: vscode.LogOutputChannel): vscode.LogOutputChannel & vscode.Disposable {
  const levels = new vscode.EventEmitter<vscode.LogLevel>();
  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('designAnswers.trace.server')) levels.fire(level());
    }),
    channel.onDidChangeLogLevel(() => levels.fire(level())),
  );
  const level = (): vscode.LogLevel => {
    const trace = vscode.workspace.getConfiguration('designAnswers').get<string>('trace.server', 'off');
    return trace === 'off' ? channel.logLevel : vscode.LogLevel.Trace;
  };
  return Object.create(channel, {
    logLevel: { get: level },
    onDidChangeLogLevel: { value: levels.event },
    trace: { value: (message: string) => channel.info(message) },
    dispose: {
      value: () => {
        listeners.dispose();
        levels.dispose();
      },
    },
  }) as vscode.LogOutputChannel & vscode.Disposable;
}
