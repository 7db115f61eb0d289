/**
 * What a provider counts per minute: requests, tokens in both directions together, or in each direction
 * separately.
 */
export const meterNames = ['requests', 'tokens', 'input_tokens', 'output_tokens'] as const;
export type Meter = (typeof meterNames)[number];

/** An amount for some of the meters: limits per minute, or what a call takes. */
export type Amounts = Partial<Record<Meter, number>>;

/** A limit for display: "500 requests a minute". */
export const limitText = (meter: Meter, perMinute: number) =>
  `${perMinute.toLocaleString('en-US')} ${meter.replace('_', ' ')} a minute`;
