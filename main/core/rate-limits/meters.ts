/** What a provider counts a minute: requests, tokens of both directions together, or each direction by itself. */
export const meterNames = ['requests', 'tokens', 'input_tokens', 'output_tokens'] as const;
export type Meter = (typeof meterNames)[number];

/** An amount for each of some meters: limits a minute, or what a call takes. */
export type Amounts = Partial<Record<Meter, number>>;

/** A limit for people: "500 requests a minute". */
export const limitText = (meter: Meter, perMinute: number) =>
  `${perMinute.toLocaleString('en-US')} ${meter.replace('_', ' ')} a minute`;
