import type { Span } from '../answer/spans.js';
import type { Timing } from '../types.js';

/** How much a finding weighs: `error` is a false statement, `warning` stops an interview, `hint` is polish. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** All severities, the gravest first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** A severity, or `off` for a check that does not run. */
export type Level = Severity | 'off';

/** One section that a framework expects. */
export interface SectionDefinition {
  readonly id: string;
  readonly title: string;
  /** Time that the section is meant to take, in seconds. */
  readonly budgetSeconds: number;
  /** After this many seconds a caution is due although the budget is not used up. */
  readonly cautionSeconds?: number;
  /** What the section must do, in one sentence; shown in hovers and completions. */
  readonly purpose: string;
  /** Other headings that name this section. */
  readonly aliases: readonly string[];
  /** True where the title is an ordinary document word that alone marks no answer ("Data"). */
  readonly ordinary: boolean;
  /** Aliases that are ordinary document words although the title is not, or the other way round. */
  readonly ordinaryAliases: readonly string[];
  /** The section's body as a snippet: `${1:‹hint›}` tab stops, no heading. */
  readonly template: string;
}

/** A framework: the sections of an answer in their order, with their budgets. */
export interface Framework {
  readonly id: string;
  readonly title: string;
  /** One sentence for pickers. */
  readonly description: string;
  readonly sections: readonly SectionDefinition[];
  /** The time of a whole answer by the level that is interviewed for, where it differs. */
  readonly levels: readonly { readonly name: string; readonly budgetSeconds: number }[];
}

/** A check: data that names its detector and says everything a person reads about the finding. */
export interface Check {
  /** `topic/name`, named after what it finds. */
  readonly id: string;
  /** Earlier ids that keep working in settings, front matter and comments. */
  readonly formerly: readonly string[];
  /** A short noun phrase for lists. */
  readonly title: string;
  readonly detector: string;
  /** The detector's options, validated against its option table. */
  readonly options: Readonly<Record<string, unknown>>;
  /** By framework id; `*` is for every other framework. */
  readonly severity: Readonly<Record<string, Level>>;
  /** The id of the section that owns the finding, by framework id. Empty for findings about the whole answer. */
  readonly owner: Readonly<Record<string, string>>;
  /** Kinds that are a part of what the check asks for: where it fails and one of them is there, a report says "part" and quotes it. */
  readonly part: readonly string[];
  /**
   * Kinds of which one must stand somewhere in the answer for the check to be asked at all, as a check about a model asks nothing of a system without one. An answer that is
   * still short is asked all the same. Empty: always.
   */
  readonly onlyWith: readonly string[];
  /** Checks that say as much and more: where one of them has a finding, this one's are not told, since they have one cause. */
  readonly unlessTold: readonly string[];
  /** The finding in one short line without a full stop; `{text}`, `{section}` and the detector's own names are filled in. */
  readonly message: string;
  readonly why: string;
  readonly next: string;
  readonly questions: readonly string[];
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
}

/** A text that is run as a test and shown on the check's page. */
export interface Example {
  /** With caret lines that mark what is found. */
  readonly text: string;
  /** The round that the text was written in, for checks of time. */
  readonly timing?: Timing;
}

/** A compiled phrase: where its row of elements begins in `PatternStore.code`. */
export type Pattern = number;
/** A limit on a slot's value: an operator and a number in the quantity's base unit (seconds, tokens, percent …). */
export type SlotBound = readonly ['<' | '<=' | '>' | '>=' | '=', number];

/** What a slot asks for: evidence or a quantity of a kind, within a limit. */
export interface PatternSlot {
  readonly kind: string;
  readonly bound?: SlotBound;
}

/**
 * All compiled phrases of a rubric (the language is in docs/rubric-language.md), as numbers, so that they load fast and run without being linked first.
 *
 * A *feature* is a number for something that a token can have: being in a word set, beginning with a prefix, being able to begin one of a group's
 * alternatives, beginning a piece of evidence. Which features a word has is looked up from the word's side: a program that reviews one answer builds nothing
 * from the thousands of words that the answer does not have.
 */
