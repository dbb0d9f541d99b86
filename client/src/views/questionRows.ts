import type { QuestionInfo } from '../../../server/src/protocol.js';
import type { Row } from './row.js';

/** The rows of the question bank, in the bank's order. */
export function questionRows(questions: readonly QuestionInfo[]): Row[] {
  return questions.map(({ id, title, text, category }) => ({
    id: `question/${id}`,
    kind: 'question',
    label: title,
    description: category,
    tooltip: text,
    icon: { name: 'comment' },
    accessibleLabel: `${title}, ${category}: ${text}`,
    children: [],
    question: id,
  }));
}
