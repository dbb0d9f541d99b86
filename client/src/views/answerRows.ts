import type { FindingInfo, Overview, SectionOverview } from '../../../server/src/protocol.js';
import { clockText, sectionBudgetMs, sectionUsedMs, type Round } from '../timer/clock.js';
import { counted, type Row } from './row.js';

/**
 * The rows of an answer: the question that the interviewer has asked, the sections with what is shown in each, and what belongs to no section.
 *
 * @param round the answer's round, where it has one that is not finished.
 */
export function answerRows(uri: string, overview: Overview, round: Round | undefined): Row[] {
  return [
    ...askedRows(uri, round),
    ...overview.sections.map((section) => sectionRow(uri, section, round)),
    ...(overview.others.length > 0 ? [othersRow(uri, overview)] : []),
  ];
}

function askedRows(uri: string, round: Round | undefined): Row[] {
  const asked = round?.interruptions.findLast(({ outcome }) => outcome === 'open');
  if (!asked) return [];
  return [
    {
      id: `asked/${asked.id}`,
      kind: 'asked',
      label: asked.question,
      description: '',
      tooltip: `The interviewer asks: ${asked.question}`,
      icon: { name: 'comment-unresolved', color: 'charts.yellow' },
      accessibleLabel: `The interviewer asks: ${asked.question}`,
      children: [],
      uri,
      section: asked.section,
    },
  ];
}

function sectionRow(uri: string, section: SectionOverview, round: Round | undefined): Row {
  const { id, title, standing, range, words, findings, purpose } = section;
  const timed = round?.sections.find((candidate) => candidate.id === id);
  const isCurrent = round?.current === id;
  const used = round && timed ? sectionUsedMs(round, id) : 0;
  const budget = timed ? sectionBudgetMs(timed) : section.budgetSeconds * 1000;
  const isOver = timed !== undefined && used > budget;
  const time = timed ? `${clockText(used)} / ${clockText(budget)}` : '';
  // Hints are polish, and no reason to come back to a section.
  const open = findings.filter(({ severity }) => severity !== 'hint').length;
  const hints = findings.length - open;
  const says = {
    missing: 'missing',
    empty: 'empty',
    // The shortest first: a narrow view cuts the end off.
    open: `${open} open · ${counted(words, 'word')}`,
    good: counted(words, 'word'),
    written: counted(words, 'word'),
  }[standing];
  const state = {
    missing: 'missing',
    empty: 'empty',
    open: `${counted(open, 'finding')} open${hints > 0 ? ` and ${counted(hints, 'hint')}` : ''}`,
    good: hints > 0 ? `nothing open but ${counted(hints, 'hint')}` : 'nothing open',
    written: 'not reviewed yet',
  }[standing];
  const spoken = [
    title,
    ...(isCurrent ? [round?.status === 'paused' ? 'current section, paused' : 'current section'] : []),
    state,
    ...(range && words > 0 ? [counted(words, 'word')] : []),
    timed
      ? `${durationText(used)} of ${durationText(budget)}${isOver ? ', over budget' : ''}`
      : `budget ${durationText(budget)}`,
  ];
  return {
    id: `section/${id}`,
    kind: standing === 'missing' ? 'missingSection' : 'section',
    label: title,
    // What is not there yet says so first; of the rest, the time.
    description: (range && words > 0 ? [time, says] : [says, time]).filter((part) => part !== '').join(' · '),
    tooltip: [title, purpose, spoken.slice(1).join(' · ')].join('\n'),
    icon: isCurrent
      ? { name: round?.status === 'paused' ? 'debug-pause' : 'watch', ...(isOver && OVER) }
      : iconOf(section),
    accessibleLabel: spoken.join(', '),
    children: findings.map((finding, index) => findingRow(uri, `section/${id}`, finding, index, id)),
    uri,
    section: id,
    ...(range && { place: { start: range.start, end: range.start } }),
  };
}

const OVER = { color: 'list.warningForeground' };

function iconOf({ standing, findings }: SectionOverview): Row['icon'] {
  switch (standing) {
    case 'missing':
      return { name: 'circle-slash', color: 'disabledForeground' };
    case 'empty':
      return { name: 'circle-outline', color: 'disabledForeground' };
    case 'written':
      return { name: 'circle-filled', color: 'disabledForeground' };
    case 'good':
      return { name: 'pass', color: 'testing.iconPassed' };
    case 'open':
      return findings.some(({ severity }) => severity === 'error')
        ? SEVERITY_ICON.error
        : findings.some(({ severity }) => severity === 'warning')
          ? SEVERITY_ICON.warning
          : SEVERITY_ICON.information;
  }
}

const SEVERITY_ICON: Readonly<Record<FindingInfo['severity'], Row['icon']>> = {
  error: { name: 'error', color: 'problemsErrorIcon.foreground' },
  warning: { name: 'warning', color: 'problemsWarningIcon.foreground' },
  information: { name: 'info', color: 'problemsInfoIcon.foreground' },
  hint: { name: 'lightbulb', color: 'disabledForeground' },
};

const SEVERITY_NAME: Readonly<Record<FindingInfo['severity'], string>> = {
  error: 'error',
  warning: 'warning',
  information: 'suggestion',
  hint: 'hint',
};

function othersRow(uri: string, { others, sections }: Overview): Row {
  const label = sections.length > 0 ? 'The whole answer' : 'This file';
  return {
    id: 'others',
    kind: 'group',
    label,
    description: counted(others.length, 'finding'),
    tooltip: 'What concerns more than one section, or the settings in the front matter',
    icon: { name: 'file' },
    accessibleLabel: `${label}, ${counted(others.length, 'finding')}`,
    children: others.map((finding, index) => findingRow(uri, 'others', finding, index, undefined)),
    uri,
  };
}

function findingRow(
  uri: string,
  parent: string,
  { rule, severity, message, range, page }: FindingInfo,
  index: number,
  section: string | undefined,
): Row {
  const line = `line ${range.start.line + 1}`;
  return {
    // By number and not by place: a finding that moves with its words stays the same row.
    id: `${parent}/${index}/${rule ?? 'problem'}`,
    kind: page === null ? 'problem' : 'finding',
    label: message,
    description: '',
    tooltip: [message, [rule, line].filter((part) => part !== null).join(' · ')].join('\n'),
    icon: SEVERITY_ICON[severity],
    accessibleLabel: `${SEVERITY_NAME[severity]}: ${message}, ${line}`,
    children: [],
    uri,
    place: range,
    ...(section !== undefined && { section }),
    ...(page !== null && { url: page }),
  };
}

/** 192 000 → "3 minutes 12 seconds", for the ear. */
function durationText(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
  const parts = [
    ...(seconds >= 60 ? [counted(Math.floor(seconds / 60), 'minute')] : []),
    ...(seconds % 60 > 0 || seconds === 0 ? [counted(seconds % 60, 'second')] : []),
  ];
  return parts.join(' ');
}
