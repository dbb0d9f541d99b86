/** The kinds that the quantity grammar fills; `number` is any of them, or a bare number. */
export const QUANTITY_KINDS: readonly string[] = [
  'money',
  'tokens',
  'duration',
  'rate',
  'percentage',
  'count',
  'data-size',
  'multiplier',
  'number',
];
