/** The closed classes of words that the quantity grammar is made of. What evidence is, is said in `rubrics/`; not here. */

function wordSet(words: string): ReadonlySet<string> {
  const all = words.trim();
  // Read by every run, and mostly one line.
  return new Set(all.includes('\n') ? all.split(/\s+/) : all.split(' '));
}

function wordMap<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map(entries.flatMap(([words, value]) => words.split(' ').map((word) => [word, value] as const)));
}

/** Written numbers below twenty. */
export const ONES = wordMap(
  (
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
    'eighteen nineteen'
  )
    .split(' ')
    .map((word, index) => [word, index + 1] as const),
);

/** Written tens. */
export const TENS = wordMap(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, 20 + index * 10] as const),
);

/** Words that multiply the number before them. */
export const SCALES = wordMap([
  ['hundred', 100],
  ['dozen', 12],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
  ['lakh lakhs', 1e5],
  ['crore crores', 1e7],
]);

/** "twofold" and its kin. */
export const FOLDS = wordMap([
  ['twofold', 2],
  ['threefold', 3],
  ['fourfold', 4],
  ['fivefold', 5],
  ['sixfold', 6],
  ['eightfold', 8],
  ['tenfold', 10],
  ['hundredfold', 100],
]);

/** Currency signs and the code that each stands for without a prefix. */
export const CURRENCY_SIGNS = wordMap([
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['₹', 'INR'],
]);

/** Letters before a dollar sign: "US$", "A$". */
export const DOLLAR_PREFIXES = wordMap([
  ['us usd', 'USD'],
  ['a au aud', 'AUD'],
  ['c ca cad', 'CAD'],
  ['hk hkd', 'HKD'],
  ['nz nzd', 'NZD'],
  ['s sg sgd', 'SGD'],
  ['r brl', 'BRL'],
]);

/** Currency codes, which stand before or after the number. */
export const CURRENCY_CODES = wordMap(
  'usd eur gbp jpy inr cad aud chf cny nzd sgd hkd brl mxn sek nok dkk pln krw'
    .split(' ')
    .map((code) => [code, code.toUpperCase()] as const),
);

/** A unit as the tables know it: the kind of quantity, the base unit and the factor to it. */
export interface KnownUnit {
  readonly kind: 'money' | 'tokens' | 'duration' | 'rate' | 'percentage' | 'data-size' | 'multiplier';
  readonly unit: string;
  readonly factor: number;
  /** `letter`: in lower case, right at the number or a plain space away; `attached`: in lower case, right at the number. */
  readonly only?: 'attached' | 'letter';
  /** Of rates written in one word. */
  readonly per?: string;
}

const SECONDS_A_DAY = 86_400;

function duration(words: string, factor: number, only?: KnownUnit['only']): [string, KnownUnit] {
  return [words, { kind: 'duration', unit: 's', factor, ...(only && { only }) }];
}

function size(words: string, factor: number): [string, KnownUnit] {
  return [words, { kind: 'data-size', unit: 'byte', factor }];
}

function rate(words: string, unit: string, per: string, factor = 1): [string, KnownUnit] {
  return [words, { kind: 'rate', unit, factor, per }];
}

function money(words: string, unit: string, factor = 1): [string, KnownUnit] {
  return [words, { kind: 'money', unit, factor }];
}

