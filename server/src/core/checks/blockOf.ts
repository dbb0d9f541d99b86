import type { Block } from '../answer/blocks.js';
import type { DetectorInput, PlacedEvidence } from './detectors.js';

type Place = Pick<PlacedEvidence, 'chunk' | 'block'>;
type Chunks = Pick<DetectorInput, 'chunks'>;

/** The block that a piece of evidence stands in: its paragraph, item or row. Its offsets count from the beginning of its chunk. */
export function blockOf({ chunks }: Chunks, { chunk, block }: Place): Block | undefined {
  return chunks[chunk]?.chunk.blocks[block];
}

/** Where the source of that block ends in the answer (a UTF-16 offset); where the piece itself ends if there is no such block. */
export function endOfBlock(input: Chunks, item: PlacedEvidence): number {
  const block = blockOf(input, item);
  return block ? input.chunks[item.chunk]!.offset + block.sourceEnd : item.end;
}

/** One name for all pieces of a block. */
export function blockKey({ chunk, block }: Place): string {
  return `${chunk}/${block}`;
}
