import { join } from 'node:path';
import type * as WorkerThreads from 'node:worker_threads';
import { builtInRubric, type Review, type Rubric } from '../core/index.js';
import { readTextFile, type Input } from './readInputs.js';
import { reviewText, type RunOptions } from './reviewFile.js';

/** Loaded when there are many files: loading it takes as long as reviewing a page, and most runs need no thread. */
const threads = (): typeof WorkerThreads => process.getBuiltinModule('node:worker_threads');

/** A text with its review, or why there is none. */
export type ReadReview = { readonly text: string; readonly review: Review } | { readonly fault: string };

/** What a thread is given. */
interface Task {
  readonly inputs: readonly Pick<Input, 'path' | 'named'>[];
  /** Null for the built-in rubric, which a thread reads faster than it is copied. */
  readonly rubric: Rubric | null;
  readonly options: RunOptions;
  /** The number of the next input that nobody has taken, then by thread the input that it is at, or -1. */
  readonly state: Int32Array;
  readonly thread: number;
}

/** What a thread tells of an input. */
interface Done {
  readonly index: number;
  readonly result: ReadReview;
}

const CRASHED = 'the review of this file ended unexpectedly; nothing is known of it';

/**
 * Reviews files on this thread and on others, each taking the next file when it is done with one.
 *
 * @param others how many other threads.
 * @param whenDone told how many are done so far.
 * @param program what the threads run.
 * @returns by input, in their order, the same as on one thread. Of a thread that breaks, the file that it was at has a fault, and the others take the rest.
 */
export async function reviewInParallel(
  inputs: readonly Input[],
  rubric: Rubric,
  options: RunOptions,
  others: number,
  whenDone: (done: number) => void,
  program = join(__dirname, 'reviewThread.cjs'),
): Promise<readonly ReadReview[]> {
  const results = new Array<ReadReview | undefined>(inputs.length).fill(undefined);
  let done = 0;
  const take = (index: number, result: ReadReview): void => {
    results[index] = result;
    whenDone(++done);
  };
  const state = new Int32Array(new SharedArrayBuffer(4 * (1 + others))).fill(-1);
  state[0] = 0;
  const task = {
    inputs: inputs.map(({ path, named }) => ({ path, named })),
    rubric: rubric === builtInRubric() ? null : rubric,
    options,
    state,
  };
  const ends = Array.from({ length: others }, (_, thread) => follow(program, { ...task, thread: thread + 1 }, take));
  for (let index = Atomics.add(state, 0, 1); index < inputs.length; index = Atomics.add(state, 0, 1)) {
    take(index, readAndReview(inputs[index]!, rubric, options));
    // What the others have sent is taken in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(ends);
  // A thread may have ended after it took a file and before it told which.
  inputs.forEach((input, index) => {
    if (!results[index]) take(index, readAndReview(input, rubric, options));
  });
  return results.flatMap((result) => result ?? []);
}

/** The program of a thread: reviews what nobody has taken, until nothing is left. */
export function reviewOnThread(): void {
  const { parentPort, workerData } = threads();
  const { inputs, rubric, options, state, thread } = workerData as Task;
  const own = rubric ?? builtInRubric();
  for (let index = Atomics.add(state, 0, 1); index < inputs.length; index = Atomics.add(state, 0, 1)) {
    Atomics.store(state, thread, index);
    const message: Done = { index, result: readAndReview(inputs[index]!, own, options) };
    parentPort?.postMessage(message);
  }
}

/** Starts a thread; resolves when it has ended, in whatever way. */
function follow(program: string, task: Task, take: (index: number, result: ReadReview) => void): Promise<void> {
  return new Promise((resolve) => {
    let last = -1;
    const end = (): void => {
      const at = Atomics.load(task.state, task.thread);
      // Where the others were quicker, the number that it came to may be behind the last file.
      if (at !== last && at < task.inputs.length) take(at, { fault: CRASHED });
      last = at;
      resolve();
    };
    try {
      const worker = new (threads().Worker)(program, { workerData: task });
      worker.on('message', ({ index, result }: Done) => {
        last = index;
        take(index, result);
      });
      // It is followed by "exit". Where no thread can be started, the others do its work.
      worker.on('error', () => undefined);
      worker.on('exit', end);
    } catch {
      resolve();
    }
  });
}

function readAndReview(input: Pick<Input, 'path' | 'named'>, rubric: Rubric, options: RunOptions): ReadReview {
  const file = readTextFile(input.path);
  return 'fault' in file ? file : { text: file.text, review: reviewText(file.text, input, rubric, options) };
}
