/** The largest count that a cost model is made for. */
const MOST = 1e9;
const MAGNITUDES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6 };

/**
 * A whole number as people type it: "10000", "10,000", "10 000", "10k", "1.5M".
 *
 * @returns null where it is none, is below `least`, or is above a billion.
 */
export function parseCount(text: string, least: number): number | null {
  // Digits in groups of three or all together, decimals, and a magnitude behind them.
  const match = /^(\d{1,3}(?:[,_ ]\d{3})+|\d+)(\.\d+)?\s*([km]?)$/i.exec(text.trim());
  if (!match) return null;
  const [, whole = '', decimals = '', magnitude = ''] = match;
  const exact = Number(whole.replace(/[,_ ]/g, '') + decimals) * (MAGNITUDES[magnitude.toLowerCase()] ?? 1);
  // 1.1k is 1,100, which binary fractions miss by a trifle.
  const count = Math.round(exact);
  return Math.abs(count - exact) < 1e-6 && count >= least && count <= MOST ? count : null;
}
