/** Made by scripts/rubricPlugin.ts when the product is built: the compiled built-in rubric. */
declare module 'design-answers:rubric' {
  /** As JSON text, all but its patterns. */
  const rubric: string;
  export default rubric;

  /** Its `patterns` and `index`, as JSON text. */
  export function readPatterns(): string;

  /** Its patterns linked and packed, where the bundle has files beside it: `PackedPatterns`. */
  export function readPacked(): { readonly text: string; readonly numbers: Int32Array } | null;
}
