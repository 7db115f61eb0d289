/** Compares public price tables with the registry's prices. */

const close = (a, b) => Math.abs(a - b) <= 1e-9 + Math.abs(b) * 0.005;

/** The rates that are valid on a day, and the tiers above them. */
function today({ versions }, day) {
  return versions.filter(({ from }) => from === null || from <= day).at(-1) ?? versions[0];
}

function differences(ours, theirs) {
  const names = { input: 'in', output: 'out', cache_read: 'cached read', cache_write: 'cached write' };
  return Object.entries(names).flatMap(([name, word]) => {
    const [ourRate, theirRate] = [ours[name], theirs[name]];
    // A table that omits a rate, or says 0 for it, does not know it.
    const differs = ourRate !== undefined && theirRate && !close(ourRate, theirRate);
    return differs ? [`${word} ${theirRate} (ours ${ourRate})`] : [];
  });
}

/**
 * Rates of a model of `@earendil-works/pi-ai`.
 */
export function catalogueRates({ cost }) {
  const rates = ({ input, output, cacheRead, cacheWrite }) => ({
    input,
    output,
    cache_read: cacheRead,
    cache_write: cacheWrite,
  });
  const tiers = (cost.tiers ?? []).map(({ inputTokensAbove, ...tier }) => ({
    above: inputTokensAbove,
    rates: rates(tier),
  }));
  return { rates: rates(cost), tiers };
}

const base = (price) => (typeof price === 'number' ? price : price?.base);

/**
 * Rates of a match of `@pydantic/genai-prices`, without its tiers.
 */
export function tableRates(price) {
  return {
    rates: {
      input: base(price.input_mtok),
      output: base(price.output_mtok),
      cache_read: base(price.cache_read_mtok),
      cache_write: base(price.cache_write_mtok),
    },
    tiers: null,
  };
}

/**
 * One line for each difference between a source and a record's price of today.
 * @param {{ listed_id: string, pricing: object | null }} record
 * @param {{ rates: object, tiers: { above: number, rates: object }[] | null }} theirs
 */
export function comparePrice(record, theirs, source, day) {
  if (!record.pricing) return [`${record.listed_id}: ${source} knows a price, we have none`];
  const version = today(record.pricing, day);
  const found = differences(version.rates, theirs.rates);
  for (const tier of theirs.tiers ?? []) {
    const ours = version.tiers?.find(({ above }) => above === tier.above);
    if (!ours) found.push(`a tier above ${tier.above} tokens that we have not`);
    else found.push(...differences(ours.rates, tier.rates).map((text) => `above ${tier.above}: ${text}`));
  }
  return found.length ? [`${record.listed_id}: ${source} says ${found.join(', ')}`] : [];
}
