import './serverTests.js';
import './findingsTests.js';
import './settingsTests.js';
import './rubricsTests.js';
import './snippetsTests.js';
import './viewTests.js';
import './figuresTests.js';
import './interruptionTests.js';
import './practiceTests.js';
import './reportTests.js';
import { runTests } from './registry.js';

/** What an editor calls when it is started with this suite; rejects when a test failed. */
export function run(): Promise<void> {
  return runTests();
}
