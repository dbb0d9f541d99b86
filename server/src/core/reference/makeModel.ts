import type { ReferenceModel } from '../rubric/types.js';

/** What was read of a model; null where the writer gave nothing, or nothing that can be read. */
export interface ModelParts {
  readonly name: string;
  readonly names: readonly string[];
  readonly tiers: readonly string[];
  readonly size: string | null;
  readonly input: Price | null;
  readonly output: Price | null;
  readonly window: { readonly tokens: number } | null;
  readonly latency: { readonly seconds: readonly [number, number] } | null;
}

interface Price {
  readonly per1K: number;
  readonly currency: string;
  /** How many tokens the writer gave it for. */
  readonly tokens: number;
}

/** A model of what was read, from a file or a setting alike. An output price in another currency than the input's is told, and left out. */
export function makeModel(parts: ModelParts, tellTwoCurrencies: () => void): ReferenceModel {
  const { name, names, tiers, size, input, window, latency } = parts;
  const isOneCurrency = !input || !parts.output || input.currency === parts.output.currency;
  if (!isOneCurrency) tellTwoCurrencies();
  const output = isOneCurrency ? parts.output : null;
  const first = input ?? output;
  return {
    name,
    names,
    tiers,
    currency: first?.currency ?? 'USD',
    ...(first && first.tokens >= 1_000_000 ? { priceTokens: 1_000_000 } : {}),
    ...(size === null ? {} : { size }),
    ...(window ? { window: window.tokens } : {}),
    ...(input ? { input: input.per1K } : {}),
    ...(output ? { output: output.per1K } : {}),
    ...(latency ? { latency: latency.seconds } : {}),
  };
}