export interface PatternStore {
  /** How many features there are. */
  readonly featureCount: number;
  /** By word, or by base as `retry~` for all its forms: its features, three characters each (see `readFeatures`). */
  readonly words: Readonly<Record<string, string>>;
  /** By prefix: the features of the words that begin with it. */
  readonly prefixes: Readonly<Record<string, string>>;
  /** By the kind of a slot: the features of a token at which evidence of this kind begins, its own first. */
  readonly slotFeatures: Readonly<Record<string, readonly number[]>>;
  /** What `S` elements name by number. */
  readonly slots: readonly PatternSlot[];
  /** Rows of elements (see `ELEMENT`), each ended by a 0. The rows of a group stand one after another, and an empty row ends them. */
  readonly code: readonly number[];
  /**
   * Four numbers for each group: where its rows begin in `code`, the feature of what it can begin with, `GROUP` flags, and the feature of its telling words: each
   * of its matches has one of them (or -1).
   */
  readonly groups: readonly number[];
}

/** The lowest three bits of an element in `PatternStore.code`; what the rest is stands behind each. `matcher.wat` knows these numbers. */
export const enum ELEMENT {
  /** The end of a row. */
  end = 0,
  /** A token with a feature: its number. */
  token = 1,
  /** One of a group's alternatives: the group's number. */
  group = 2,
  /** Something that may be missing: where its row begins. */
  optional = 3,
  /** A gap: the most tokens in it. */
  gap = 4,
  /** A slot: its number. */
  slot = 5,
  /** A place in its sentence: see `EDGE`. */
  edge = 6,
}

/** What `ELEMENT.edge` says: that it is the sentence's start, its end, or, from 2 on, at most as many tokens behind the start as the number is above 1. */
export const enum EDGE {
  start = 0,
  end = 1,
}

/** How many numbers each group has in `PatternStore.groups`. */
export const GROUP_LENGTH = 4;

/** What is known of a group beforehand. `matcher.wat` knows these numbers. */
export const enum GROUP {
  /** Every alternative is one token: having the group's feature is the match. */
  single = 1,
  /** Some alternative begins with a gap or may be empty, so that it can begin at any token. */
  floats = 2,
  /** Some alternative has a group, a gap or a slot in it, so that what it reaches is worth keeping. */
  deep = 4,
  /** Some alternative can begin with a slot. */
  slots = 8,
}

/** What a program needs to know of the patterns that it looks for, found when the rubric is compiled. */
export interface PatternIndex {
  /** By kind: after how many others' levels its slots are filled. */
  readonly levels: readonly number[];
  /**
   * One stretch for each pattern, in the order of `listPatterns`: 1 where it has slots of evidence (else 0), how many features it can begin with and these, how
   * many it cannot do without besides, and for each of these the feature and within how many tokens of the start it must come.
   */
  readonly rows: readonly number[];
}

/** A label pattern: what stands under such a label counts, wholly or where `has` matches in it. */
export interface LabelPattern {
  readonly label: Pattern;
  readonly has?: Pattern;
}

/** What a kind of evidence looks like, compiled. */
export interface EvidenceKind {
  readonly id: string;
  readonly title: string;
  /** What it is, in one sentence, for hovers and pages. */
  readonly is: string;
  readonly isNot: string;
  readonly patterns: readonly Pattern[];
  /** Groups of patterns that must all match in one sentence, in any order. */
  readonly together: readonly (readonly Pattern[])[];
  readonly labels: readonly LabelPattern[];
  /** A match that overlaps one of these is dropped. */
  readonly except: readonly Pattern[];
  /** A sentence in which one of these matches holds no such evidence. */
  readonly exceptInSentence: readonly Pattern[];
  /** The cues (ids of `rubrics/language`) under which a match does not count. */
  readonly notUnder: readonly string[];
  /** Where set, only a sentence that ends in a question mark counts. */
  readonly onlyQuestions: boolean;
  /** Whether a list item that is a keyword alone counts. */
  readonly bare: boolean;
  /** Helper kinds are used by checks and other kinds and are left out of the JSON output. */
  readonly helper: boolean;
  /** Whether the name of a model in the reference tables is a piece of it. */
  readonly models: boolean;
  /** Whether a label names one thing each (failures): prose under its heading is none, and a nearer label of another kind takes over. */
  readonly itemized: boolean;
  /** What counts in an answer that holds no such evidence. */
  readonly otherwise: readonly StandIn[];
}

