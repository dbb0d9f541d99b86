import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calculationsOf } from '../support/calculations.js';

/** A text with a calculation that comes out: what stands before the result, the result's figure, and what stands behind it. */
interface Stated {
  readonly before: string;
  /** The result, in units of its last place: 750 for $7.50. */
  readonly places: number;
  readonly decimals: number;
  readonly sign: string;
  readonly unit: string;
  readonly after: string;
  /** How far the operands' own rounding can move the result, as a share of it; none where they are exact. */
  readonly spread?: number;
}

function write({ before, places, decimals, sign, unit, after }: Stated): string {
  return `${before}${sign}${figure(places, decimals)}${unit}${after}`;
}

function figure(places: number, decimals: number): string {
  const digits = String(places).padStart(decimals + 1, '0');
  const whole = Number(digits.slice(0, digits.length - decimals)).toLocaleString('en-US');
  return decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
}

const grouped = (value: number) => value.toLocaleString('en-US');
/** Written out or with a magnitude, both exact. */
const volume = fc
  .tuple(fc.integer({ min: 2, max: 99 }), fc.constantFrom(10, 100, 1000, 10_000))
  .map(([value, scale]) => value * scale);
const tokens = fc.integer({ min: 2, max: 60 }).map((value) => value * 50);
/** Hundredths of a cent for 1,000 tokens. */
const price = fc.integer({ min: 5, max: 300 });
const times = fc.constantFrom(' × ', ' x ', '×', ' \\* ', ' · ', ' times ');
const equals = fc.constantFrom(' = ', '=', ' ≈ ', ' equals ', ' comes to ', ', which comes to ');
const dollar = fc.constantFrom('$', '\\$', '€', 'US$');
const period = fc.constantFrom('', '/day', ' a day', ' per day');
const around = fc.constantFrom(
  ['', ''],
  ['- ', ''],
  ['**Cost:** ', '.'],
  ['| Large | ', ' |'],
  ['So we get ', ', which is fine.'],
  ['(', ')'],
) as fc.Arbitrary<[string, string]>;

/** Volume times tokens times a price per 1K or 1M tokens. */
const tokenCost = fc
  .record({
    volume,
    tokens,
    price,
    times,
    equals,
    dollar,
    period,
    around,
    inMillions: fc.boolean(),
    named: fc.boolean(),
  })
  .map((given): Stated => {
    const { dollar: sign } = given;
    const isMillions = given.inMillions;
    const listed = isMillions ? figure(given.price, 1) : figure(given.price, 4);
    // The price in 1/10,000 of a dollar per 1K tokens: places of 1e-7 dollars, then cut to what is written.
    const total = given.volume * given.tokens * given.price;
    const { places, decimals } = shortest(total, 7);
    const queries = given.named ? `${grouped(given.volume)} queries${given.period}` : grouped(given.volume);
    const size = given.named ? `${grouped(given.tokens)} tokens` : grouped(given.tokens);
    return {
      before: `${given.around[0]}${queries}${given.times}${size}${given.times}${sign}${listed}/${isMillions ? '1M' : '1K'}${given.equals}`,
      places,
      decimals,
      sign,
      unit: given.named ? given.period : '',
      after: given.around[1],
    };
  });

/** A unit's cost and how many there are, with signs or in words. */
const unitCost = fc
  .record({ cents: fc.integer({ min: 101, max: 9999 }), count: fc.integer({ min: 2, max: 900 }), around })
  .chain(({ cents, count, around: [open, close] }) =>
    fc
      .constantFrom(
        `$${figure(cents, 2)} per query × ${count} queries = `,
        `${count} queries at $${figure(cents, 2)} each come to `,
        `At $${figure(cents, 2)} per query, ${count} queries a day cost `,
        `Each costs $${figure(cents, 2)}. At ${count} users, that's `,
        `$${figure(cents, 2)} × ${count} = `,
        `${count} * $${figure(cents, 2)} is `,
      )
      .map((before): Stated => ({
        before: open + before,
        places: cents * count,
        decimals: 2,
        sign: '$',
        unit: '',
        after: close,
        spread: 0.5 / cents,
      })),
  )
  .filter(({ before }) => !before.startsWith('| ') || !before.includes('. '));

