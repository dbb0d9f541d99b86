// The native module clones files on macOS file systems that can; copying is the same, only slower.
'use strict';
const fs = require('node:fs');

exports.cp = (from, to, options) => fs.promises.cp(from, to, options);
exports.copyFile = (from, to, mode) => fs.promises.copyFile(from, to, mode);
exports.copyFileSync = fs.copyFileSync;
exports.isCloneSupported = () => false;
exports.isMacOS = process.platform === 'darwin';
exports.constants = fs.constants;
