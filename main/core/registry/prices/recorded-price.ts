import type { Pricing } from '../../../../contract/provider.ts';
import type { Registry } from '../build-registry.ts';
import type { Model, Provider } from '../model/model.ts';
import { versionOn } from './price-record.ts';

const perMillion = { currency: 'USD', per: 1_000_000 } as const;

/** A provider's surcharge as a fraction (`settings.platform_fee`), 0 by default. */
export function feeOf(provider: Provider): number {
  const fee = provider.settings['platform_fee'];
  return typeof fee === 'number' && fee > 0 && fee < 1 ? fee : 0;
}

/**
 * The recorded price on a day in USD per million tokens, including the surcharge. Null without a record,
 * never 0. Tiers, cached tokens, fees and announced changes are in `record`, without the surcharge.
 * @param today `YYYY-MM-DD`
 */
export function recordedPrice(
  registry: Registry,
  provider: Provider,
  model: Model,
  today: string,
): Pricing | null {
  const record = registry.lifecycle.record(provider, model);
  const pricing = record?.pricing;
  const fee = feeOf(provider);
  const withFee = (usd: number) => Math.round(usd * (1 + fee) * 1e6) / 1e6;
  const shared = {
    ...perMillion,
    ...(fee ? { fee } : {}),
    ...(record?.quoted ? { quoted: record.quoted } : {}),
    ...(pricing ? { record: pricing } : {}),
  };
  if (model.listedPrice) {
    const { input, output, source, as_of } = model.listedPrice;
    const origin = { source: source ?? 'registry file', as_of: as_of ?? record?.as_of ?? '' };
    return { input: withFee(input), output: withFee(output), ...origin, ...shared };
  }
  if (!pricing) return null;
  const { input, output } = versionOn(pricing, today).rates;
  const { source, as_of, matched } = pricing;
  return {
    input: withFee(input),
    output: withFee(output),
    source,
    as_of,
    ...(matched ? { matched } : {}),
    ...shared,
  };
}
