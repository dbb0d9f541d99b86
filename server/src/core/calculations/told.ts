import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, Operand, ReadBlock } from './calculation.js';
import { goesOn, isReducedAfter } from './formulas.js';
import {
  hasDecimalComma,
  readMarks,
  saidIn,
  sentenceStart,
  spoken,
  wordsIn,
  type CalculationWords,
  type Mark,
} from './gaps.js';
import { judge, type Judgment } from './judge.js';
import { isPeriod } from './periods.js';
import { comesOfOthers } from './otherFigures.js';
import { chainOf, operandAt, spanOf, statedCalculation, QUOTIENT } from './stated.js';
import { isOneValue } from './figures.js';

/**
 * Finds calculations that are told in words: "$0.09 an interview. At 30 interviews a month, that's $2.70", "At $0.0075 per query, 10,000 queries cost
 * $75", "A query has 500 tokens. At 10,000 queries a day, that's 5M tokens", and "10,000 queries at 500 tokens each cost $75 on Large", where the
 * price of Large stands in the same stretch of text. A result is called wrong only where the words leave no other operands.
 */
export function findTold(blocks: readonly ReadBlock[], words: CalculationWords): Calculation[] {
  const found: Calculation[] = [];
  let prices: readonly Price[] | undefined;
  blocks.forEach((read, index) => {
    const { quantities } = read;
    for (let at = 0; at + 2 < quantities.length; at += 1) {
      const [first, second, third] = [quantities[at]!, quantities[at + 1]!, quantities[at + 2]!];
      if (third.max !== undefined || hasDecimalComma(read.text, first.start, third.end)) continue;
      if (isPaidByTime(first, second, third) && readPaidByTime(read, index, at, words, found)) {
        // What one costs is no product.
      } else if (isScaled(first, second, third)) {
        const told = readScaled(read, at, words);
        if (told !== undefined) addTold(read, index, [at, at + 1], at + 2, told, words, found);
      } else if (isPriced(first, second, third)) {
        const told = readScaled(read, at, words, MOST_OF_PRICED);
        if (told !== undefined) addTold(read, index, [at, at + 1], at + 2, told, words, found);
      } else if (isTimes(first, second, third)) {
        readTimes(read, index, at, words, found);
      } else if (third.kind === 'money' && isVolume(first) && second.kind === 'tokens') {
        prices ??= pricesIn(blocks);
        readTokenCost(read, index, at, prices, words, found);
      }
    }
  });
  return found;
}

/** Whether a figure can be so many times another: of money by anything, of tokens, time, bytes or things by a count of something else. */
function isScaled(first: Quantity, second: Quantity, third: Quantity): boolean {
  if (third.kind === 'money') return first.kind === 'money' && isVolume(second);
  const unit = third.unit;
  if (unit === '' || third.kind === 'percentage' || third.kind === 'multiplier' || third.kind === 'number')
    return false;
  const [one, count] = first.unit === unit ? [first, second] : [second, first];
  return (
    one.unit === unit &&
    count.unit !== unit &&
    (count.kind === 'count' || count.kind === 'rate') &&
    isVolume(count) &&
    one.max === undefined &&
    one.value > 0 &&
    count.value > 0
  );
}

/** "20,000 tokens; at $0.015 per 1K tokens it costs $0.30": so much of what a price is for. */
function isPriced(first: Quantity, second: Quantity, third: Quantity): boolean {
  if (second.kind !== 'money' || third.kind !== 'money' || third.per.length > 0 || first.max !== undefined)
    return false;
  const [per, ...others] = second.per;
  if (per === undefined || others.length > 0 || first.unit === '' || first.per.length > 0) return false;
  return per.unit === first.unit || (first.unit === 'byte' && /^[kmgtp]i?b$/.test(per.unit));
}

function isVolume(quantity: Quantity): boolean {
  const { kind } = quantity;
  return (kind === 'count' || kind === 'rate' || kind === 'duration') && isOneValue(quantity);
}

/** How far apart the figures of one statement stand, in characters. */
const CLOSE = 60;
/** So many words may stand beside the one that says the result, and where a price says for what it is: "the whole run costs". */
const MOST_OF_SCALED = 2;
const MOST_OF_PRICED = 4;

/** How sure it is that a result is told: `isCertain` where nothing else can be meant, `isWordy` where many words stand before it. */
interface Telling {
  readonly isCertain: boolean;
  readonly isWordy: boolean;
  /** Whether the price is one for so many of the very things that are counted. */
  readonly isOfThese: boolean;
}

