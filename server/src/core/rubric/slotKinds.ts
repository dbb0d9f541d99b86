import { QUANTITY_KINDS } from './quantityKinds.js';
import { ELEMENT, GROUP_LENGTH, type EvidenceKind, type Pattern, type PatternStore } from './types.js';

/** All kinds, of evidence and of quantity, that a kind's patterns use as slots. */
export function slotKinds(kind: EvidenceKind, store: PatternStore): Set<string> {
  const used = new Set<string>();
  const visit = (pattern: Pattern): void => collectSlots(pattern, store, used);
  for (const patterns of [kind.patterns, kind.together.flat(), kind.except, kind.exceptInSentence])
    patterns.forEach(visit);
  for (const label of kind.labels) {
    visit(label.label);
    if (label.has !== undefined) visit(label.has);
  }
  return used;
}

/** Adds the kinds that one row uses as slots, those of its groups and optional parts too. */
export function collectSlots(row: Pattern, store: PatternStore, used: Set<string>): void {
  for (let at = row; (store.code[at] ?? 0) !== ELEMENT.end; at++) {
    const element = store.code[at] ?? 0;
    const argument = element >> 3;
    switch (element & 7) {
      case ELEMENT.slot:
        used.add(store.slots[argument]?.kind ?? '');
        break;
      case ELEMENT.optional:
        collectSlots(argument, store, used);
        break;
      case ELEMENT.group:
        for (const alternative of rowsOf(argument, store)) collectSlots(alternative, store, used);
        break;
      default:
        break;
    }
  }
}

/** Whether a row is a slot of evidence and nothing else. */
export function isEvidenceSlot(
  row: Pattern,
  { code, slots }: { readonly code: ArrayLike<number>; readonly slots: PatternStore['slots'] },
): boolean {
  const element = code[row] ?? 0;
  if ((element & 7) !== ELEMENT.slot || code[row + 1] !== ELEMENT.end) return false;
  return !QUANTITY_KINDS.includes(slots[element >> 3]?.kind ?? '');
}

/** Where each alternative of a group begins. */
export function rowsOf(group: number, store: PatternStore): Pattern[] {
  const rows: Pattern[] = [];
  let at = store.groups[group * GROUP_LENGTH] ?? 0;
  while ((store.code[at] ?? 0) !== ELEMENT.end) {
    rows.push(at);
    while ((store.code[at] ?? 0) !== ELEMENT.end) at++;
    at++;
  }
  return rows;
}