const sums = fc
  .record({ parts: fc.array(fc.integer({ min: 100, max: 99_999 }), { minLength: 2, maxLength: 6 }), equals, around })
  .map(({ parts, equals: is, around: [open, close] }): Stated => ({
    before: `${open}${parts.map((part) => `$${figure(part, 2)}`).join(' + ')}${is}`,
    places: parts.reduce((sum, part) => sum + part, 0),
    decimals: 2,
    sign: '$',
    unit: '',
    after: close,
  }));

const tableTotal = fc
  .array(fc.integer({ min: 100, max: 99_999 }), { minLength: 3, maxLength: 6 })
  .map((parts): Stated => ({
    before: `| Step | Cost |\n|---|---|\n${parts.map((part, at) => `| Step ${'abcdef'[at]} | $${figure(part, 2)} |\n`).join('')}| **Total** | `,
    places: parts.reduce((sum, part) => sum + part, 0),
    decimals: 2,
    sign: '$',
    unit: '',
    after: ' |\n',
  }));

const conversion = fc
  .record({
    amount: fc.integer({ min: 101, max: 9999 }),
    units: fc.constantFrom(
      ['day', 'month', 30],
      ['month', 'year', 12],
      ['hour', 'day', 24],
      ['week', 'year', 52],
    ) as fc.Arbitrary<[string, string, number]>,
  })
  .map(({ amount, units: [from, to, factor] }): Stated => ({
    before: `$${grouped(amount)}/${from} = `,
    places: amount * factor,
    decimals: 0,
    sign: '$',
    unit: `/${to}`,
    after: '',
  }));

const latency = fc
  .record({ each: fc.integer({ min: 11, max: 99 }), count: fc.integer({ min: 11, max: 99 }), inSeconds: fc.boolean() })
  .map(({ each, count, inSeconds }): Stated => {
    const { places, decimals } = inSeconds ? shortest(each * count, 3) : { places: each * count, decimals: 0 };
    return {
      before: `${count} tokens × ${each} ms = `,
      places,
      decimals,
      sign: '',
      unit: inSeconds ? ' s' : ' ms',
      after: '',
    };
  });

const leadIn = fc.constantFrom(
  ' we spend ',
  ', we pay ',
  ", we'd spend ",
  ' we would pay ',
  " you'd pay ",
  ', that puts us at ',
  ', the bill lands at ',
  ", so that's ",
  ', that is ',
  ', so we need ',
  ': ',
);
const stated = (before: string, places: number, unit: string, decimals = 0, sign = ''): Stated => ({
  before,
  ...shortest(places, decimals),
  sign,
  unit,
  after: '.',
});

/** Products that are told with no sign; their units alone say what is multiplied. */
const byUnits = fc.oneof(
  fc
    .record({ cents: fc.integer({ min: 2, max: 99 }), volume, leadIn })
    .map(({ cents, volume: count, leadIn: says }) =>
      stated(
        `At ${cents}¢ per answer and ${grouped(count)} answers a day${says}`,
        (cents * count) / 100,
        ' a day',
        0,
        '$',
      ),
    )
    .filter(({ places }) => Number.isInteger(places)),
  fc
    .record({ volume, each: fc.integer({ min: 2, max: 40 }), each2: fc.constantFrom(' with ', ' and ', ', ') })
    .map(({ volume: users, each, each2: link }) =>
      stated(
        `We have ${grouped(users)} users${link}${each} questions each a day, so `,
        users * each,
        ' questions a day',
      ),
    ),
  fc
    .record({ pages: fc.integer({ min: 2, max: 900 }), tokens, is: fc.constantFrom(' is ', ', so ', ' comes to ') })
    .map(({ pages, tokens: size, is }) =>
      stated(`A ${pages}-page brief at ${size} tokens a page${is}`, pages * size, ' tokens'),
    ),
  fc
    .record({ cost: fc.integer({ min: 2, max: 99 }), seats: volume })
    .map(({ cost, seats }) =>
      stated(
        `The plan is $${cost} per seat a month and we have ${grouped(seats)} seats, so `,
        cost * seats,
        ' a month',
        0,
        '$',
      ),
    ),
);