/** A unit's cost, how many there are, and what that comes to. */
function readScaled(
  { text, quantities }: ReadBlock,
  at: number,
  words: CalculationWords,
  mostWords = MOST_OF_SCALED,
): Telling | undefined {
  const unit = quantities[at]!;
  const volume = quantities[at + 1]!;
  const result = quantities[at + 2]!;
  if (
    unit.max !== undefined ||
    volume.max !== undefined ||
    volume.start - unit.end > CLOSE ||
    result.start - volume.end > CLOSE
  )
    return undefined;
  const between = readMarks(text, unit.end, volume.start, words);
  // "At 500 tokens each, that's …": the word belongs to the figure.
  const marks = readMarks(text, volume.end, result.start, words);
  const before = marks[0]?.kind === 'word' && marks[1]?.kind === 'comma' ? marks.slice(1) : marks;
  const lead = text.slice(unit.end, volume.start);
  const isCounted = isOfUnit(text, unit, volume, lead, words);
  const isConcluded = isCounted && concludes(text, before, words);
  if (!isConcluded && !saysResult(before, mostWords)) return undefined;
  // "… $0.09. At 30 interviews a month, that's $2.70": what "that" is stands right before.
  const isIntroduced = INTRODUCED.test(lead) && words.intros.has(/(\p{L}+)\s*$/u.exec(lead)?.[1]?.toLowerCase() ?? '');
  const sharesNoun = unit.per.some((one) => one.unit === volume.unit);
  if (!isIntroduced && !isCounted && !(sharesNoun && between.every(isApart(text)))) return undefined;
  // "$0.50 per 1K pages; 300 pages by hand cost $150": the next clause may be of something else.
  const isOther = sharesNoun && !isIntroduced && !isCounted && between.some(({ kind }) => kind === 'break');
  if (isOther && before.some(({ kind }) => kind === 'word')) return undefined;
  const earlier = quantities[at - 1];
  const isMoney = result.kind === 'money';
  const isOnly =
    earlier === undefined ||
    (isMoney && earlier.kind !== 'money') ||
    SENTENCE_END.test(text.slice(earlier.end, unit.start));
  const onward = text.slice(result.end, quantities[at + 3]?.start ?? text.length);
  const isCertain =
    isOnly &&
    // "Small costs $0.002 per query, 10,000 queries cost $200 on Large".
    !(isMoney && modelAfter(onward, words) !== null) &&
    !goesOn(readMarks(text, result.end, result.end + onward.length, words)) &&
    !isForMore(text, result, quantities[at + 3], words) &&
    before.length <= mostWords &&
    // "that's 12 hours on 10 workers", "that's 60 QPS each": more than a product.
    (isMoney || (!RUNS_ON.test(text.slice(result.end, result.end + CLOSE)) && !sharesOut(onward, words)));
  return { isCertain, isWordy: isConcluded || isOther || before.length > MOST_OF_SCALED, isOfThese: sharesNoun };
}

/** Whether a mark only parts what a price is from how many there are: a comma, or the end of a clause. */
function isApart(text: string): (mark: Mark) => boolean {
  return ({ kind, start, end }) => kind === 'comma' || (kind === 'break' && /^[;:.]$/.test(text.slice(start, end)));
}

