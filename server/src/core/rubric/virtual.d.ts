/** Made by scripts/rubricPlugin.ts when the product is built: the compiled built-in rubric, as JSON text. */
declare module 'design-answers:rubric' {
  const rubric: string;
  export default rubric;
}
