import type { Quote, Range, Report, ReportCheck, ReportGap, ReportSection } from '../core/index.js';
import type { PageMessage } from '../protocol.js';
import { clock, lengthBar, scoreMeter, timeChart } from './charts.js';
import { html, type Content, type Markup } from './html.js';
import { page, type Place } from './page.js';

/**
 * The page of one report, or of several one after the other. Same reports and place in, same text out. In the editor a quote is a button that goes to its
 * words; in a file it names its line.
 */
export function renderReport(reports: readonly Report[], place: Place): string {
  const [first] = reports;
  const title = reports.length === 1 && first ? `Report: ${first.title}` : `${reports.length} reports`;
  const articles = reports.map((report, index) => article(report, `a${index + 1}`, place.kind === 'webview'));
  const contents =
    reports.length > 1
      ? html`<nav aria-label="Reports">
          <ul class="quiet">
            ${reports.map(
              (report, index) =>
                html`<li>
                  <a href="#a${index + 1}">${report.title}</a>
                  <span class="meta"
                    >${[report.fileName, report.score && `${report.score.total}, ${report.score.band}`].filter(Boolean).join(' · ')}</span
                  >
                </li>`,
            )}
          </ul>
        </nav>`
      : null;
  const footer = html`<footer>
    Made by Design Answers, on this machine, from the words of the answer alone. The score is a reading aid: it says how
    much of what an interviewer listens for is there, not whether the ideas are right.
  </footer>`;
  return page(
    title,
    html`${contents}
      <main>${articles}</main>
      ${footer}`,
    place,
  );
}

/** What the parts of one report need to know of where they stand. */
interface Context {
  /** Goes before every id, so that several reports have their own. */
  readonly id: string;
  /** Whether a click reaches the editor. */
  readonly isLive: boolean;
  readonly isTimed: boolean;
}

function article(report: Report, id: string, isLive: boolean): Markup {
  const context: Context = { id, isLive, isTimed: report.usedSeconds !== null };
  return html`<article id="${id}" aria-labelledby="${id}-title">
    ${head(report, context)} ${report.first ? firstGap(report.first, context) : nothingToMend(report)}
    ${problems(report, context)} ${time(report, context)} ${moved(report, context)} ${sections(report, context)}
    ${general(report, context)} ${interruptions(report, context)} ${questions(report)}
  </article>`;
}

function head(report: Report, { id, isTimed }: Context): Markup {
  const { score, counts } = report;
  return html`<header>
    <p class="kicker">${[report.framework?.title, report.fileName].filter(Boolean).join(' · ')}</p>
    <h1 id="${id}-title">${report.title}</h1>
    ${
      score
        ? html`<div class="score">
            <p class="total">${score.total}<small>of 100</small></p>
            <p class="verdict">${VERDICTS[score.band]}</p>
            ${scoreMeter(score.total, true)}
          </div>`
        : html`<p class="verdict">No score: nothing in it could be judged.</p>`
    }
    <dl class="facts">
      ${fact('Met', String(counts.met))} ${fact('In part', String(counts.part))}
      ${fact('To mend', String(counts.missing))} ${fact('Words', String(report.words))}
      ${fact('Said aloud', clock(report.speakingSeconds))} ${fact('Planned', clock(report.budgetSeconds))}
      ${isTimed && report.usedSeconds !== null ? fact('Used', clock(report.usedSeconds)) : null}
    </dl>
  </header>`;
}

const VERDICTS: Readonly<Record<NonNullable<Report['score']>['band'], string>> = {
  strong: 'Strong. Little is left to ask for.',
  solid: 'Solid. The gaps below are what makes it strong.',
  borderline: 'Borderline. An interviewer would have to ask for too much.',
  'not yet': 'Not yet. Take the gaps below one at a time.',
};

