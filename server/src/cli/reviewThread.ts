import { join } from 'node:path';
import type * as CommandLine from './commandLine.js';
import { loadBundle } from './loadBundle.js';

/** The entry of a thread of `lint`. */
const { reviewOnThread } = loadBundle(join(__dirname, 'commandLine.cjs')) as typeof CommandLine;
reviewOnThread();
