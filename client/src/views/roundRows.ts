import { clockText, roundBudgetMs, roundUsedMs, type Round } from '../timer/clock.js';
import { counted, type Row, type RowKind } from './row.js';

/** The rows of the rounds of this window, the latest start first. */
export function roundRows(rounds: readonly Round[]): Row[] {
  return rounds.map(roundRow);
}

function roundRow(round: Round): Row {
  const name = fileNameOf(round.uri);
  const { kind, icon, says } = LOOKS[round.status];
  const time = `${clockText(roundUsedMs(round))} / ${clockText(roundBudgetMs(round))}`;
  const asked = round.interruptions.length;
  const day = (round.finishedAt ?? round.startedAt).slice(0, 10);
  const parts = [says, time, ...(asked > 0 ? [counted(asked, 'question')] : []), ...(round.finishedAt ? [day] : [])];
  return {
    id: `round/${round.id}`,
    kind,
    label: name,
    description: parts.slice(0, 2).join(' · '),
    tooltip: [name, parts.join(' · ')].join('\n'),
    icon,
    accessibleLabel: [`Round on ${name}`, ...parts].join(', '),
    children: [],
    uri: round.uri,
    place: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  };
}

const LOOKS: Readonly<Record<Round['status'], { kind: RowKind; icon: Row['icon']; says: string }>> = {
  running: { kind: 'runningRound', icon: { name: 'watch' }, says: 'running' },
  idle: { kind: 'runningRound', icon: { name: 'watch', color: 'disabledForeground' }, says: 'waiting for you' },
  paused: { kind: 'pausedRound', icon: { name: 'debug-pause' }, says: 'paused' },
  finished: { kind: 'finishedRound', icon: { name: 'check' }, says: 'finished' },
};

function fileNameOf(uri: string): string {
  const name = uri.replace(/[?#].*$/, '').replace(/^.*[/:]/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
