import { reportLine, type TestOutcome } from './report.js';

interface RegisteredTest {
  name: string;
  body: (test: TestContext) => Promise<void>;
  limit: number;
}

/** What a test can use while it runs. */
export interface TestContext {
  /** Calls back when the test has ended, however it ended; the last one first. */
  after(cleanUp: () => unknown): void;
}

/** Tells what hangs from what is slow: a busy machine with a slow disk takes eight times as long as a quiet one. */
const SLOW_MACHINE_MS = 300_000;

const CLEAN_UP_MS = 60_000;

const tests: RegisteredTest[] = [];
let group = '';

/** Names what the tests registered inside have in common. */
export function describe(name: string, register: () => void): void {
  group = name;
  register();
  group = '';
}

/** Registers a test. It fails when `body` rejects or takes longer than `limit` milliseconds. */
export function test(name: string, body: (test: TestContext) => Promise<void>, limit = SLOW_MACHINE_MS): void {
  tests.push({ name: group === '' ? name : `${group}: ${name}`, body, limit });
}

/**
 * Runs all registered tests, one after the other, and reports each on the console.
 *
 * @throws {Error} when one of them failed.
 */
export async function runTests(): Promise<void> {
  let failed = 0;
  for (const registered of tests) {
    const outcome = await runTest(registered);
    if (outcome.status === 'failed') failed++;
    console.log(reportLine(outcome));
  }
  if (tests.length === 0) throw new Error('No test is registered.');
  if (failed > 0) throw new Error(`${failed} of ${tests.length} tests failed.`);
}

async function runTest({ name, body, limit }: RegisteredTest): Promise<TestOutcome> {
  const cleanUps: (() => unknown)[] = [];
  const started = Date.now();
  const done = (rest: Pick<TestOutcome, 'status' | 'reason'>): TestOutcome => ({
    name,
    milliseconds: Date.now() - started,
    ...rest,
  });
  let outcome: TestOutcome;
  try {
    await withLimit(
      body({
        after: (cleanUp) => {
          cleanUps.unshift(cleanUp);
        },
      }),
      limit,
    );
    outcome = done({ status: 'passed' });
  } catch (error) {
    outcome = done({ status: 'failed', reason: describeError(error) });
  }
  for (const cleanUp of cleanUps) {
    try {
      await withLimit(Promise.resolve(cleanUp()), CLEAN_UP_MS);
    } catch (error) {
      if (outcome.status === 'passed')
        outcome = done({ status: 'failed', reason: `clean-up: ${describeError(error)}` });
    }
  }
  return outcome;
}

function withLimit<T>(work: Promise<T>, limit: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`It did not end within ${limit / 1000} s.`));
    }, limit);
  });
  return Promise.race([work, late]).finally(() => {
    clearTimeout(timer);
  });
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
