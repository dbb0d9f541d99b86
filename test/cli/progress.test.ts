import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showProgress } from '../../server/src/cli/progress.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stream that keeps what is written to it. */
function fakeStream(isTTY: boolean): { stream: NodeJS.WriteStream; written: string[] } {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  return { stream, written };
}

test('a short run shows nothing', () => {
  const { stream, written } = fakeStream(true);
  const progress = showProgress(3, stream);
  progress.show(1);
  vi.setSystemTime(Date.now() + 900);
  progress.show(2);
  progress.clear();
  expect(written).toEqual([]);
});

test('a long one shows how far it has come, at most ten times a second, and cleans up', () => {
  const { stream, written } = fakeStream(true);
  const progress = showProgress(40, stream);
  vi.setSystemTime(Date.now() + 1100);
  progress.show(12);
  progress.show(13);
  vi.setSystemTime(Date.now() + 150);
  progress.show(14);
  progress.clear();
  progress.clear();
  expect(written).toEqual(['\r\u001B[K12 of 40 files', '\r\u001B[K14 of 40 files', '\r\u001B[K']);
});

test('a file or a pipe gets none', () => {
  const { stream, written } = fakeStream(false);
  const progress = showProgress(40, stream);
  vi.setSystemTime(Date.now() + 5000);
  progress.show(12);
  progress.clear();
  expect(written).toEqual([]);
});