/** What each of some things has, what a price is for, a speed, a part of a whole, and the memory of a model's weights. */
const byOneOfEach = fc.oneof(
  fc
    .record({ calls: fc.integer({ min: 2, max: 40 }), tokens, lead: fc.constantFrom(': ', ', so ', ' are ') })
    .map(({ calls, tokens: size, lead }) =>
      stated(`A run makes ${calls} calls of ${grouped(size)} tokens${lead}`, calls * size, ' tokens'),
    ),
  fc
    .record({ size: fc.integer({ min: 2, max: 900 }), cents: fc.integer({ min: 2, max: 99 }) })
    .map(({ size, cents }) =>
      stated(`The images are ${size} GB; at $${figure(cents, 2)}/GB that is `, size * cents, '', 2, '$'),
    ),
);
/** A result that names no period, where its operands do: of another one, maybe. */
const ofShifts = fc
  .record({ volume, each: fc.integer({ min: 2, max: 40 }), who: fc.constantFrom('nurses', 'dispatchers', 'clerks') })
  .map(({ volume: people, each, who }) =>
    stated(
      `We have ${grouped(people)} ${who}, each of whom writes ${each} notes a shift, so `,
      people * each,
      ' notes',
    ),
  );
/** Three figures, of which some others may make a result by chance. */
const ofThree = fc
  .record({ docs: volume, tokens, price: fc.integer({ min: 1, max: 9 }) })
  .map(({ docs, tokens: size, price: each }) =>
    stated(
      `Reading ${grouped(docs)} memos of ${grouped(size)} tokens at $${each} per 1M tokens costs `,
      docs * size * each,
      '',
      6,
      '$',
    ),
  );
const weights = fc
  .record({
    size: fc.integer({ min: 1, max: 400 }),
    bytes: fc.constantFrom(1, 2, 4),
    is: fc.constantFrom(' = ', ' is ', ' ≈ '),
  })
  .map(({ size, bytes, is }) => stated(`${size}B parameters × ${bytes} bytes${is}`, size * bytes, ' GB'));
const parts = fc
  .record({
    share: fc.integer({ min: 1, max: 99 }),
    whole: fc.integer({ min: 2, max: 900 }),
    lead: fc.constantFrom([' is ', ''], [' (', ')']) as fc.Arbitrary<[string, string]>,
  })
  .map(({ share, whole, lead: [before, after] }) => ({
    ...stated(`We review ${share}% of ${grouped(whole * 100)} letters${before}`, share * whole, ' letters'),
    after: `${after}.`,
  }));
const bracketed = fc
  .record({
    first: fc.integer({ min: 11, max: 999 }),
    second: fc.integer({ min: 11, max: 999 }),
    sign: fc.constantFrom('plus', '+'),
  })
  .map(({ first, second, sign }) => ({
    ...stated(
      `A call is 2,500 tokens in ($${figure(first, 4)}) ${sign} 500 out ($${figure(second, 4)}) = `,
      first + second,
      '',
      4,
      '$',
    ),
  }));

/** Volumes told as loads. A load that is a few times too high may be the peak, or that of working hours. */
const loads = fc
  .record({ load: fc.integer({ min: 2, max: 900 }), is: fc.constantFrom(' is ', ' comes to ', ' = ', ', which is ') })
  .map(({ load, is }) => stated(`${grouped(load * 86_400)} calls a day${is}`, load, ' QPS'));

