/** Made from `rubrics/` when the extension is built, so that the client knows no heading by itself. */
declare module 'design-answers:headings' {
  /** Every title and alias of the built-in frameworks' sections. */
  const headings: readonly string[];
  export default headings;
}

/** The built-in question bank, so that it is there before a server is. */
declare module 'design-answers:questions' {
  import type { QuestionInfo } from '../../server/src/protocol.js';
  const questions: readonly QuestionInfo[];
  export default questions;
}
