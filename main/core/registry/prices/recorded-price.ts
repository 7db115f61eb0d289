import type { Pricing } from '../../../../contract/provider.ts';
import type { Registry } from '../build-registry.ts';
import type { Model, Provider } from '../model/model.ts';

const perMillion = { currency: 'USD', per: 1_000_000 } as const;

/** A provider's surcharge as a fraction (`settings.platform_fee`), 0 where there is none. */
export function feeOf(provider: Provider): number {
  const fee = provider.settings['platform_fee'];
  return typeof fee === 'number' && fee > 0 && fee < 1 ? fee : 0;
}

/** USD per million tokens as recorded, surcharge included; null where nothing is recorded: never 0 for that reason. */
export function recordedPrice(registry: Registry, provider: Provider, model: Model): Pricing | null {
  const record = registry.lifecycle.record(provider, model);
  const quoted = record?.quoted ? { quoted: record.quoted } : {};
  const fee = feeOf(provider);
  const withFee = (usd: number) => Math.round(usd * (1 + fee) * 1e6) / 1e6;
  const feeShown = fee ? { fee } : {};
  if (model.listedPrice) {
    const { input, output } = model.listedPrice;
    const said = {
      source: model.listedPrice.source ?? 'registry file',
      as_of: model.listedPrice.as_of ?? record?.as_of ?? '',
    };
    return { input: withFee(input), output: withFee(output), ...perMillion, ...said, ...feeShown, ...quoted };
  }
  if (!record?.price) return null;
  const { input, output, matched, source, as_of } = record.price;
  return {
    input: withFee(input),
    output: withFee(output),
    ...perMillion,
    source,
    as_of,
    matched,
    ...feeShown,
    ...quoted,
  };
}
