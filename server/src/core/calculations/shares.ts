import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, Formula, ReadBlock } from './calculation.js';
import {
  hasDecimalComma,
  readMarks,
  SENTENCE_END,
  restOfSentence,
  sentenceStart,
  spoken,
  type CalculationWords,
  saidIn,
} from './gaps.js';
import { goesOn } from './formulas.js';
import { judge, periodSlip, type Judgment } from './judge.js';
import { chainOf, operandAt, statedCalculation, FIRST, SECOND, QUOTIENT } from './stated.js';
import { isOneValue } from './figures.js';

/**
 * Finds what shares come to where a sentence has no figures but theirs: a part ("of 40k chats a day 55% are about orders, that's 22k chats"), what is left ("70% are
 * answered, the other 30% …"), a quota ("412 of 500 pass, i.e. 82.4%") and an amount with a share taken off or added ("$48,000 less 15% is $40,800"). Of the
 * first three a share is never sure, so that they are doubted at most. `known` are the places of results that were read already.
 */
export function findShares(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    const { block, text, quantities } = read;
    if (block.kind === 'row' || !quantities.some(isShare)) return;
    for (const { first, last } of sentencesOf(read, words)) {
      if (last - first < 1 || last - first > MOST) continue;
      if (hasDecimalComma(text, quantities[first]!.start, quantities[last]!.end)) continue;
      const shares =
        readWhole(read, index, first, last, words) ??
        (last - first === 2
          ? (readPart(read, index, first, words) ??
            readQuota(read, index, first, words) ??
            readHit(read, index, first, words) ??
            readTakenOff(read, index, first, 2, words))
          : last - first === 3
            ? readTakenOff(read, index, first, 3, words)
            : undefined);
      if (shares !== undefined && !known.has(shares.result?.start)) found.push(shares);
    }
  });
  return found;
}

/** A sentence with more figures is more than one statement. */
const MOST = 4;
/** How far apart the figures of one statement stand, in characters. */
const CLOSE = 60;
const MOST_WORDS = 6;
/** By what share a part is off before a word is worth it, and by how many hundredths what is left is. */
const TALK = 0.06;
const POINTS = 0.6;
const WHOLE = 100;

/** The first and the last figure of each sentence that has any; "i.e." ends none. */
function sentencesOf({ text, quantities }: ReadBlock, words: CalculationWords): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = [];
  let first = 0;
  for (let at = 1; at <= quantities.length; at += 1) {
    const next = quantities[at];
    const gap = next === undefined ? '' : text.slice(quantities[at - 1]!.end, next.start);
    if (next !== undefined && (!SENTENCE_END.test(gap) || endsInRestatement(gap, words))) continue;
    found.push({ first, last: at - 1 });
    first = at;
  }
  return found;
}

