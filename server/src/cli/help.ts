/** What `--help` prints, in all and by command. */
export const HELP = {
  all: `Reviews design interview answers written in markdown. Nothing leaves this machine.

Usage: design-answers <command>

  lint FILE|DIR|-…       review answers
  report FILE|DIR|-…     what an answer has and lacks, as a page (HTML)
  rules [ID]             what is checked, and why
  new FILE               start an answer from a framework's skeleton
  serve --stdio          the language server, for any editor

  --version              print the version
  <command> --help       print the options of a command
`,
  lint: `Usage: design-answers lint [options] FILE|DIR|-…

Reviews the answers among the files. Directories are searched for *.md; files in them that are no answers are passed over.
"-" reads standard input.

  --framework ID         take every named file for an answer in this framework
  --rubric PATH          a rubric file or folder of your own; may be repeated; .design-answers/ here is always read
  --format FORMAT        pretty (default), json, sarif or github
  --severity LEVEL       exit with 1 from this severity on: error, warning (default), information or hint
  --fix                  write the repairs that are safe to apply unseen (no figures)

Exit codes: 0 nothing at or above the level, 1 findings, 2 bad usage or a file that could not be read (the others are reviewed).
`,
  report: `Usage: design-answers report [options] FILE|DIR|-…

Writes a page to read: the score and what moved it, the first gap, every check with your own words, time and words by section.
The page is one self-contained HTML file that loads nothing. It goes to standard output:

  design-answers report my.answer.md > my.html

  --out DIR              write one file for each answer there instead, and print their names
  --timing FILE          the times of a round, a JSON file as docs/history.md describes it (for one answer)
  --framework ID         take every named file for an answer in this framework
  --rubric PATH          a rubric file or folder of your own; may be repeated; .design-answers/ here is always read
  --severity LEVEL       exit with 1 from this severity on: error, warning, information or hint

Exit codes: 0 the reports are made, 1 findings at or above the level of --severity, 2 bad usage, or a file that could not be read or
is no answer (the other reports are made).
`,
  rules: `Usage: design-answers rules [options] [ID]

Lists what is checked, or tells everything about one rule: why, what a strong answer does, examples.

  --rubric PATH          a rubric file or folder of your own; may be repeated; .design-answers/ here is always read
`,
  new: `Usage: design-answers new [options] FILE

Writes the skeleton of an answer. A file that is there already is left alone.

  --framework ID         the framework (default: the question's, else five-step)
  --question ID          a question of the bank, to put on top
  --level LEVEL          the level that you interview for; a framework of your own may give it a time
  --budget TIME          the time of the whole answer, shared out as the framework does: 40, 40m, "1 h 10 min" or 1:10
  --rubric PATH          a rubric file or folder of your own; may be repeated; .design-answers/ here is always read
`,
  serve: `Usage: design-answers serve --stdio

Starts the language server on standard input and output.
`,
} as const;