/** Units by their words and abbreviations. A month counts 30 days, a quarter 90, a year 365. */
export const UNITS = wordMap<KnownUnit>([
  duration('ns nsec nanosecond nanoseconds', 1e-9),
  duration('µs μs usec microsecond microseconds micros', 1e-6),
  duration('us', 1e-6, 'attached'),
  duration('ms msec msecs millisecond milliseconds millis', 1e-3),
  duration('s', 1, 'letter'),
  duration('sec secs second seconds', 1),
  duration('m', 60, 'attached'),
  duration('min mins minute minutes', 60),
  duration('h', 3600, 'letter'),
  duration('hr hrs hour hours', 3600),
  duration('d', SECONDS_A_DAY, 'letter'),
  duration('day days', SECONDS_A_DAY),
  duration('w', 7 * SECONDS_A_DAY, 'attached'),
  duration('wk wks week weeks', 7 * SECONDS_A_DAY),
  duration('fortnight fortnights', 14 * SECONDS_A_DAY),
  duration('mo mos month months', 30 * SECONDS_A_DAY),
  duration('quarter quarters', 90 * SECONDS_A_DAY),
  duration('y', 365 * SECONDS_A_DAY, 'attached'),
  duration('yr yrs year years', 365 * SECONDS_A_DAY),
  duration('decade decades', 3650 * SECONDS_A_DAY),
  size('byte bytes', 1),
  size('kb kilobyte kilobytes', 1e3),
  size('mb megabyte megabytes', 1e6),
  size('gb gigabyte gigabytes gigs', 1e9),
  size('tb terabyte terabytes', 1e12),
  size('pb petabyte petabytes', 1e15),
  size('kib', 1024),
  size('mib', 1024 ** 2),
  size('gib', 1024 ** 3),
  size('tib', 1024 ** 4),
  size('pib', 1024 ** 5),
  rate('qps', 'query', 'second'),
  rate('rps', 'request', 'second'),
  rate('tps', 'transaction', 'second'),
  rate('rpm', 'request', 'minute'),
  rate('qpm', 'query', 'minute'),
  rate('tpm', 'token', 'minute'),
  rate('iops', 'operation', 'second'),
  rate('fps', 'frame', 'second'),
  rate('kbps', 'byte', 'second', 1e3 / 8),
  rate('mbps', 'byte', 'second', 1e6 / 8),
  rate('gbps', 'byte', 'second', 1e9 / 8),
  money('dollar dollars buck bucks', 'USD'),
  money('cent cents penny', 'USD', 0.01),
  money('pence', 'GBP', 0.01),
  money('euro euros', 'EUR'),
  // "CT" is a scan.
  ['ct', { kind: 'money', unit: 'EUR', factor: 0.01, only: 'letter' }],
  money('yen', 'JPY'),
  money('rupee rupees', 'INR'),
  ['percent pct pp percents', { kind: 'percentage', unit: '%', factor: 1 }],
  ['token tokens tok toks', { kind: 'tokens', unit: 'token', factor: 1 }],
  ['x', { kind: 'multiplier', unit: 'x', factor: 1, only: 'letter' }],
  ['fold', { kind: 'multiplier', unit: 'x', factor: 1 }],
]);

/** Units of time as denominators. */
export const TIME_UNITS = wordMap([
  ['ms msec millisecond milliseconds', 'millisecond'],
  ['s sec secs second seconds', 'second'],
  ['min mins minute minutes', 'minute'],
  ['h hr hrs hour hours', 'hour'],
  ['d day days night workday weekday', 'day'],
  ['w wk wks week weeks', 'week'],
  ['mo mos month months', 'month'],
  ['qtr quarter quarters', 'quarter'],
  ['y yr yrs year years annum', 'year'],
]);

/** Adverbs and adjectives that stand for "per" a unit of time. */
export const PERIODIC = wordMap([
  ['hourly', 'hour'],
  ['daily nightly', 'day'],
  ['weekly', 'week'],
  ['monthly', 'month'],
  ['quarterly', 'quarter'],
  ['yearly annually annual', 'year'],
  // Recurring revenue, which is so much a month or a year.
  ['mrr', 'month'],
  ['arr', 'year'],
]);

/** What may stand between a number and a unit of time: "two full weeks". */
export const TIME_ADJECTIVES = wordSet(
  'business working calendar full whole extra additional more consecutive straight short long solid entire wall-clock',
);

/** After "a second", "second" is a time and no ordinal number where one of these follows. */
export const AFTER_SECOND = wordSet(
  'for at to in per on and or when if from with because even so but after before is was of end total each every',
);

/** What may stand between a number and "tokens". */
export const TOKEN_ADJECTIVES = wordSet(
  'input output prompt completion context generated new total system retrieved cached more additional reasoning extra',
);