/** Whether the last clause before a figure says that it is what stands before, once more: ", i.e.". */
function endsInRestatement(gap: string, words: CalculationWords): boolean {
  return words.restatements.has(spoken(/[^,(]*$/.exec(gap)?.[0] ?? ''));
}

function isShare(share: Quantity): boolean {
  const { kind, value, per } = share;
  return kind === 'percentage' && value > 0 && value < WHOLE && per.length === 0 && isOneValue(share);
}

/** Shares of one whole that are more or less than it: by what the last one is said to be, or by what each goes to. */
function readWhole(
  read: ReadBlock,
  index: number,
  first: number,
  last: number,
  words: CalculationWords,
): Calculation | undefined {
  const shares = read.quantities.slice(first, last + 1);
  if (!shares.every(isShare)) return undefined;
  const left = shares.slice(0, -1).reduce((rest, { value }) => rest - value, WHOLE);
  const isWhole = left > 0 && (isRest(read.text, shares, left, words) || isSplit(read.text, shares, left, words));
  return isWhole ? whatIsLeft(read, index, shares, left) : undefined;
}

/** "70% are answered, the other 40% go to a person". */
function isRest(text: string, shares: readonly Quantity[], left: number, words: CalculationWords): boolean {
  const [before, rest] = [shares.at(-2)!, shares.at(-1)!];
  const gap = text.slice(before.end, rest.start);
  const [lead, article] = saidIn(gap).reverse();
  if (gap.length > CLOSE || !words.rests.has(lead ?? '') || (article !== undefined && words.parts.has(article)))
    return false;
  // "Of the remaining 40%", "40% of the time", "95% accuracy": shares of something else.
  const said = text.slice(sentenceStart(text, shares[0]!.start, CLOSE), sentenceEnd(text, rest.end));
  if (saidIn(said).some((word) => words.qualities.has(word) || words.parts.has(word) || words.changes.has(word)))
    return false;
  return (
    Math.abs(left - rest.value) > POINTS &&
    !shares.slice(0, -1).some(({ value }) => Math.abs(WHOLE - value - rest.value) <= POINTS)
  );
}

/** The doubt that the last of some shares is what the others leave. */
function whatIsLeft(read: ReadBlock, index: number, shares: readonly Quantity[], left: number): Calculation {
  const operands = shares.slice(0, -1).map((share) => operandAt(read, share));
  const statement = {
    form: 'told',
    block: index,
    formula: chainOf('+', operands.length),
    operands,
    result: operandAt(read, shares.at(-1)!),
  } as const;
  const doubt = statedCalculation(statement, { computed: left, verdict: 'unclear', isRounding: false, slip: 'share' });
  return { ...doubt, told: `${WHOLE}% − ${operands.map((one) => one.text).join(' − ')} = ${doubt.figure}` };
}

/** "80% go to Small, 15% to Medium and 10% to Large", "Small takes 80%, Medium 15% and Large 10%": more than a whole. */
function isSplit(text: string, shares: readonly Quantity[], left: number, words: CalculationWords): boolean {
  const over = shares.at(-1)!.value - left;
  if (shares.length < LEAST_OF_SPLIT || over < LEAST_OVER || over > MOST_OVER) return false;
  const start = sentenceStart(text, shares[0]!.start, CLOSE);
  const end = sentenceEnd(text, shares.at(-1)!.end);
  const said = saidIn(text.slice(start, end));
  const isOther = (word: string) =>
    words.qualities.has(word) ||
    words.shares.has(word) ||
    words.rests.has(word) ||
    words.changes.has(word) ||
    words.reductions.has(word) ||
    words.people.has(word);
  if (!said.some((word) => words.splits.has(word)) || said.some(isOther)) return false;
  // What each of them goes to stands behind it, after one and the same word, or its name before it.
  const behind = shares.map(({ end: from }, at) => saidIn(text.slice(from, shares[at + 1]?.start ?? end)));
  const isBehind = behind.every((after) => after.slice(0, MOST_BEFORE_NAME).some((word) => words.targets.has(word)));
  const after = behind.at(-1)!;
  const isEnd = after.length <= MOST_BEFORE_NAME - 1 && !words.ofThese.has(after.slice(0, 2).join(' '));
  const isBefore =
    isEnd && shares.every(({ start: to }, at) => NAMED.test(text.slice(at === 0 ? start : shares[at - 1]!.end, to)));
  return isBehind || isBefore;
}

const LEAST_OF_SPLIT = 3;
/** By so many hundredths shares are more than they may be by their rounding, and by no more than a slip. */
const LEAST_OVER = 2;
const MOST_OVER = 30;
/** "10% of requests go to". */
const MOST_BEFORE_NAME = 4;
/** A name with a capital, and at most a verb behind it. */
const NAMED = /^\W*(?:\p{Ll}+\W+){0,2}\p{Lu}[\p{L}\d-]*(?:\s\p{Lu}[\p{L}\d-]*)?(?:\s\p{Ll}+)?\s$/u;

/** "$12,000 a month with a 40% cache hit rate: $4,800": what is paid is told as the part that is not. */
function readHit(read: ReadBlock, index: number, first: number, words: CalculationWords): Calculation | undefined {
  const { text, quantities } = read;
  const result = quantities[first + 2]!;
  const [base, share] = isShare(quantities[first]!)
    ? [quantities[first + 1]!, quantities[first]!]
    : [quantities[first]!, quantities[first + 1]!];
  if (!isShare(share) || base.kind !== 'money' || result.kind !== 'money' || base.unit !== result.unit)
    return undefined;
  if (!isOneValue(base) || !isOneValue(result) || !isLed(read, first + 2, words)) return undefined;
  const start = sentenceStart(text, quantities[first]!.start, 2 * CLOSE);
  const said = saidIn(text.slice(start, sentenceEnd(text, result.end)));
  if (!said.some((word) => words.hits.has(word))) return undefined;
  // "The cached part of $12,000", "40% of it": but "cache" in "cache hits" says nothing else.
  const isOther = (word: string, at: number) =>
    words.changes.has(word) ||
    words.parts.has(word) ||
    words.multiples.has(word) ||
    (words.shares.has(word) && !words.hits.has(said[at + 1] ?? ''));
  if (said.some(isOther)) return undefined;
  const operands = [operandAt(read, base), operandAt(read, share)];
  const total = operandAt(read, result);
  const part = judge(PRODUCT, operands, result, total.text);
  const computed = part.computed * (WHOLE / share.value - 1);
  if (part.verdict !== 'holds' || Math.abs(result.value / computed - 1) <= TALK) return undefined;
  return statedCalculation(
    { form: 'told', block: index, formula: LESS, operands, result: total },
    { computed, verdict: 'unclear', isRounding: false, slip: 'share' },
  );
}

/** "10,000 visitors, 12% open it, so 1,200 people", "a rate of 0.5% on 2M messages means 10,000 messages": a part of a whole, or what is left of it. */
function readPart(read: ReadBlock, index: number, first: number, words: CalculationWords): Calculation | undefined {
  const { quantities } = read;
  const part = quantities[first + 2]!;
  const [share, whole] = isShare(quantities[first]!) ? [first, first + 1] : [first + 1, first];
  const [one, all] = [quantities[share]!, quantities[whole]!];
  if (!isShare(one) || !isCounted(all) || !isCounted(part) || part.value >= all.value) return undefined;
  // "17 % 5 = 2" is what a division leaves.
  if (!/\S/.test(read.text.slice(quantities[first]!.end, quantities[first + 1]!.start))) return undefined;
  if (!isPartOf(part, all, words) || !leadsTo(read, first + 2, words) || isSaidOtherwise(read, first, first + 2, words))
    return undefined;
  const operands = [operandAt(read, one), operandAt(read, all)];
  const result = operandAt(read, part);
  const judgment = judge(PRODUCT, operands, { ...part, per: all.per }, result.text);
  if (judgment.verdict !== 'fails') return undefined;
  const rest = all.value * (1 - one.value / WHOLE);
  const ratios = [part.value / judgment.computed, part.value / rest];
  if (ratios.some((ratio) => Math.abs(ratio - 1) <= TALK || periodSlip(ratio))) return undefined;
  const statement = { form: 'told', block: index, formula: PRODUCT, operands, result } as const;
  const isSlip = judgment.slip === 'magnitude' || judgment.slip === 'percent';
  return statedCalculation(statement, { ...judgment, verdict: 'unclear', slip: isSlip ? 'magnitude' : 'share' });
}

/** "412 of 500 answers pass, i.e. 82.4%". */
function readQuota(read: ReadBlock, index: number, first: number, words: CalculationWords): Calculation | undefined {
  const { text, quantities } = read;
  const [part, all, share] = [quantities[first]!, quantities[first + 1]!, quantities[first + 2]!];
  if (!isShare(share) || !isCounted(part) || !isCounted(all) || part.value >= all.value) return undefined;
  if (!words.parts.has(spoken(text.slice(part.end, all.start))) || !leadsTo(read, first + 2, words)) return undefined;
  if ((part.unit !== '' && part.unit !== all.unit) || isSaidOtherwise(read, first, first + 2, words)) return undefined;
  const computed = (WHOLE * part.value) / all.value;
  const given = [computed, WHOLE - computed];
  if (given.some((one) => Math.abs(one - share.value) <= Math.max(1, one * 0.03))) return undefined;
  const operands = [operandAt(read, part), operandAt(read, all)];
  const statement = {
    form: 'told',
    block: index,
    formula: QUOTIENT,
    operands,
    result: operandAt(read, share),
  } as const;
  return statedCalculation(statement, { computed, verdict: 'unclear', isRounding: false, slip: 'share' });
}

/** "$48,000 less 15% is $40,800", "net €2,500 plus 19% VAT (€475) = €2,975": the share's own amount may stand in brackets. */
function readTakenOff(
  read: ReadBlock,
  index: number,
  first: number,
  count: number,
  words: CalculationWords,
): Calculation | undefined {
  const { text, quantities } = read;
  const [base, share, inside, result] = [
    quantities[first]!,
    quantities[first + 1]!,
    quantities[first + 2]!,
    quantities[first + count]!,
  ];
  const isAmount = ({ kind, unit, max, per, bound }: Quantity) =>
    kind === 'money' &&
    unit === base.unit &&
    max === undefined &&
    bound === undefined &&
    per.every(({ unit: noun }) => noun === base.per[0]?.unit);
  if (!isShare(share) || !isAmount(base) || !isAmount(result)) return undefined;
  const sign = signOf(spoken(text.slice(base.end, share.start)), words);
  if (sign === null || !leadsTo(read, first + count, words)) return undefined;
  const part = (base.value * share.value) / WHOLE;
  const isBracketed = count === 3 && text.charAt(inside.start - 1) === '(' && text.charAt(inside.end) === ')';
  if (count === 3 && (!isBracketed || Math.abs(inside.value - part) > part * TALK)) return undefined;
  if (isSaidOtherwise(read, first, first + count, words)) return undefined;
  const computed = base.value + sign * part;
  // A markup on the price that is asked, or a share that was in it already.
  const given = [
    base.value / (1 - (sign * share.value) / WHOLE),
    base.value / (1 + (sign * share.value) / WHOLE),
    part,
  ];
  const operands = [operandAt(read, base), operandAt(read, share)];
  const total = operandAt(read, result);
  const statement = { form: 'told', block: index, formula: sign < 0 ? LESS : MORE, operands, result: total } as const;
  const isNear = (one: number) =>
    judge(FIRST, [{ ...total, quantity: { ...result, value: one } }], result, total.text).verdict !== 'fails';
  if (isNear(computed)) return statedCalculation(statement, { computed, verdict: 'holds', isRounding: false });
  if (given.some(isNear)) return undefined;
  const judgment: Judgment = { computed, verdict: 'fails', isRounding: false };
  return statedCalculation(
    statement,
    Math.abs(result.value / computed - 1) > FAR ? { ...judgment, verdict: 'unclear', isRounding: true } : judgment,
  );
}

/** Beyond it, the share may be taken more than once, or of something else. */
const FAR = 0.3;

/** Whether the words between an amount and a share take the share off (-1) or add it (1). */
function signOf(gap: string, words: CalculationWords): 1 | -1 | null {
  const last = gap.split(' ').at(-1) ?? '';
  if (gap.length > CLOSE / 2 || /[.;:!?(]/.test(gap)) return null;
  if (words.pluses.has(last) || last === '+') return 1;
  return words.lesses.has(last) || last === '−' || last === '-' ? -1 : null;
}

function isCounted(counted: Quantity): boolean {
  const { kind, unit } = counted;
  const isThings = kind === 'count' || kind === 'rate' || kind === 'tokens' || (kind === 'number' && unit === '');
  return isThings && isOneValue(counted);
}

/** Whether a part counts what its whole counts, and in the same time: "10,000 visitors, 1,200 people". */
function isPartOf(part: Quantity, all: Quantity, words: CalculationWords): boolean {
  const isSame = part.unit === '' || part.unit === all.unit || words.generics.has(part.unit);
  return isSame && part.per.every(({ unit }) => all.per.some((one) => one.unit === unit));
}

/** Whether nothing but a few words stands before a result, the last of them saying that it is one; or a bracket; and its clause ends behind it. */
function leadsTo({ text, quantities }: ReadBlock, at: number, words: CalculationWords): boolean {
  const { start, end } = quantities[at]!;
  const from = quantities[at - 1]!.end;
  const gap = text.slice(from, start);
  if (gap.length > CLOSE || goesOn(readMarks(text, end, Math.min(text.length, end + CLOSE), words))) return false;
  if (/\($/.test(gap)) return text.charAt(end) === ')';
  // "412 of 500 answers pass, i.e. 82.4%".
  let said = endsInRestatement(gap, words) ? 1 : 0;
  let plain = 0;
  for (const { kind, start: markStart, end: markEnd } of readMarks(text, from, start, words)) {
    const word = text.slice(markStart, markEnd).toLowerCase();
    if (kind === 'said' || kind === '→' || kind === '=' || words.outcomes.has(word)) said += 1;
    else if (kind === 'word' || kind === ')') plain += 1;
    else if (kind !== 'comma' && !(kind === 'break' && /^[.:;]$/.test(word))) return false;
  }
  return said > 0 && plain <= MOST_WORDS;
}

/** Whether a figure is led to by a colon or a word, and ends its clause: "becomes", "brings it to". */
function isLed({ text, quantities }: ReadBlock, at: number, words: CalculationWords): boolean {
  const { start, end } = quantities[at]!;
  const gap = text.slice(quantities[at - 1]!.end, start);
  const isEnd = /^\s*(?:[.,;!?)\n]|$)/.test(text.slice(end, end + CLOSE));
  if (!isEnd || gap.length > CLOSE) return false;
  if (/:\s*$/.test(gap) || words.targets.has(saidIn(gap).at(-1) ?? '')) return true;
  // "… is worth $4,800" is another verb's.
  const last = readMarks(text, quantities[at - 1]!.end, start, words).at(-1);
  return last !== undefined && (last.kind === 'said' || words.outcomes.has(text.slice(last.start, last.end)));
}

/** Whether words of the sentence say that more goes into it: half of them, twice, less than. */
function isSaidOtherwise(
  { text, quantities }: ReadBlock,
  first: number,
  last: number,
  words: CalculationWords,
): boolean {
  const start = sentenceStart(text, quantities[first]!.start, 2 * CLOSE);
  const isOther = (word: string) =>
    words.reductions.has(word) ||
    words.distributives.has(word) ||
    words.qualities.has(word) ||
    words.peaks.has(word) ||
    words.multiples.has(word);
  return saidIn(
    `${text.slice(start, quantities[first]!.start)} ${text.slice(quantities[first]!.end, sentenceEnd(text, quantities[last]!.end))}`,
  ).some(isOther);
}

function sentenceEnd(text: string, from: number): number {
  return from + restOfSentence(text, from, 2 * CLOSE).length;
}

const PRODUCT = chainOf('×', 2);
const MORE = chainOf('+', 2);
const LESS: Formula = { operator: '-', left: FIRST, right: SECOND };
