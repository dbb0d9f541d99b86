/**
 * The name of a new answer's file, made of its title: letters and digits of any script, joined by hyphens, at most forty units long, and another than
 * those that are taken (compared without regard to case, as many file systems do).
 */
export function answerFileName(title: string, taken: readonly string[]): string {
  const words = title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let stem = '';
  for (const word of words) {
    const longer = stem === '' ? word : `${stem}-${word}`;
    if (longer.length > LONGEST_STEM) break;
    stem = longer;
  }
  stem ||= 'answer';
  const used = new Set(taken.map((name) => name.toLowerCase()));
  for (let number = 1; ; number++) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}.answer.md`;
    if (!used.has(name)) return name;
  }
}

/** A date as a writer's calendar shows it: "2026-11-21". */
export function localDate(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const LONGEST_STEM = 40;