/** Divisions with units, and what comes out, said once more for another period. */
const byPeriods = fc.oneof(
  fc
    .record({ speed: fc.integer({ min: 11, max: 900 }), seconds: fc.integer({ min: 2, max: 900 }) })
    .map(({ speed, seconds }) => stated(`${speed * seconds} tokens / ${speed} tok/s = `, seconds, ' s')),
  fc
    .record({ count: fc.integer({ min: 2, max: 90 }), price: fc.integer({ min: 2, max: 9 }) })
    .map(({ count, price: each }) =>
      stated(`${count} GPUs × $${each}/h = $${count * each}/h = `, count * each * 24, '/day', 0, '$'),
    ),
);

/** Totals under a head that has the unit. */
const headedTotal = fc
  .record({
    parts: fc.array(fc.integer({ min: 101, max: 9999 }), { minLength: 3, maxLength: 6 }),
    head: fc.constantFrom('Cost ($)', '$/day', 'Tokens', 'Tokens (K)', 'Cost (€/month)', 'Tokens in'),
  })
  .map(({ parts, head }) => ({
    ...stated(
      `| Step | ${head} |\n|---|---|\n${parts.map((part, at) => `| Step ${'abcdef'[at]} | ${grouped(part)} |\n`).join('')}| Total | `,
      parts.reduce((sum, part) => sum + part, 0),
      '',
    ),
    after: ' |\n',
  }));

/** A share by which a figure changed, in whole percent, that gives a figure without decimals. */
const change = fc
  .record({ from: fc.integer({ min: 2, max: 90 }), percent: fc.integer({ min: 5, max: 90 }), rises: fc.boolean() })
  .map(({ from, percent, rises }) => ({
    from: from * 100,
    percent,
    to: from * (rises ? 100 + percent : 100 - percent),
    rises,
  }));
const changes = fc
  .record({
    change,
    unit: fc.constantFrom(['$', ''], ['', ' calls'], ['€', ''], ['', ' minutes']) as fc.Arbitrary<[string, string]>,
    isFirst: fc.boolean(),
  })
  .map(({ change: { from, percent, to, rises }, unit: [sign, unit], isFirst }): Stated => {
    const figures = `from ${sign}${grouped(from)}${unit} to ${sign}${grouped(to)}${unit}`;
    return isFirst
      ? { ...stated(`It ${rises ? 'grows' : 'falls'} `, percent, '%'), after: `, ${figures}.` }
      : { ...stated(`It goes ${figures}, a `, percent, '%'), after: rises ? ' rise.' : ' cut.' };
  });

/** What is left of a price, in whole percent. */
const margins = fc
  .record({ price: fc.integer({ min: 2, max: 90 }), margin: fc.integer({ min: 5, max: 95 }) })
  .map(({ price, margin }) => ({
    ...stated(
      `At $${price}.00 a seat and $${figure(price * (100 - margin), 2)} of model spend, the gross margin is `,
      margin,
      '%',
    ),
  }));

/** Two products with their results, and what they come to by "so". */
const soTotals = fc
  .record({
    calls: fc.integer({ min: 2, max: 90 }),
    first: fc.integer({ min: 2, max: 9 }),
    second: fc.integer({ min: 11, max: 19 }),
  })
  .map(({ calls, first, second }) => {
    const [input, output] = [calls * first, (calls + 7) * second];
    return stated(
      `Input is ${calls}M tokens × $${first}/M = $${grouped(input)}, output ${calls + 7}M tokens × $${second}/M = $${grouped(output)}, so `,
      input + output,
      '',
      0,
      '$',
    );
  });

/** A table of two rows, of which the first makes the rule. */
const twoRows = fc
  .record({
    rows: fc.tuple(
      fc.record({ price: fc.integer({ min: 11, max: 99 }), count: fc.integer({ min: 11, max: 99 }) }),
      fc.record({ price: fc.integer({ min: 101, max: 999 }), count: fc.integer({ min: 101, max: 999 }) }),
    ),
  })
  .map(({ rows: [first, second] }) => ({
    ...stated(
      `| Tier | Price | Queries | Cost |\n|---|---|---|---|\n| Small | $${first.price} | ${first.count} | $${grouped(first.price * first.count)} |\n| Large | $${second.price} | ${second.count} | `,
      second.price * second.count,
      '',
      0,
      '$',
    ),
    after: ' |\n',
  }));

