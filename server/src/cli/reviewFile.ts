import { basename } from 'node:path';
import { DEFAULT_SETTINGS, review, type Review, type Rubric } from '../core/index.js';
import type { Input } from './readInputs.js';

/** What a run over files knows beside their texts; plain data. */
export interface RunOptions {
  readonly framework: string | undefined;
  /** As "2026-03-17". */
  readonly today: string;
}

/** Reviews the text of an input. */
export function reviewText(
  text: string,
  { path, named }: Pick<Input, 'path' | 'named'>,
  rubric: Rubric,
  { framework, today }: RunOptions,
): Review {
  return review(text, rubric, DEFAULT_SETTINGS, {
    fileName: basename(path),
    today,
    // "Every named file": one that a directory gave is still asked what it is.
    ...(framework !== undefined && named ? { framework } : {}),
  });
}