function fact(name: string, value: string): Markup {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function firstGap(gap: ReportGap, context: Context): Markup {
  const about = [gap.section, gap.points > 0 ? `${points(gap.points)} of 100` : null].filter(Boolean).join(' · ');
  return html`<section class="first" aria-labelledby="${context.id}-first">
    <h2 id="${context.id}-first">Start here</h2>
    <h3>${gap.message}</h3>
    <p class="meta">${about}${about ? ' · ' : ''}${placeOf(gap.range, context)}</p>
    ${gap.quote ? html`<div>${quotation(gap.quote, context, true)}</div>` : null}
    <p class="next">${gap.next}</p>
    ${gap.question ? html`<p class="said">“${gap.question}”</p>` : null}
  </section>`;
}

function nothingToMend({ score }: Report): Content {
  return score
    ? html`<section class="first">
        <h2>Start here</h2>
        <p>There is nothing to mend. Say it aloud, against the clock.</p>
      </section>`
    : null;
}

function problems(report: Report, context: Context): Content {
  if (report.problems.length === 0) return null;
  return html`<section>
    <h2>Problems in the file</h2>
    <ul class="quiet">
      ${report.problems.map(
        ({ message, range }) =>
          html`<li>${message}${range ? html` <span class="meta">${placeOf(range, context)}</span>` : null}</li>`,
      )}
    </ul>
  </section>`;
}

function time(report: Report, { isTimed }: Context): Content {
  // No bar can be drawn of sections that nobody marked, but for the time that a round kept.
  if (report.sections.some(({ state }) => state === 'unmarked') && !isTimed) return null;
  const rows = report.sections;
  const other = report.otherSeconds;
  return html`<section>
    <h2>${isTimed ? 'Planned and used time' : 'Planned and speaking time'}</h2>
    <figure>
      ${timeChart(other > 0 ? [...rows, { ...OTHER_SECTIONS, usedSeconds: other }] : rows)}
      <details>
        <summary>The same as a table</summary>
        <div class="scroll">
          <table>
            <caption>
              Time and words by section
            </caption>
            <thead>
              <tr>
                <th scope="col">Section</th>
                <th scope="col" class="number">Planned</th>
                ${isTimed ? html`<th scope="col" class="number">Used</th>` : null}
                <th scope="col" class="number">Said aloud</th>
                <th scope="col" class="number">Words</th>
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                (row) =>
                  html`<tr>
                    <th scope="row">${row.title}</th>
                    <td class="number">${clock(row.budgetSeconds)}</td>
                    ${isTimed ? html`<td class="number">${clock(row.usedSeconds ?? 0)}</td>` : null}
                    <td class="number">${clock(row.speakingSeconds)}</td>
                    <td class="number">${row.words}</td>
                  </tr>`,
              )}
              ${
                other > 0
                  ? html`<tr>
                      <th scope="row">${OTHER_SECTIONS.title}</th>
                      <td class="number">–</td>
                      <td class="number">${clock(other)}</td>
                      <td class="number">–</td>
                      <td class="number">–</td>
                    </tr>`
                  : null
              }
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  </section>`;
}

/** The row of the time that went to sections that the answer's framework does not have. */
const OTHER_SECTIONS = { title: 'In other sections', budgetSeconds: null, speakingSeconds: 0 } as const;

/** Losses shown before the rest is folded away. */
const MOST_MOVES = 8;

function moved({ moved: moves, score }: Report, { id }: Context): Content {
  if (!score || moves.length === 0) return null;
  const most = Math.max(...moves.map((move) => -move.points));
  const table = (rows: typeof moves, caption: string): Markup =>
    html`<div class="scroll">
      <table>
        <caption class="hidden">
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col" class="number">Points</th>
            <th scope="col">What</th>
            <th scope="col">Section</th>
            <th scope="col" class="bar"><span class="hidden">As a bar</span></th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (move) =>
              html`<tr>
                <td class="number">−${(-move.points).toFixed(1)}</td>
                <th scope="row">${move.title}</th>
                <td>${move.section ?? 'Whole answer'}</td>
                <td class="bar">${lengthBar(-move.points, most)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  const rest = moves.slice(MOST_MOVES);
  return html`<section>
    <h2>What moved the score</h2>
    ${table(moves.slice(0, MOST_MOVES), 'What took the most points')}
    ${
      rest.length > 0
        ? html`<details id="${id}-moves">
            <summary>${rest.length} more</summary>
            ${table(rest, 'What took fewer points')}
          </details>`
        : null
    }
  </section>`;
}

function sections(report: Report, context: Context): Content {
  if (report.sections.length === 0) return null;
  return html`<section>
    <h2>Section by section</h2>
    ${report.sections.map((section, index) => sectionCard(section, index, context))}
  </section>`;
}

function sectionCard(section: ReportSection, index: number, context: Context): Markup {
  const { checks } = section;
  const unjudged = checks.filter((check) => check.state === 'not-applicable');
  const id = `${context.id}-s${index + 1}`;
  return html`<section class="card" aria-labelledby="${id}">
    <header>
      <h3 id="${id}">
        ${section.heading && context.isLive ? liveHeading(section.title, section.heading) : section.title}
      </h3>
      ${section.score === null ? null : html`<p class="grade">${section.score} <small>of 100</small></p>`}
      <p class="meta">${sectionFigures(section)}</p>
    </header>
    ${section.score === null ? null : scoreMeter(section.score, false)}
    ${section.state === 'filled' ? null : html`<p class="note">${EMPTY_NOTES[section.state]} ${section.purpose}</p>`}
    ${judgedChecks(checks, `${id}-met`, context)}
    ${
      unjudged.length > 0
        ? html`<details id="${id}-rest">
            <summary>${unjudged.length} with nothing to judge</summary>
            <ul class="checks quiet">
              ${unjudged.map((check) => unjudgedCheck(check))}
            </ul>
          </details>`
        : null
    }
  </section>`;
}

const EMPTY_NOTES = {
  missing: 'This section is missing, and so counts nothing.',
  empty: 'There is nothing of your own in this section yet.',
  unmarked: 'No heading marks this part, so all of the answer was searched for it.',
} as const;

function sectionFigures({ state, words, speakingSeconds, usedSeconds, budgetSeconds, heading }: ReportSection): string {
  const figures = [
    ...(state === 'unmarked' ? [] : [`${words} ${words === 1 ? 'word' : 'words'}`, `${clock(speakingSeconds)} aloud`]),
    usedSeconds === null ? `${clock(budgetSeconds)} planned` : `${clock(usedSeconds)} of ${clock(budgetSeconds)} used`,
    heading ? `line ${heading.start.line + 1}` : null,
  ];
  return figures.filter(Boolean).join(' · ');
}

/** What failed or holds in part, the greatest loss first, and what is met, folded under `id`. */
function judgedChecks(checks: readonly ReportCheck[], id: string, context: Context): Content {
  const toMend = checks.filter((check) => check.state === 'missing' || check.state === 'part').sort(byLoss);
  const met = checks.filter((check) => check.state === 'met');
  return [
    toMend.length > 0 &&
      html`<ul class="checks">
        ${toMend.map((check) => failedCheck(check, context))}
      </ul>`,
    met.length > 0 &&
      html`<details id="${id}" open>
        <summary>${met.length} met</summary>
        ${metChecks(met, context)}
      </details>`,
  ];
}

function byLoss(a: ReportCheck, b: ReportCheck): number {
  return b.points - a.points;
}

function failedCheck(check: ReportCheck, context: Context): Markup {
  const state = check.state === 'part' ? 'part' : 'missing';
  const word = state === 'part' ? 'Part' : check.isFault ? 'Fault' : 'Missing';
  const costs = check.points > 0 ? ` · ${points(check.points)}` : '';
  return html`<li>
    ${icon(state)}
    <div class="body">
      <h4>${check.messages.length === 1 ? (check.messages[0] ?? check.title) : check.title}</h4>
      <p class="rule"><span class="state ${state}">${word}</span> · ${ruleLink(check)}${costs}</p>
      ${check.faults.map((quote) => quotation(quote, context, true))}
      ${
        check.grounds.length > 0
          ? html`<p class="note">What is there of it:</p>
              ${check.grounds.map((quote) => quotation(quote, context, false))}`
          : null
      }
      <p>${check.next}</p>
      ${check.question ? html`<p class="said">“${check.question}”</p>` : null}
    </div>
  </li>`;
}

/** What holds: what was asked for with its quote, and in one line the faults that the answer has not. */
function metChecks(checks: readonly ReportCheck[], context: Context): Markup {
  const clear = checks.filter((check) => check.isFault || check.asks.length === 0);
  const asked = checks.filter((check) => !clear.includes(check));
  return html`<ul class="checks quiet">
    ${asked.map(
      (check) =>
        html`<li>
          ${icon('met')}
          <div class="body">
            <h4>${nameOf(check)}</h4>
            <p class="rule"><span class="state met">Met</span> · ${ruleLink(check)}</p>
            ${check.grounds.slice(0, 1).map((quote) => quotation(quote, context, false))}
          </div>
        </li>`,
    )}
    ${
      clear.length > 0
        ? html`<li>
            ${icon('met')}
            <div class="body">
              <p class="rule">
                <span class="state met">Clear</span> of
                ${clear.map((check, index) => html`${index > 0 ? ', ' : ''}“${check.title}” (${ruleLink(check)})`)}
              </p>
            </div>
          </li>`
        : null
    }
  </ul>`;
}

/** "Assumption or non-goal". */
function nameOf({ asks }: ReportCheck): string {
  const [first = '', ...others] = asks.slice(0, MOST_ASKED);
  // A title such as "RAG" keeps its capitals.
  return [first, ...others.map((title) => title.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()))].join(
    ' or ',
  );
}

/** Kinds of evidence named where a check takes any of several. */
const MOST_ASKED = 2;

function unjudgedCheck(check: ReportCheck): Markup {
  return html`<li>
    ${icon('none')}
    <div class="body">
      <p class="rule">${ruleLink(check)}</p>
      <p class="note">${check.title}. ${check.unjudged ? UNJUDGED[check.unjudged] : ''}</p>
    </div>
  </li>`;
}

const UNJUDGED: Readonly<Record<NonNullable<ReportCheck['unjudged']>, string>> = {
  'section-missing': 'Its section is missing.',
  'section-empty': 'Its section is empty.',
  'no-occasion': 'The answer gives it no occasion, or hints at it in words too weak to judge.',
  suppressed: 'You turned it off in this answer.',
};

function general({ general: checks }: Report, context: Context): Content {
  if (checks.length === 0) return null;
  return html`<section>
    <h2>The answer as a whole</h2>
    <div class="card">${judgedChecks(checks, `${context.id}-whole`, context)}</div>
  </section>`;
}

function interruptions({ interruptions: asked }: Report, context: Context): Content {
  if (asked.length === 0) return null;
  return html`<section>
    <h2>Interruptions</h2>
    <ul class="card checks">
      ${asked.map(
        (item) =>
          html`<li>
            ${icon(item.isAnswered ? 'met' : item.outcome === 'answered' ? 'part' : 'missing')}
            <div class="body">
              <p class="said">“${item.question}”</p>
              <p class="meta">
                At ${clock(item.askedAtSeconds)} · ${item.sectionTitle} · ${OUTCOMES[item.outcome]}.
                ${item.isAnswered ? 'What was asked for stands in the answer now.' : 'What was asked for is not in the answer.'}
              </p>
              ${item.quote ? quotation(item.quote, context, false) : null}
            </div>
          </li>`,
      )}
    </ul>
  </section>`;
}

const OUTCOMES = { answered: 'answered', dismissed: 'dismissed', open: 'not answered' } as const;

/** Questions listed; more would be an interview of their own. */
const MOST_QUESTIONS = 6;

function questions(report: Report): Content {
  const open = [
    ...report.sections.flatMap((section) => section.checks.map((check) => ({ check, section: section.title }))),
    ...report.general.map((check) => ({ check, section: 'Whole answer' })),
  ]
    .filter(({ check }) => (check.state === 'missing' || check.state === 'part') && check.question !== null)
    .sort((a, b) => byLoss(a.check, b.check))
    .slice(0, MOST_QUESTIONS);
  if (open.length === 0) return null;
  return html`<section>
    <h2>Questions to expect</h2>
    <ol class="card quiet">
      ${open.map(
        ({ check, section }) =>
          html`<li>
            <p class="said">“${check.question}”</p>
            <p class="meta">${section} · ${check.rule}</p>
          </li>`,
      )}
    </ol>
  </section>`;
}

function quotation(quote: Quote, context: Context, isAgainst: boolean): Markup {
  const line = quote.range.start.line + 1;
  const words = html`${quote.before}<b>${quote.words}</b>${quote.after} <span class="line">line ${line}</span>`;
  const look = isAgainst ? 'quote against' : 'quote';
  return context.isLive
    ? html`<button type="button" class="${look}" data-message="${reveal(quote.range, quote.words)}">${words}</button>`
    : html`<p class="${look}">${words}</p>`;
}

function placeOf(range: Range, context: Context): Markup {
  const line = `line ${range.start.line + 1}`;
  return context.isLive
    ? html`<button type="button" class="place" data-message="${reveal(range, '')}">${line}</button>`
    : html`<span>${line}</span>`;
}

function liveHeading(title: string, range: Range): Markup {
  return html`<button type="button" class="place" data-message="${reveal(range, '')}">${title}</button>`;
}

/** The message that a click sends to the editor. */
function reveal(range: Range, words: string): string {
  return JSON.stringify({ type: 'reveal', range, words } satisfies PageMessage);
}

function ruleLink({ rule, url }: ReportCheck): Markup {
  return html`<a href="${url}">${rule}</a>`;
}

function points(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return `${rounded} ${rounded === 1 ? 'point' : 'points'}`;
}

/** A state's sign: a tick, a half, a ring with a cross, a dash; each is told apart without its color. */
export function icon(state: 'met' | 'part' | 'missing' | 'none'): Markup {
  return html`<svg
    class="icon ${state}"
    viewBox="0 0 16 16"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
  >
    ${SIGNS[state]}
  </svg>`;
}

const SIGNS = {
  met: html`<path d="M2.5 8.5 6.3 12.3 13.5 4" />`,
  part: html`<circle cx="8" cy="8" r="5.7" /><path
      d="M8 2.3a5.7 5.7 0 0 1 0 11.4z"
      fill="currentColor"
      stroke="none"
    />`,
  missing: html`<circle cx="8" cy="8" r="5.7" /><path d="M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6" />`,
  none: html`<path d="M3.5 8h9" />`,
} as const;
