/** The largest count that a cost model is made for. */
const MOST = 1e9;
const MAGNITUDES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9 };
/** Between groups of three digits. */
const SEPARATORS = /[,_ '’\u00a0\u202f]/g;

/**
 * A whole number as people type it: "10000", "10,000", "10 000", "10k", "1.5M". "1.000" may be one or a thousand, and is none.
 *
 * @returns null where it is none, is below `least`, or is above a billion.
 */
export function parseCount(text: string, least: number): number | null {
  // Digits in groups of three or all together, decimals, and a magnitude behind them.
  const match = /^(\d{1,3}(?:[,_ '’\u00a0\u202f]\d{3})+|\d+)(\.\d+)?\s*([kmb]?)$/i.exec(text.trim());
  if (!match) return null;
  const [, whole = '', decimals = '', magnitude = ''] = match;
  if (magnitude === '' && /^\.\d{3}$/.test(decimals)) return null;
  const exact = Number(whole.replace(SEPARATORS, '') + decimals) * (MAGNITUDES[magnitude.toLowerCase()] ?? 1);
  // 1.1k is 1,100, which binary fractions miss by a trifle.
  const count = Math.round(exact);
  return Math.abs(count - exact) < 1e-6 && count >= least && count <= MOST ? count : null;
}
