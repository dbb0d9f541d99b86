import type { EvidenceKind, Pattern } from './types.js';

/** All kinds, of evidence and of quantity, that a kind's patterns use as slots. */
export function slotKinds(kind: EvidenceKind, groups: readonly (readonly Pattern[])[]): Set<string> {
  const used = new Set<string>();
  const visit = (pattern: Pattern): void => {
    for (const node of pattern) {
      if (node[0] === 's') used.add(node[1]);
      else if (node[0] === 'o') visit(node[1]);
      else if (node[0] === 'a') groups[node[1]]?.forEach(visit);
    }
  };
  for (const patterns of [kind.patterns, kind.together.flat(), kind.except, kind.exceptInSentence])
    patterns.forEach(visit);
  for (const label of kind.labels) {
    visit(label.label);
    if (label.has) visit(label.has);
  }
  return used;
}
