#!/usr/bin/env node
// Stands in for the `code` executable wherever a runner wants one, `vscodeExecutablePath` of @vscode/test-electron for one:
// takes VS Code's own flags and runs them in host B.
import { register } from 'tsx/esm/api';

register();
const { launch } = await import('./launcher.ts');
process.exitCode = await launch(process.argv.slice(2));
