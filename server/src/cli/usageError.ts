/** A mistake of the person who called; shown without a stack, and the exit code is 2. */
export class UsageError extends Error {
  /** @param command the command whose help to point to, if one. */
  constructor(
    message: string,
    readonly command?: 'lint' | 'report' | 'rules' | 'new' | 'serve',
  ) {
    super(message);
  }
}