/** Comparatives that make "times" a factor. */
export const AFTER_TIMES = wordSet(
  'faster slower more less cheaper higher lower larger smaller bigger longer shorter better worse greater fewer as ' +
    'the that what',
);

/** Nouns that count in the singular as well: after "1", after a hyphen ("10-page" has a list of its own), after "a". */
export const COUNTABLE = wordSet(
  `account action agent alert annotation annotator answer api article attempt batch bill book booking brief call candidate
  case chat chunk class clause clinician click client comment company completion contract contractor conversation copy core
  correction customer dataset decision developer device doc doctor document download draft edit email employee
  embedding endpoint engineer error event example expert feature field file flag frame gpu cpu tpu group head hit hospital
  image incident index inference input instance interaction interview invoice item job label language lawyer lead learner
  lesson line listing lookup machine meeting member merchant message minute model node note notification nurse office
  operation order org organization output page pair paper paragraph parent passage patient payment person photo pm
  podcast post prediction problem product project prompt question query rating reader record region replica report
  repo repository request req response resolution result retrieval retry review reviewer ride row run sale sample school
  search seat segment sentence server session shard shot site slide source student subscriber suggestion summary survey
  task teacher team teammate tenant test thing ticket token transaction transcript translation trip turn tutor unit
  update upload user variant vector vendor version video view viewer visit visitor volunteer webpage word worker
  workspace fte hire msg scientist analyst designer manager specialist moderator operator researcher`,
);

/** Happenings: so many of them "daily" is a rate, while so many daily users are a count. */
export const EVENTS = wordSet(
  `query request call message email transaction upload search session interview event order ticket conversation view
  click prediction inference notification post review submission download booking ride trip delivery payment question
  prompt summary lookup`,
);

/** Nouns after a hyphen: "a 10-page brief". Others ("3-way", "5-star", "4-bit") make a name. */
export const HYPHEN_NOUNS = wordSet(
  `page word person user question item document message turn seat node gpu engineer row record sample example slide
  member agent frame character char sentence paragraph employee customer query request call conversation student`,
);

/** Plurals that end in no -s, and those whose singular is not the plural without it. */
export const IRREGULAR_PLURALS = wordMap([
  ['people', 'person'],
  ['men', 'man'],
  ['women', 'woman'],
  ['children', 'child'],
  ['feet', 'foot'],
  ['mice', 'mouse'],
  ['staff', 'staff'],
  ['criteria', 'criterion'],
  ['phenomena', 'phenomenon'],
  ['analyses', 'analysis'],
  ['hypotheses', 'hypothesis'],
  ['diagnoses', 'diagnosis'],
  ['theses', 'thesis'],
  ['indices', 'index'],
  ['indexes', 'index'],
  ['vertices', 'vertex'],
  ['matrices', 'matrix'],
  ['axes', 'axis'],
  ['buses', 'bus'],
  ['statuses', 'status'],
  ['viruses', 'virus'],
  ['bonuses', 'bonus'],
  ['campuses', 'campus'],
  ['movies', 'movie'],
  ['cookies', 'cookie'],
  ['calories', 'calorie'],
  ['selfies', 'selfie'],
  ['rookies', 'rookie'],
  ['caches', 'cache'],
  ['niches', 'niche'],
  ['headaches', 'headache'],
  ['quizzes', 'quiz'],
  ['halves', 'half'],
  ['lives', 'life'],
  ['leaves', 'leaf'],
  ['shoes', 'shoe'],
  ['reqs req', 'request'],
  ['dau daus mau maus wau waus', 'user'],
  ['gpus', 'gpu'],
  ['cpus', 'cpu'],
  ['tpus', 'tpu'],
  ['skus', 'sku'],
  ['menus', 'menu'],
  ['apis', 'api'],
  ['kpis', 'kpi'],
  ['pms', 'pm'],
  ['ftes', 'fte'],
]);

