/** The turn of the candidate in a transcript. */
export const CANDIDATE = /^(?:candidate|me|i|you|interviewee|answer|a)\s*:/i;

/** “I chose …”, “I'd start with …”: users and interviewers are quoted too, but they do not design. */
export const DECIDES =
  /\b(?:I|[Ww]e)(?:(?:['’]d|\swould)(?:\s\w+ly)?\s(?:add|begin|build|cache|choose|design|frame|go with|keep|measure|monitor|pick|prioritize|propose|put|recommend|roll out|route|run|scope|serve|ship|split|start|store|track|treat|watch)|\s(?:assumed?|built|chose|decided|designed|framed|included|opted|picked|prioritized|propose|proposed|recommend|ruled out|scoped|went with))\b/;

/** The turn of somebody else in a transcript. */
export const ANOTHER = /^(?:(?:the )?interviewer|question|them|q)\s*:/i;

/** Whether a quote below this heading or lead-in is what the candidate says: “What you say (2 minutes)”, “My answer:”. */
export function isSaidUnder(text: string): boolean {
  return SAID.test(text);
}

const SAID =
  /^[^a-z]*(?:say|script|talk track|(?:what|how) (?:you|i|to)(?:['’]d| would| could)? (?:say|answer|explain|put it)|(?:you|i)(?:['’]d| would| could)? say|(?:my|sample|example|model|spoken) (?:answer|response)|(?:my |the |elevator )?pitch)\b(?! (?:to|about|no|yes) )/i;
