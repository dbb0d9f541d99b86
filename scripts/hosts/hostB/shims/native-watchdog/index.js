// The native module ends the extension host within seconds of its parent's end, from a thread of its own. A timer does the
// same as long as the event loop turns, which is enough for tests and for a first try, and needs no compiler.
'use strict';

exports.start = (pid) => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 3000).unref();
};

exports.exit = (code) => process.exit(code);
