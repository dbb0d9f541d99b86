import type { Amount, EvidenceKind } from '../rubric/types.js';
import type { PlacedEvidence } from './detectors.js';
import { evidenceOfKinds } from './evidenceIndex.js';

/**
 * The evidence of an answer and, for each kind that it holds none of, what the rubric lets stand in (`otherwise`): words that are too weak to count once and say the same where
 * sentence after sentence holds some, or what implies it (whoever gives a reason for a model has weighed it). In the order of the text, as it came.
 */
export function withStandIns(
  evidence: readonly PlacedEvidence[],
  kinds: readonly Pick<EvidenceKind, 'id' | 'otherwise'>[],
): readonly PlacedEvidence[] {
  const holds = ({ kind, least }: Amount): boolean => countSentences(evidenceOfKinds(evidence, [kind])) >= least;
  const standIns = kinds.flatMap(({ id, otherwise }) => {
    if (otherwise.length === 0 || evidenceOfKinds(evidence, [id]).length > 0) return [];
    const enough = otherwise.filter((standIn) => holds(standIn) && (standIn.beside === null || holds(standIn.beside)));
    const pieces = evidenceOfKinds(evidence, [...new Set(enough.map(({ kind }) => kind))]);
    return pieces.map((piece) => ({ ...piece, kind: id, standsIn: true as const }));
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