/** Evidence of a kind in so many different sentences, at least. */
export interface Amount {
  readonly kind: string;
  readonly least: number;
}

/** Pieces of another kind that stand in for one that an answer holds none of, where there are enough; with `beside`, only in an answer that holds that as well. */
export interface StandIn extends Amount {
  readonly beside: Amount | null;
}

/** A cue: words that take a statement back (negation, deferral …), and how far they reach. */
export interface Cue {
  readonly id: string;
  readonly patterns: readonly Pattern[];
  readonly except: readonly Pattern[];
  /** `after`: up to `words` words after the cue in its clause; `around`: the clause; `sentence`; `block`. */
  readonly reach: 'after' | 'around' | 'sentence' | 'block';
  readonly words: number;
}

/** A problem in a rubric file, at its place in that file. */
export interface RubricProblem extends Span {
  readonly path: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** A question of the bank. */
export interface BankQuestion {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly category: string;
  readonly framework: string;
  readonly traps: readonly string[];
}

/** A model of a reference table. What the table's source does not give is absent. */
export interface ReferenceModel {
  readonly name: string;
  /** Other ways to write its name. */
  readonly names: readonly string[];
  /** What it is called among the models of its family ("Large", "the small tier"): the model is meant only where the family is named. */
  readonly tiers: readonly string[];
  /** The size as written, "123B". */
  readonly size?: string;
  /** In tokens. */
  readonly window?: number;
  /** The price of 1,000 input tokens, and of all tokens where `output` is absent. */
  readonly input?: number;
  /** The price of 1,000 output tokens. */
  readonly output?: number;
  /** The prices' currency, "USD". */
  readonly currency: string;
  /** How many tokens prices are said for, as the table says them; a thousand where it is absent. */
  readonly priceTokens?: number;
  /** The least and the most that an answer takes, in seconds. */
  readonly latency?: readonly [number, number];
}

/** A figure that every answer may reckon with. */
export interface ReferenceFigure {
  readonly id: string;
  readonly title: string;
  /** As a person writes it: "20–50 ms per token". */
  readonly text: string;
  /** In base units: seconds, tokens, words. Of a range, the lower end. */
  readonly value: number;
  readonly max?: number;
}

/** Figures from one source, of one date. */
export interface ReferenceTable {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** "2026", "2026-03" or "2026-03-17". */
  readonly date: string;
  /** The name that its models share, "Mistral". */
  readonly family?: string;
  readonly models: readonly ReferenceModel[];
  readonly figures: readonly ReferenceFigure[];
}

/** A frameworks-checks-evidence bundle, ready for use. It is plain data: it can be sent to a worker or kept as JSON. */
export interface Rubric {
  readonly frameworks: readonly Framework[];
  readonly checks: readonly Check[];
  readonly kinds: readonly EvidenceKind[];
  readonly cues: readonly Cue[];
  readonly patterns: PatternStore;
  readonly index: PatternIndex;
  /** Headings (as patterns) whose whole content is no evidence: glossary, references, talking points. */
  readonly passedOverHeadings: readonly Pattern[];
  readonly questions: readonly BankQuestion[];
  /** Tables of models and figures, the user's own after the built-in ones. */
  readonly reference: readonly ReferenceTable[];
  /** The shared word lists, uncompiled, for phrases of rubrics that extend this one. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** Irregular inflections: base → forms. */
  readonly irregular: Readonly<Record<string, readonly string[]>>;
}

/** A rubric file's text and the path to name in problems. */
export interface RubricSource {
  readonly path: string;
  readonly text: string;
}
