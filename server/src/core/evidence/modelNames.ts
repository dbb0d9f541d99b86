import { isCapital } from '../answer/letters.js';
import type { TokenSpan } from './matcher.js';
import { tokenize, type Tokens } from './tokens.js';

/** Names of models as rows of words, by their first word. */
export type ModelNames = ReadonlyMap<string, readonly (readonly string[])[]>;

/** The names ready to be looked for; null for none. */
export function modelNames(names: Iterable<string>): ModelNames | null {
  const byFirst = new Map<string, (readonly string[])[]>();
  for (const name of names) {
    const { words } = tokenize(name);
    const [first] = words;
    if (first === undefined) continue;
    const known = byFirst.get(first);
    if (known) known.push(words);
    else byFirst.set(first, [words]);
  }
  return byFirst.size === 0 ? null : byFirst;
}

/** Whether a name is one word of letters alone, as any word of the language may be: "Turbo", but not "o3" or "Acme One". */
export function isNameOfOneWord(words: readonly string[]): boolean {
  const [word = ''] = words;
  return words.length === 1 && word.toLowerCase() !== word.toUpperCase() && !/[^\p{L}]/u.test(word);
}

/** Whether a word is written as a name is: with a capital, or as code. */
export function isWrittenAsName(text: string, start: number): boolean {
  return isCapital(text, start) || text[start - 1] === '`';
}

/** Where a text names one of them, within a sentence, in order; of several at one place the longest. A name of one word counts as a name is written alone. */
export function namesIn(names: ModelNames, text: string, { words, starts, sentences, count }: Tokens): TokenSpan[] {
  const found: TokenSpan[] = [];
  for (let from = 0; from < count; from++) {
    let to = from;
    const here = names.get(words[from]!);
    if (here === undefined) continue;
    for (const name of here) {
      const end = from + name.length;
      const isHere = end > to && sentences[end - 1] === sentences[from];
      if (!isHere || !name.every((word, at) => words[from + at] === word)) continue;
      if (isNameOfOneWord(name) && !isWrittenAsName(text, starts[from] ?? 0)) continue;
      to = end;
    }
    if (to === from) continue;
    found.push({ from, to });
    from = to - 1;
  }
  return found;
}
