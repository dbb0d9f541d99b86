import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlaps } from '../../server/src/core/answer/spans.js';
import type { PlacedEvidence } from '../../server/src/core/checks/detectors.js';
import { evidenceAt, evidenceOfKinds } from '../../server/src/core/checks/evidenceIndex.js';

const pieces = fc
  .array(fc.record({ kind: fc.constantFrom('a', 'b', 'c'), start: fc.nat(5_000), length: fc.nat(2_500) }))
  .map((items) =>
    items
      .map(({ kind, start, length }) => ({ kind, start, end: start + length }) as PlacedEvidence)
      .sort((a, b) => a.start - b.start || b.end - a.end),
  );

test('evidence by its place is what overlaps the span, in the order of the list', () => {
  fc.assert(
    fc.property(pieces, fc.nat(5_000), fc.nat(2_500), (evidence, start, length) => {
      const span = { start, end: start + length };
      expect(evidenceAt(evidence, span)).toEqual(evidence.filter((item) => overlaps(item, span)));
    }),
  );
});

test('evidence by its kinds is in the order of the text', () => {
  fc.assert(
    fc.property(pieces, fc.array(fc.constantFrom('a', 'b', 'd')), (evidence, kinds) => {
      const found = evidenceOfKinds(evidence, kinds);
      expect(new Set(found)).toEqual(new Set(evidence.filter(({ kind }) => kinds.some((one) => one === kind))));
      expect(found.map(({ start }) => start)).toEqual(found.map(({ start }) => start).sort((a, b) => a - b));
    }),
  );
});
