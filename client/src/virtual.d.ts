/** Made from `rubrics/` when the extension is built, so that the client knows no heading by itself. */
declare module 'design-answers:headings' {
  /** Every title and alias of the built-in frameworks' sections. */
  const headings: readonly string[];
  export default headings;
}
