import type { Block } from '../answer/blocks.js';
import { readQuantities, type Quantity } from './quantities.js';

const known = new WeakMap<Block, readonly Quantity[]>();

/** The quantities of a block's text. They are read once for each block, which an editor's cache keeps while other parts of the answer change. */
export function quantitiesOf(block: Block): readonly Quantity[] {
  let quantities = known.get(block);
  if (!quantities) known.set(block, (quantities = readQuantities(block.text)));
  return quantities;
}