/** Words in -s that are no plural noun, or that stand before one ("sales calls"). */
export const NO_PLURALS = wordSet(
  `sales news analytics ops operations logistics physics mathematics economics sports graphics kubernetes always perhaps
  sometimes afterwards besides towards across versus has was does its this yes his hers theirs ours yours whereas
  needs takes costs means makes gets goes gives uses lets shows helps becomes equals exceeds remains seems comes works fails
  handles requires includes contains provides allows adds ships says sounds feels looks sits stays stands depends serves
  stores sends keeps holds drops rises falls grows starts ends begins applies supports beats wins loses tells asks tries
  follows leads brings buys pays saves cuts reduces improves covers describes details overseas upwards downwards
  indoors headquarters thanks thus gas bias canvas atlas alias pandas aws ios sms dns tls css https ssds times pros cons
  exists happens matters appears expires arrives introduces explains defines outlines deals doesn isn
  s ms vs ss`,
);

/** Words that never stand between a number and its noun. */
export const STOP_WORDS = wordSet(
  `a an the this that these those each every all any both some no not our their its his her your my we you they he she it
  us them me i there here and or but nor if then than which who whom whose when where while because so as at by for from
  in into of off on onto out over per since through to toward towards under until up via with within without about after
  before against between across along during vs versus plus minus times equals given using assuming instead also too just
  still even yet however else now already once unless whether etc is are was were be been being will can could should
  would may might must has have had do does did cannot get gets got need needs take takes took use uses make makes
  means made let lets say says go goes went come comes came keep keeps give gives gave am pm become becomes remain remains
  include includes including exceed exceeds requires require allows allow means mean shall that's it's i'd we'll don't
  isn't aren't doesn't can't won't below above apart ago away max min
  maximum minimum tops respectively yes ok okay like such rather via e g ie eg percent x only`,
);

/** Months, in lower case; they count where the text capitalizes them. */
export const MONTHS = wordSet(
  `january february march april may june july august september october november december jan feb mar apr jun jul aug sep
  sept oct nov dec`,
);

/** What numbers name after it: "step 2", "section 3.1", "HTTP 500". */
export const LABELS = wordSet(
  `step steps section sections phase phases tier tiers level levels layer option stage part chapter figure fig table version
  v ver sprint milestone round iteration rule principle case scenario appendix page pages slide type class grade port http
  https status code rfc iso soc article title no nr number day week month year quarter hour item question priority p top
  release line lines eq equation point exercise epoch generation gen act annex clause paragraph note room building
  volume vol issue issues pr prs ticket bucket group cluster category task approach method model variant track q h`,
);

/** Labels that are units of time: "day 1" is a name, "per day 500 users" is none. */
export const TIME_LABELS = wordSet('day week month year quarter hour');

/** Families of models, languages and products that carry a version number. */
export const NUMBERED_NAMES = wordSet(
  `gpt claude llama gemini mistral mixtral ministral phi qwen gemma palm bard grok falcon bloom nova titan sonnet opus haiku
  flash deepseek yi dall sdxl diffusion command granite codestral whisper bert python node java php ruby swift kotlin
  angular react vue django rails windows android ios macos ubuntu debian postgres postgresql mysql redis kafka
  elasticsearch spark hadoop cuda pytorch tensorflow web tls ssl oauth usb wifi bluetooth pci cvss gen turbo es
  ecmascript scala office covid`,
);

/** What is said of a model's size rather than of a number of things. */
export const MODEL_WORDS = wordSet(
  'model models parameter parameters param params weight weights variant variants llm llms version checkpoint sized slm class',
);

/** Parameters, whose number is a model's size whatever its magnitude. */
export const PARAMETER_WORDS = wordSet('parameter parameters param params');

/** Words before a year. */
export const YEAR_WORDS = wordSet(
  `in since by of from until till during before after early mid late the fy q1 q2 q3 q4 h1 h2 year end through spring summer
  fall autumn winter`,
);

/** Answers of HTTP that are commonly named by their number. */
export const HTTP_CODES: ReadonlySet<number> = new Set([
  200, 201, 202, 204, 301, 302, 304, 400, 401, 403, 404, 408, 409, 410, 413, 422, 429, 500, 501, 502, 503, 504,
]);

/** What follows the number of an HTTP answer. */
export const HTTP_WORDS = wordSet('error errors response responses status code codes page not');
