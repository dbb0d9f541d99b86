/** Made by scripts/rubricPlugin.ts when the product is built: the compiled built-in rubric. */
declare module 'design-answers:rubric' {
  /** As JSON text, all but its patterns and what it says to people: see laterParts.ts for which fields these are. */
  const rubric: string;
  export default rubric;

  /** Its `patterns`, its `index` and those of its kinds, in their order, as JSON text. */
  export function readPatterns(): string;

  /** What its kinds and its checks say to people, in their order, as JSON text. */
  export function readTexts(): string;

  /** Its patterns linked and packed, where the bundle has files beside it: `PackedPatterns`. */
  export function readPacked(
    /** Room for so many bytes that its rows are read into. */
    room: (length: number) => Int32Array,
  ): { readonly text: string; readonly numbers: Int32Array } | null;
}

/** Made by scripts/assembleMatcher.ts of server/src/core/evidence/matcher.wat. */
declare module 'design-answers:matcher' {
  /** WebAssembly, as bytes. */
  const assembled: Uint8Array<ArrayBuffer>;
  export default assembled;
}
