import type { EvidenceKind } from '../rubric/types.js';
import type { PlacedEvidence } from './detectors.js';
import { evidenceOfKinds } from './evidenceIndex.js';

/**
 * The evidence of an answer and, for each kind that it holds none of, what the rubric lets stand in (`otherwise`): words that are too weak to count once, and say the same where
 * sentence after sentence holds some. In the order of the text, as it came.
 */
export function withStandIns(
  evidence: readonly PlacedEvidence[],
  kinds: readonly Pick<EvidenceKind, 'id' | 'otherwise'>[],
): readonly PlacedEvidence[] {
  const standIns = kinds.flatMap(({ id, otherwise }) => {
    if (!otherwise || evidenceOfKinds(evidence, [id]).length > 0) return [];
    const pieces = evidenceOfKinds(evidence, [otherwise.kind]);
    return countSentences(pieces) < otherwise.least ? [] : pieces.map((piece) => ({ ...piece, kind: id }));
  });
  return standIns.length === 0 ? evidence : [...evidence, ...standIns].sort(byPlace);
}

/** The order of evidence: as it begins in the text, of two that begin together the longer first. */
export function byPlace(a: PlacedEvidence, b: PlacedEvidence): number {
  return a.start - b.start || b.end - a.end;
}

function countSentences(pieces: readonly PlacedEvidence[]): number {
  return new Set(pieces.map(({ chunk, flow }) => `${chunk}/${flow}`)).size;
}
