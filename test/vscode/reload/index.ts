import './wholeRoundTests.js';
import { runTests } from '../suite/registry.js';

/** What an editor calls when it is started with this suite, and again after the suite has had its window reloaded. */
export function run(): Promise<void> {
  return runTests();
}