/** What is summed in a sentence with no sign. */
const inProse = fc
  .record({
    parts: fc.array(fc.integer({ min: 1001, max: 99_999 }), { minLength: 2, maxLength: 5 }),
    form: fc.constantFrom(
      ['', ' in total.'],
      ['', ' altogether.'],
      ['a total of ', '.'],
      ['which adds up to ', '.'],
    ) as fc.Arbitrary<[string, string]>,
  })
  .map(({ parts, form: [lead, behind] }): Stated => {
    const listed = parts.map(
      (part, at) => `$${figure(part, 2)} for ${['search', 'answers', 'logs', 'mail', 'maps'][at]}`,
    );
    const places = parts.reduce((sum, part) => sum + part, 0);
    return { before: `We pay ${listed.join(', ')}, ${lead}`, places, decimals: 2, sign: '$', unit: '', after: behind };
  });

/** An amount less or plus a share of it, in whole dollars. */
const takenOff = fc
  .record({ base: fc.integer({ min: 11, max: 990 }), share: fc.integer({ min: 5, max: 40 }), isLess: fc.boolean() })
  .map(({ base, share, isLess }) =>
    stated(
      `$${grouped(base * 100)} ${isLess ? 'less' : 'plus'} ${share}% is `,
      base * (isLess ? 100 - share : 100 + share),
      '',
      0,
      '$',
    ),
  );

/** Machines for so many days, in hours of machines. */
const machineHours = fc
  .record({ count: fc.integer({ min: 2, max: 40 }), days: fc.integer({ min: 2, max: 60 }), isWritten: fc.boolean() })
  .map(({ count, days, isWritten }) =>
    stated(`${count} GPUs × ${isWritten ? `24 h × ${days} days` : `${days} days`} = `, count * days * 24, ' GPU-hours'),
  );

/** Seconds in minutes or hours, with no sign. */
const fixedTimes = fc
  .record({
    count: fc.integer({ min: 2, max: 90 }),
    isHours: fc.boolean(),
    link: fc.constantFrom(' is ', ' = '),
  })
  .map(({ count, isHours, link }) =>
    stated(`${grouped(count * (isHours ? 3600 : 60))} seconds${link}`, count, isHours ? ' hours' : ' minutes'),
  );

/** What was spent, what comes back, and after how long. */
const paybacks = fc
  .record({ months: fc.integer({ min: 2, max: 36 }), saved: fc.integer({ min: 2, max: 90 }) })
  .map(({ months, saved }) =>
    stated(
      `It costs $${grouped(months * saved * 1000)} and saves $${saved}K a month, so it pays back after `,
      months,
      ' months',
    ),
  );

const correct = fc.oneof(
  inProse,
  takenOff,
  machineHours,
  fixedTimes,
  paybacks,
  tokenCost,
  unitCost,
  sums,
  tableTotal,
  conversion,
  latency,
  byUnits,
  byPeriods,
  byOneOfEach,
  ofShifts,
  ofThree,
  weights,
  bracketed,
  loads,
  headedTotal,
  soTotals,
);

/** The same value with no zeros behind its decimals. */
function shortest(places: number, decimals: number): { places: number; decimals: number } {
  let left = { places, decimals };
  while (left.decimals > 0 && left.places % 10 === 0) left = { places: left.places / 10, decimals: left.decimals - 1 };
  return left;
}

