/** The fields of kinds and of checks that the built-in rubric keeps apart from the others, as a run over few files asks for none of them. */
export const PATTERN_FIELDS = ['patterns', 'except', 'exceptInSentence'] as const;
export const KIND_TEXTS = ['is', 'isNot'] as const;
export const CHECK_TEXTS = ['why', 'questions', 'examples'] as const;