/** "A review costs $1.50. We have 400 a day": as many as there are of what the figure before is for. */
function isOfUnit(text: string, unit: Quantity, volume: Quantity, lead: string, words: CalculationWords): boolean {
  const said = /^\s*[.;,]\s+([\p{L}' ]+)$/u.exec(lead)?.[1];
  if (unit.kind !== 'money' || said === undefined || !words.volumeLeads.has(spoken(said))) return false;
  return (
    volume.unit === '' || saidIn(text.slice(sentenceStart(text, unit.start, CLOSE), unit.start)).includes(volume.unit)
  );
}

/** Whether nothing but a comma and "so" stands between a volume and a figure. */
function concludes(text: string, marks: readonly Mark[], words: CalculationWords): boolean {
  const [comma, so, ...more] = marks;
  return (
    comma?.kind === 'comma' &&
    so !== undefined &&
    more.length === 0 &&
    words.conclusions.has(text.slice(so.start, so.end).toLowerCase())
  );
}

/** "$30/hour agent, 12 tickets an hour = $2.50 per ticket": what is paid for a time, how many come in it, and what is paid for one. */
function isPaidByTime(first: Quantity, second: Quantity, third: Quantity): boolean {
  const [time, ...others] = first.per;
  const [other, ...more] = second.per;
  if (first.kind !== 'money' || second.kind !== 'rate' || third.kind !== 'money' || first.unit !== third.unit)
    return false;
  if (time === undefined || other === undefined || others.length + more.length > 0) return false;
  const isOfOne = third.per.length === 0 || third.per.every(({ unit }) => unit === second.unit || unit === 'item');
  return isPeriod(time.unit) && time.unit === other.unit && isOfOne && [first, second, third].every(isOneValue);
}

/** What one comes to; where it does not come out, something unsaid may go into it, so that it is doubted at most. */
function readPaidByTime(
  read: ReadBlock,
  index: number,
  at: number,
  words: CalculationWords,
  found: Calculation[],
): boolean {
  const { text, quantities } = read;
  const [paid, rate, one] = [quantities[at]!, quantities[at + 1]!, quantities[at + 2]!];
  const gap = text.slice(rate.end, one.start);
  if (rate.start - paid.end > CLOSE || gap.length > CLOSE || SENTENCE_END.test(text.slice(paid.end, rate.start)))
    return false;
  // "…, and the price is $5 per ticket" is no conclusion.
  const marks = readMarks(text, rate.end, one.start, words);
  const isConcluded =
    marks.some(({ kind }) => kind === '=' || kind === '→' || kind === '≈') ||
    (marks.length > 0 && marks.every(({ kind }) => kind === 'said'));
  const isNamed = one.per.length > 0 || saidIn(gap).includes(rate.unit);
  if (!isConcluded || !isNamed || /[.;!?]\s/.test(gap)) return false;
  const operands = [operandAt(read, paid), operandAt(read, rate)];
  const result = operandAt(read, one);
  const judged = judge(QUOTIENT, operands, one, result.text);
  const statement = { form: 'told', block: index, formula: QUOTIENT, operands, result } as const;
  if (judged.verdict === 'holds') {
    found.push(statedCalculation(statement, judged));
    return true;
  }
  const isAlone =
    (at === 0 || SENTENCE_END.test(text.slice(quantities[at - 1]!.end, paid.start))) &&
    (quantities[at + 3] === undefined || SENTENCE_END.test(text.slice(one.end, quantities[at + 3]!.start)));
  const isReduced = isReducedAfter(read, at + 2, words) || isPartial(read, [at, at + 1], at + 2, words);
  if (judged.verdict !== 'fails' || !isAlone || isReduced) return false;
  const doubt: Judgment = { ...judged, verdict: 'unclear', isRounding: judged.slip !== 'magnitude' };
  found.push(statedCalculation(statement, doubt));
  return true;
}

/** A load, so many times, and a load: "58 QPS on average. Peak is four times that: 232 QPS". */
function isTimes(first: Quantity, second: Quantity, third: Quantity): boolean {
  return (
    second.kind === 'multiplier' &&
    first.kind === 'rate' &&
    third.kind === 'rate' &&
    first.unit === third.unit &&
    first.per[0]?.unit === third.per[0]?.unit
  );
}

/** A peak that is told as so many times the load before it. One that is no such multiple may be of another load; with a zero too many or too few it is doubted. */
function readTimes(read: ReadBlock, index: number, at: number, words: CalculationWords, found: Calculation[]): void {
  const { text, quantities } = read;
  const [load, times, peak] = [quantities[at]!, quantities[at + 1]!, quantities[at + 2]!];
  if (times.start - load.end > CLOSE || peak.start - times.end > CLOSE) return;
  const between = `${text.slice(load.end, times.start)} ${text.slice(times.end, peak.start)}`;
  if (!wordsIn(between).some((word) => words.peaks.has(word))) return;
  if (!/^[\p{L} ]{0,30}[:,]/u.test(text.slice(times.end, peak.start))) return;
  const operands = [operandAt(read, load), operandAt(read, times)];
  const result = operandAt(read, peak);
  const judged = judge(PAIR, operands, peak, result.text);
  const isSlip = judged.slip === 'magnitude';
  if (judged.verdict !== 'holds' && !isSlip && !followsAtOnce(read, at, words)) return;
  const doubt: Judgment = { ...judged, verdict: 'unclear', isRounding: !isSlip };
  const judgment: Judgment = judged.verdict === 'holds' ? judged : doubt;
  found.push(statedCalculation({ form: 'told', block: index, formula: PAIR, operands, result }, judgment));
}

/** Whether a peak is said to be what a load before it comes to, and both are the only figures there: "58 QPS. Peak is five times as high, so 290 QPS". */
function followsAtOnce({ text, quantities }: ReadBlock, at: number, words: CalculationWords): boolean {
  const [load, times, peak] = [quantities[at]!, quantities[at + 1]!, quantities[at + 2]!];
  const before = quantities[at - 1]?.end ?? 0;
  const isAlone =
    (at === 0 || SENTENCE_END.test(text.slice(before, load.start))) &&
    (quantities[at + 3] === undefined || SENTENCE_END.test(text.slice(peak.end, quantities[at + 3]!.start)));
  const lead = /[:,]\s*(\p{L}*)\s*$/u.exec(text.slice(times.end, peak.start))?.[1]?.toLowerCase();
  const isConcluded = lead === '' || (lead !== undefined && words.conclusions.has(lead));
  const isRough = Math.abs(peak.value / (load.value * times.value) - 1) <= TALK;
  return isAlone && isConcluded && !isRough && /^\s*(?:[.;!?)]|$)/.test(text.slice(peak.end));
}

/** A sentence or clause ends, and the next one begins. */
const INTRODUCED = /^\s*[.;,:]/;
const SENTENCE_END = /[.;:!?]\s/;

/** More figures behind a result, in its own clause. */
const RUNS_ON = /^[^.;,:!?\n]*\d/;

/** "$1.50 for ten runs", "$6 for a thousand": behind a result, how many it is for. */
function isForMore(text: string, { end }: Quantity, next: Quantity | undefined, words: CalculationWords): boolean {
  const clause = /^[^.;,:!?\n]*/.exec(text.slice(end, end + CLOSE))?.[0] ?? '';
  const said = saidIn(clause);
  if (!words.intros.has(said[0] ?? '')) return false;
  return (next !== undefined && next.start < end + clause.length) || said.some((word) => words.bulks.has(word));
}

/** Whether the words behind a result say that it is one of several. */
function sharesOut(onward: string, words: CalculationWords): boolean {
  const clause = /^[^.;,:!?\n]*/.exec(onward.slice(0, CLOSE))?.[0] ?? '';
  return wordsIn(clause).some((word) => words.singles.has(word));
}

/** Whether the words between the last operand and a figure say that the figure is the result. */
function saysResult(marks: readonly Mark[], mostWords = MOST_OF_SCALED): boolean {
  let said = 0;
  let plain = 0;
  for (const [index, { kind }] of marks.entries()) {
    if (kind === 'said') said += 1;
    else if (kind === 'word') plain += 1;
    else if (kind !== 'comma' || index > 0) return false;
  }
  return said === 1 && plain <= mostWords;
}

/** A price for so many tokens, and the words around it that say whose it is. */
interface Price {
  readonly operand: Operand;
  readonly before: string;
  readonly after: string;
}

/** No answer compares more models than this. */
const MOST_PRICES = 40;

function pricesIn(blocks: readonly ReadBlock[]): Price[] {
  const prices: Price[] = [];
  for (const read of blocks) {
    read.quantities.forEach((quantity, at) => {
      if (prices.length >= MOST_PRICES) return;
      if (quantity.kind !== 'money' || !quantity.per.some((one) => one.unit === 'token' && one.amount >= 1000)) return;
      const from = Math.max(read.quantities[at - 1]?.end ?? 0, quantity.start - CLOSE);
      const to = Math.min(read.quantities[at + 1]?.start ?? read.text.length, quantity.end + CLOSE);
      prices.push({
        operand: operandAt(read, quantity),
        before: read.text.slice(from, quantity.start).toLowerCase(),
        after: read.text.slice(quantity.end, to).toLowerCase(),
      });
    });
  }
  return prices;
}

/** "10,000 queries at 500 tokens each cost $75 on Large versus $10 on Small". */
function readTokenCost(
  read: ReadBlock,
  index: number,
  at: number,
  prices: readonly Price[],
  words: CalculationWords,
  found: Calculation[],
): void {
  const { text, quantities } = read;
  const [volume, tokens] = [quantities[at]!, quantities[at + 1]!];
  if (prices.length === 0 || tokens.max !== undefined || tokens.start - volume.end > CLOSE) return;
  const link = readMarks(text, volume.end, tokens.start, words).filter(({ kind }) => kind !== 'word');
  if (link.length !== 1 || link[0]!.kind !== '×') return;
  for (let result = at + 2; result < quantities.length; result += 1) {
    const stated = quantities[result]!;
    const gap = readMarks(text, quantities[result - 1]!.end, stated.start, words);
    if (stated.kind !== 'money' || stated.max !== undefined) return;
    if (result === at + 2 ? !saysResult(gap) : stated.start - quantities[result - 1]!.end > CLOSE) return;
    const after = text.slice(stated.end, stated.end + CLOSE);
    const model = modelAfter(after, words);
    if (model === null) continue;
    // "Large costs $0.015 per 1K tokens"; else "$0.015 per 1K tokens for Large".
    const named = prices.filter(({ before }) => before.includes(model));
    const owned = named.length > 0 ? named : prices.filter(({ after: words }) => words.includes(model));
    const operands = [operandAt(read, volume), operandAt(read, tokens)];
    const total = operandAt(read, stated);
    const judged = owned.map(({ operand }) => {
      const parts = [...operands, operand];
      return { parts, judgment: judge(PRODUCT, parts, stated, total.text) };
    });
    const right =
      judged.find(({ judgment }) => judgment.verdict === 'holds') ?? (judged.length === 1 ? judged[0] : undefined);
    if (right === undefined || right.judgment.verdict === 'unclear') continue;
    const stands = spanOf([...operands, total]);
    found.push(
      statedCalculation(
        { form: 'told', block: index, formula: PRODUCT, operands: right.parts, result: total, span: stands },
        right.judgment,
      ),
    );
  }
}

/** The name behind a result, in lower case: "on Large", "with the Mistral Small". */
function modelAfter(text: string, words: CalculationWords): string | null {
  // A short word, one more at most, and a name with a capital.
  const named = /^\s+\p{Ll}{2,5}\s+(?:(\p{Ll}+)\s+)?(\p{Lu}[\p{L}\p{N}-]*(?:\.\d+)?(?: \p{Lu}[\p{L}\p{N}-]*)?)/u;
  const [, article, model] = named.exec(text) ?? [];
  return model !== undefined && (article === undefined || words.articles.has(article)) ? model.toLowerCase() : null;
}

const PAIR = chainOf('×', 2);
const PRODUCT = chainOf('×', 3);

function addTold(
  read: ReadBlock,
  index: number,
  used: readonly number[],
  result: number,
  { isCertain, isWordy, isOfThese }: Telling,
  words: CalculationWords,
  found: Calculation[],
): void {
  const operands = used.map((at) => operandAt(read, read.quantities[at]!));
  const total = operandAt(read, read.quantities[result]!);
  const asWritten = judge(PAIR, operands, total.quantity, total.text);
  // "$0.50 per 1K pages, 300 pages cost $150": what the price is for is said.
  const isBulk = isOfThese && !isWordy && asWritten.verdict === 'unclear' && asWritten.slip === 'denominator';
  const judged: Judgment = isBulk ? { ...asWritten, verdict: 'fails' } : asWritten;
  if (judged.verdict !== 'holds') {
    // "$3,000 a month. At 500 users, that's $6 per user."
    const share = judge(QUOTIENT, operands, total.quantity, total.text);
    const isOfOne = operands[0]!.quantity.per.some(({ unit }) => unit === operands[1]!.quantity.unit);
    if (share.verdict === 'holds' && total.quantity.kind === 'money' && !isOfOne) {
      found.push(statedCalculation({ form: 'told', block: index, formula: QUOTIENT, operands, result: total }, share));
      return;
    }
    const isKept =
      isCertain &&
      !isReducedAfter(read, result, words) &&
      !isSharedIn(read, used, words) &&
      !isOfEach(operands, total.quantity) &&
      !isPartial(read, used, result, words);
    if (!isKept) return;
    if (comesOfOthers(read, used, result)) {
      // "20,000 tokens; at $0.015 per 1K tokens it costs $0.03": what a price is for leaves little doubt.
      const [first, second] = operands;
      if (judged.slip !== 'magnitude' || !isPriced(first!.quantity, second!.quantity, total.quantity)) return;
      found.push(
        statedCalculation(
          { form: 'told', block: index, formula: PAIR, operands, result: total },
          { ...judged, verdict: 'unclear' },
        ),
      );
      return;
    }
  }
  const told = total.quantity.kind === 'money' ? judged : ofTalk(judged, operands, total);
  if (told === null) return;
  // What "that" is may be more than the figure right before it.
  const judgment: Judgment =
    told.verdict === 'fails' && (isWordy || hasOthers(read, used, result, found))
      ? { ...told, verdict: 'unclear' }
      : told;
  if (judgment.verdict === 'unclear' && !judgment.isRounding && judgment.slip === undefined) return;
  found.push(statedCalculation({ form: 'told', block: index, formula: PAIR, operands, result: total }, judgment));
}

/** Whether a result is for one of what is counted, so that it is no product with their number: "$6 per user", "$2 each". */
function isOfEach(operands: readonly Operand[], { kind, per }: Quantity): boolean {
  const counted = new Set(operands.map(({ quantity }) => quantity.unit));
  return kind === 'money' && per.some(({ unit }) => unit === 'item' || counted.has(unit));
}

/** Whether words or a sentence between the figures say that it is not as many that count, or not once: "half are cached". */
function isPartial(
  { text, quantities }: ReadBlock,
  used: readonly number[],
  result: number,
  words: CalculationWords,
): boolean {
  const unit = quantities[used[0]!]!;
  const volume = quantities[used[1]!]!;
  const between = `${text.slice(unit.end, volume.start)} ${text.slice(volume.end, quantities[result]!.start)}`;
  const isMore = (between.match(/[.!?](?=\s)/g) ?? []).length > 1;
  const sayings = [between, text.slice(volume.start, volume.end)];
  return isMore || between.includes('%') || sayings.some((part) => wordsIn(part).some((word) => isShare(word, words)));
}

function isShare(word: string, words: CalculationWords): boolean {
  return words.shares.has(word) || words.reductions.has(word);
}

/** Whether figures of the result's kind stand before a unit's, other than those that the unit's own figure was worked out from. */
function hasOthers(read: ReadBlock, used: readonly number[], result: number, found: readonly Calculation[]): boolean {
  const { quantities } = read;
  const total = quantities[result]!;
  const places = new Set<number>();
  const explained = new Set<number>();
  for (const at of used) places.add(operandAt(read, quantities[at]!).start);
  // What came out before, of whatever it came.
  for (let more = true; more;) {
    more = false;
    for (const { operands, result: earlier, verdict } of found) {
      if (earlier === null || verdict !== 'holds' || explained.has(earlier.start)) continue;
      if (!places.has(earlier.start)) continue;
      explained.add(earlier.start);
      for (const { start } of operands) places.add(start);
      more = true;
    }
  }
  return quantities
    .slice(0, result)
    .some((one) => one.kind === total.kind && one.unit === total.unit && !places.has(operandAt(read, one).start));
}

/** Whether words in the figures say that they go side by side: "3 parallel calls". */
function isSharedIn({ text, quantities }: ReadBlock, used: readonly number[], words: CalculationWords): boolean {
  return used.some((at) => {
    const { start, end } = quantities[at]!;
    return wordsIn(text.slice(start, end)).some((word) => words.reductions.has(word));
  });
}

/** How far a product of anything but money is off before words are held to it: people round when they talk. */
const TALK = 0.1;
/** From here on no overhead, growth or loss that goes without saying explains it. */
const GROSS = 2;

/**
 * What a judgment on anything but money comes to when it is told in words; null where there is nothing to say. A share is no product ("300 QPS. Over 5
 * regions, that's 60 QPS"), and work that goes side by side takes less time than all of it.
 */
function ofTalk(judged: Judgment, operands: readonly Operand[], total: Operand): Judgment | null {
  if (judged.verdict !== 'fails') return judged.verdict === 'holds' || judged.slip === 'period' ? judged : null;
  const { computed } = judged;
  const stated = total.quantity.value;
  if (Math.abs(computed - stated) <= TALK * Math.max(Math.abs(computed), Math.abs(stated))) return null;
  if (judge(QUOTIENT, operands, total.quantity, total.text).verdict === 'holds') return null;
  const isTime = total.quantity.kind === 'duration';
  if (isTime && stated < computed && judged.slip !== 'magnitude') return null;
  const ratio = stated / computed;
  const isGross = !isTime && (ratio >= GROSS || ratio <= 1 / GROSS);
  return isGross ? judged : { ...judged, verdict: 'unclear', isRounding: judged.slip === undefined };
}