describe('a calculation that comes out', () => {
  test('is found, and is not called wrong, in any wording and unit', () => {
    fc.assert(
      fc.property(correct, (stated) => {
        const text = write(stated);
        const found = calculationsOf(text);
        expect(
          found.map(({ verdict }) => verdict),
          text,
        ).not.toContain('fails');
        expect(found.filter(({ verdict }) => verdict === 'holds').length, text).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
  });

  test('is not called wrong where it is a part of a whole', () => {
    fc.assert(
      fc.property(parts, (stated) => {
        expect(calculationsOf(write(stated)).filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('is not called wrong when its result is rounded', () => {
    fc.assert(
      fc.property(tokenCost, fc.integer({ min: 2, max: 4 }), (stated, digits) => {
        const length = String(stated.places).length;
        fc.pre(length > digits);
        const unit = 10 ** (length - digits);
        const text = write({ ...stated, places: Math.round(stated.places / unit) * unit });
        expect(
          calculationsOf(text).map(({ verdict }) => verdict),
          text,
        ).not.toContain('fails');
      }),
      { numRuns: 500 },
    );
  });
});

/** A result with one digit changed, or null where the figure can still stand for the right one: its last digits are zeros that it may be rounded to. */
function changed({ places }: Stated, position: number, to: number): number | null {
  const digits = String(places);
  const at = position % digits.length;
  const wrong = Number(`${digits.slice(0, at)}${to}${digits.slice(at + 1)}`);
  const rounded = 10 ** (String(wrong).length - String(wrong).replace(/0+$/, '').length);
  const isRoundedTo =
    Math.abs(wrong - places) <= rounded / 2 && Math.abs(wrong - places) <= 0.05 * Math.max(wrong, places);
  return wrong > 0 && wrong !== places && !isRoundedTo ? wrong : null;
}

/** Whether a value is one of a text's figures by another one. */
function isQuotient(text: string, value: number): boolean {
  const figures = (text.match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map((figure) => Number(figure.replaceAll(',', '')));
  return figures.some((one) => figures.some((other) => Math.abs(one / other / value - 1) < 0.03));
}

describe('a calculation with one digit of its result changed beyond rounding', () => {
  // Roughness and periods widen what a result may be; a total that is the sum of some parts may be meant so.
  const strict = fc.oneof(
    tokenCost.filter(({ before, unit }) => !before.includes('≈') && unit === ''),
    unitCost,
    sums.filter(({ before }) => !before.includes('≈')),
    latency,
  );
  // A sum in prose may have one of its parts several times, and a share may be taken off more than once.
  const told = fc.oneof(
    inProse.filter(({ before }) => before.split('$').length > 4),
    takenOff,
  );

  test('is called wrong, and its fix is right', () => {
    fc.assert(
      fc.property(strict, fc.nat(9), fc.integer({ min: 0, max: 9 }), (stated, position, digit) => {
        const wrong = changed(stated, position, digit);
        fc.pre(wrong !== null);
        // What rounded operands could explain is a hint (below).
        fc.pre(Math.abs(wrong - stated.places) > (stated.spread ?? 0) * stated.places + 1);
        const text = write({ ...stated, places: wrong });
        const failing = calculationsOf(text).filter(({ verdict }) => verdict === 'fails');
        expect(failing.length, text).toBe(1);
        const result = failing[0]!.result!;
        expect(text.slice(result.start, result.end).replace('\\', ''), text).toBe(result.text);
        const fixed = text.slice(0, result.start) + failing[0]!.figure + text.slice(result.end);
        const after = calculationsOf(fixed).map(({ verdict }) => verdict);
        expect(after, fixed).not.toContain('fails');
        expect(after, fixed).toContain('holds');
      }),
      { numRuns: 1500 },
    );
  });

  test('is called wrong where a sentence tells it with no sign, unless one part more explains it', () => {
    fc.assert(
      fc.property(told, fc.nat(9), fc.integer({ min: 0, max: 9 }), (right, position, digit) => {
        const wrong = changed(right, position, digit);
        fc.pre(wrong !== null);
        const ratio = wrong! / right.places;
        fc.pre(Math.abs(ratio - 1) > 0.05 && Math.abs(ratio - 1) < 0.3);
        // "$2,000" may be $2,200, rounded to its only digit that is no zero.
        const lastDigit = 10 ** /0*$/.exec(String(wrong))![0].length;
        fc.pre(Math.abs(wrong! - right.places) > lastDigit);
        const places = wrong! / 10 ** right.decimals;
        const parts = [...right.before.matchAll(/\$([\d,.]+\d)/g)].map(([, part]) => Number(part!.replace(/,/g, '')));
        // "$7,800 plus 30% is $11,140": a share of what is asked, or one that was in it already.
        const share = Number(/([\d.]+)%/.exec(right.before)?.[1] ?? 0) / 100;
        const readings = [1, 1 / (1 - share), 1 / (1 + share), share].map((factor) => (parts[0] ?? 0) * factor);
        const isMeant = (reading: number) =>
          Math.abs(reading - places) <= Math.max(lastDigit / 10 ** right.decimals, 0.02 * places);
        fc.pre(share === 0 || !readings.some(isMeant));
        const verdicts = calculationsOf(write({ ...right, places: wrong! })).map(({ verdict }) => verdict);
        expect(verdicts.filter((verdict) => verdict === 'holds')).toEqual([]);
        const rest = Math.abs(wrong! - right.places) / 10 ** right.decimals;
        fc.pre(parts.every((part) => Math.abs(rest / part - Math.round(rest / part)) > 0.05));
        const some = parts.reduce<number[]>((sums, part) => [...sums, ...sums.map((sum) => sum + part)], [0]);
        fc.pre(parts.length < 2 || some.every((sum) => Math.abs(sum / places - 1) > 0.01));
        expect(verdicts).toContain('fails');
      }),
      { numRuns: 500 },
    );
  });

  test('is called wrong where a fixed unit of time is another figure', () => {
    fc.assert(
      fc.property(fixedTimes, fc.integer({ min: 2, max: 90 }), (right, other) => {
        fc.pre(Math.abs(other / right.places - 1) > 0.1);
        const verdicts = calculationsOf(write({ ...right, places: other })).map(({ verdict }) => verdict);
        expect(verdicts, write({ ...right, places: other })).toContain('fails');
      }),
      { numRuns: 300 },
    );
  });

  test('is called wrong where it is told by its units or periods and has a zero too many', () => {
    fc.assert(
      fc.property(
        fc.oneof(byUnits, byPeriods, loads, byOneOfEach, weights, parts, bracketed, machineHours, paybacks),
        (right) => {
          // Ten times 9% is about the 91% that are left, which may be meant.
          fc.pre(!right.before.startsWith('We review 9% of '));
          const text = write({ ...right, places: right.places * 10 });
          const failing = calculationsOf(text).filter(({ verdict }) => verdict === 'fails');
          expect(failing.length, text).toBe(1);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('is doubted where it is told by its units or periods and differs by more than talk does', () => {
    fc.assert(
      fc.property(
        fc.oneof(byUnits, byPeriods, byOneOfEach, ofShifts),
        fc.nat(9),
        fc.integer({ min: 0, max: 9 }),
        (right, position, digit) => {
          const wrong = changed(right, position, digit);
          // A GB is 10⁹ bytes or 2³⁰.
          const talk = right.before.includes('GB') ? 0.25 : 0.11;
          fc.pre(wrong !== null && Math.abs(wrong / right.places - 1) > talk);
          // "800 nurses, 4 notes each": 200 of something is what one by the other gives, which may be meant.
          fc.pre(!isQuotient(right.before, wrong / 10 ** right.decimals));
          // A day may be one of work.
          fc.pre(right.unit !== '/day' || [1, 8, 10, 12].every((h) => Math.abs(wrong / right.places - h / 24) > 0.03));
          const text = write({ ...right, places: wrong });
          const doubted = calculationsOf(text).filter(
            ({ verdict, isRounding, slip }) =>
              verdict === 'fails' || (verdict === 'unclear' && (isRounding || slip !== undefined)),
          );
          expect(doubted.length, text).toBe(1);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('is called wrong where it is the memory of weights and off by a quarter', () => {
    const exact = weights.filter(({ before }) => !before.includes('≈'));
    fc.assert(
      fc.property(exact, fc.nat(9), fc.integer({ min: 0, max: 9 }), (right, position, digit) => {
        const wrong = changed(right, position, digit);
        fc.pre(wrong !== null && Math.abs(wrong / right.places - 1) > 0.25);
        const text = write({ ...right, places: wrong });
        expect(calculationsOf(text).filter(({ verdict }) => verdict === 'fails').length, text).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  test('is at least doubted, however small the change, where its digits tell', () => {
    fc.assert(
      fc.property(strict, fc.nat(9), fc.integer({ min: 0, max: 9 }), (stated, position, digit) => {
        const wrong = changed(stated, position, digit);
        fc.pre(wrong !== null && String(wrong).replace(/0+$/, '').length >= 3);
        const text = write({ ...stated, places: wrong });
        const doubted = calculationsOf(text).filter(
          ({ verdict, isRounding }) => verdict === 'fails' || (verdict === 'unclear' && isRounding),
        );
        expect(doubted.length, text).toBe(1);
        expect(doubted[0]!.figure, text).not.toBe(doubted[0]!.result!.text);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('shares of changes and of prices', () => {
  const shares = fc.oneof(changes, margins);
  const doubted = (text: string) => calculationsOf(text).filter(({ verdict }) => verdict !== 'holds');

  test('are left alone where their figures give them', () => {
    fc.assert(
      fc.property(shares, (right) => {
        expect(doubted(write(right)), write(right)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('are doubted where none of their figures gives them, and never called wrong', () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 5, max: 95 }), (right, percent) => {
        const figures = [
          ...right.before.matchAll(/\d[\d,]*(?:\.\d+)?/g),
          ...right.after.matchAll(/\d[\d,]*(?:\.\d+)?/g),
        ];
        const [one, other] = figures.map(([digits]) => Number(digits.replace(/,/g, ''))) as [number, number];
        const given = [one / other, other / one].flatMap((ratio) => [ratio, ratio - 1, 1 - ratio]);
        fc.pre(given.every((ratio) => Math.abs(ratio * 100 - percent) > 3));
        const found = doubted(write({ ...right, places: percent }));
        expect(
          found.map(({ verdict, slip }) => [verdict, slip]),
          write({ ...right, places: percent }),
        ).toEqual([['unclear', 'share']]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('tables of two rows and totals by “so”', () => {
  test('are left alone where they come out', () => {
    fc.assert(
      fc.property(fc.oneof(twoRows, soTotals), (right) => {
        expect(calculationsOf(write(right)).filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('are doubted where a figure has a zero too many', () => {
    fc.assert(
      fc.property(fc.oneof(twoRows, soTotals), (right) => {
        const text = write({ ...right, places: right.places * 10 });
        const found = calculationsOf(text).filter(({ verdict }) => verdict !== 'holds');
        expect(found.length, text).toBe(1);
      }),
      { numRuns: 300 },
    );
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    ...(
      "$5 10 1,000 $0.015/1K 500 tokens 20% 3x 2 h /day × x * + - − / ÷ = ≈ -> → ( ) , . ; | and or at each that's comes to total Total: " +
      'queries users - | $75 ~ half per with 1e6 2-3 \n - \\$ `5` **7** 0 ½ €3 10k/day = = ( ('
    ).split(' '),
  );
  const soup = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' '));

  test('is read without a throw, and every place is inside it', () => {
    fc.assert(
      fc.property(soup, (text) => {
        for (const { start, end, operands, result, computed } of calculationsOf(text)) {
          for (const span of [{ start, end }, ...operands, ...(result === null ? [] : [result])]) {
            expect(span.start).toBeGreaterThanOrEqual(0);
            expect(span.end).toBeLessThanOrEqual(text.length);
            expect(span.end).toBeGreaterThan(span.start);
          }
          expect(Number.isNaN(computed)).toBe(false);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
