/** Where the rule pages of `docs/checks/` are read. */
const PAGES = 'https://github.com/design-answers/design-answers/blob/main/docs/checks';

/** The address of a rule's page. */
export function rulePageUrl(ruleId: string): string {
  return `${PAGES}/${ruleId}.md`;
}
