/** Figures as people write them in answers. */

/** 0.4 → "400 ms", 1.25 → "1.25 s", 150 → "150 s". */
export function formatSeconds(seconds: number): string {
  return seconds < 1 ? `${trim(seconds * 1000)} ms` : `${trim(seconds)} s`;
}

/** [0.2, 0.4] → "200–400 ms". */
export function formatSecondsRange([least, most]: readonly [number, number]): string {
  if (least === most) return formatSeconds(least);
  if (least < 1 !== most < 1) return `${formatSeconds(least)}–${formatSeconds(most)}`;
  return least < 1 ? `${trim(least * 1000)}–${formatSeconds(most)}` : `${trim(least)}–${formatSeconds(most)}`;
}

/** 128000 → "128K", 1000000 → "1M", 8192 → "8,192". */
export function formatTokens(tokens: number): string {
  if (tokens >= 1_000_000 && tokens % 100_000 === 0) return `${trim(tokens / 1_000_000)}M`;
  if (tokens >= 1000 && tokens % 1000 === 0) return `${trim(tokens / 1000)}K`;
  return formatCount(tokens);
}

/** 150000 → "150,000". */
export function formatCount(count: number): string {
  const [whole = '0', rest] = trim(count).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/** Money with its sign: two decimals from a dollar on ("$1,350.00" as "$1,350"), three significant digits below ("$0.00375", "$0.20"). */
export function formatMoney(amount: number, currency: string): string {
  const figure = Math.abs(amount) >= 1 ? centsOf(amount) : trim(Number(amount.toPrecision(3)));
  return withSign(figure.replace(/\.\d$/, '$&0'), currency);
}

/** A price exactly as given: 0.002 → "$0.002", 2.5 → "$2.50", 1250 → "$1,250". */
export function formatPrice(amount: number, currency: string): string {
  return withSign(formatCount(amount).replace(/^(-?[1-9][\d,]*\.\d)$/, '$1' + '0'), currency);
}

/** So many tokens as prices name them: 1000 → "1K", 1000000 → "1M". */
export function formatPriceTokens(tokens: number): string {
  return tokens >= 1_000_000 ? '1M' : '1K';
}

/** The sign of a currency, else its code and a blank. */
export function currencySign(currency: string): string {
  return SIGNS[currency] ?? `${currency} `;
}

const SIGNS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£', INR: '₹', JPY: '¥' };

function withSign(figure: string, currency: string): string {
  return figure.startsWith('-') ? `-${currencySign(currency)}${figure.slice(1)}` : currencySign(currency) + figure;
}

/** Whole amounts without decimals, others with two. */
function centsOf(amount: number): string {
  const cents = Math.round(amount * 100);
  const whole = Math.trunc(cents / 100);
  const rest = Math.abs(cents % 100);
  return rest === 0 ? formatCount(whole) : `${formatCount(whole)}.${String(rest).padStart(2, '0')}`;
}

/** Without an exponent and without the noise of binary fractions. */
function trim(value: number): string {
  const rounded = Number(value.toPrecision(12));
  const text = String(rounded);
  return text.includes('e') ? rounded.toFixed(12).replace(/\.?0+$/, '') : text;
}
