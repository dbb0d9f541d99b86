import type { LinkedPatterns } from '../rubric/linkPatterns.js';
import type { NumberRow } from '../rubric/numberRows.js';
import type { WordRow } from '../rubric/wordRows.js';

/** What is known of a word, or of a slot, in the way that a finder goes through it. */
export interface AttemptRow extends WordRow {
  /** Of each pattern in `starts`, `TRY` numbers: what the finder asks first stands beside it, as places all over the patterns take longer to read. Null until they are asked for. */
  tries: Int32Array | null;
}

/** Numbers of a try. */
const enum TRY {
  pattern = 0,
  /** The first feature that the pattern cannot do without. */
  need = 1,
  /** Within how many tokens that must come. */
  within = 2,
  length = 3,
}

/** What stands in a sentence. */
export interface SentenceRows {
  /** Its tokens, half open. */
  readonly from: number;
  readonly to: number;
  /** By token: what is known of its word, and whether it is a sign that is passed over. */
  readonly entries: readonly AttemptRow[];
  readonly soft: readonly boolean[];
  /** What is known of the slots that begin at a token: mostly none does. */
  slotsAt(token: number): readonly AttemptRow[];
}

/**
 * Finds where patterns are worth trying: where what each cannot do without comes near enough behind a word that it can begin with. One for a program, as a page has a
 * hundred short texts, and new rows for each cost more than reading them.
 */
export class AttemptFinder {
  /** What was found last: each pattern, and its first token in the count of all texts, from the sentence's end to its start. Overwritten by the next sentence. */
  readonly found: number[] = [];
  /** By feature: the next token that has it, or one before, in the count of all texts. Its last place is for the feature that every token has. */
  private readonly nextAt: Int32Array;
  /** How many tokens of texts were counted. */
  private counted = 0;

  constructor(private readonly linked: LinkedPatterns) {
    this.nextAt = new Int32Array(linked.featureCount + 1).fill(-1);
  }

  /** Counts the tokens of a text. Returns the number of its first one. */
  count(tokens: number): number {
    if (this.counted > MOST_COUNTED) {
      this.nextAt.fill(-1);
      this.counted = 0;
    }
    const first = this.counted;
    this.counted += tokens;
    return first;
  }

  /** Finds the attempts of a sentence, `base` being the number of the text's first token. Returns how many numbers of `found` they are. */
  find({ from, to, entries, soft, slotsAt }: SentenceRows, base: number): number {
    const { found, nextAt } = this;
    found.length = 0;
    let slack = 0;
    for (let token = to - 1; token >= from; token--) {
      const word = entries[token]!;
      const slots = slotsAt(token);
      const place = base + token;
      if (soft[token] === true) slack++;
      nextAt[this.linked.featureCount] = place;
      note(word.neededAtStart, place, nextAt);
      for (let index = 0; index < slots.length; index++) note(slots[index]!.neededAtStart, place, nextAt);
      for (let index = slots.length - 1; index >= 0; index--) this.tryAll(slots[index]!, place, slack);
      this.tryAll(word, place, slack);
      note(word.needed, place, nextAt);
      for (let index = 0; index < slots.length; index++) note(slots[index]!.needed, place, nextAt);
    }
    return found.length;
  }

  private tryAll(row: AttemptRow, place: number, slack: number): void {
    const tries = (row.tries ??= this.triesOf(row.starts));
    const { needs, needsFrom } = this.linked;
    const { nextAt, found } = this;
    patterns: for (let at = tries.length - TRY.length; at >= 0; at -= TRY.length) {
      // Most patterns want a second word that does not come soon enough after the first one in this sentence.
      const distance = nextAt[tries[at + TRY.need]!]! - place;
      if (distance < 0 || distance > tries[at + TRY.within]! + slack) continue;
      const number = tries[at]!;
      const last = needsFrom[number + 1]!;
      for (let need = needsFrom[number]! + 2; need < last; need += 2) {
        const further = nextAt[needs[need]!]! - place;
        if (further < 0 || further > needs[need + 1]! + slack) continue patterns;
      }
      found.push(number, place);
    }
  }

  private triesOf(starts: NumberRow): Int32Array {
    const { firstNeed, firstWithin } = this.linked;
    const tries = new Int32Array(starts.length * TRY.length);
    for (let index = 0; index < starts.length; index++) {
      const number = starts[index]!;
      const at = index * TRY.length;
      tries[at + TRY.pattern] = number;
      tries[at + TRY.need] = firstNeed[number]!;
      tries[at + TRY.within] = firstWithin[number]!;
    }
    return tries;
  }
}

/** Notes that these features come next at a place. */
function note(features: NumberRow, place: number, nextAt: Int32Array): void {
  for (let index = features.length - 1; index >= 0; index--) nextAt[features[index]!] = place;
}

/** After so many tokens the count of them begins anew: it must fit in 32 bits. */
const MOST_COUNTED = 1_000_000_000;
