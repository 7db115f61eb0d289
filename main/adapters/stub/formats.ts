interface Format {
  sample: string;
  /** A longer sample, for `minLength`; unset if the format has a fixed length. */
  padded?: (fill: string) => string;
  /** Deliberately narrow: a match certainly has the format, a text without a match may have it too. */
  surely: RegExp;
}

const formats = new Map<string, Format>([
  [
    'date-time',
    {
      sample: '1970-01-01T00:00:00Z',
      surely: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3])(:[0-5]\d){2}Z$/,
    },
  ],
  ['date', { sample: '1970-01-01', surely: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/ }],
  ['time', { sample: '00:00:00Z', surely: /^([01]\d|2[0-3])(:[0-5]\d){2}Z$/ }],
  ['duration', { sample: 'PT0S', surely: /^PT\d+S$/ }],
  [
    'email',
    { sample: 'a@a.aa', padded: (fill) => `${fill}@a.aa`, surely: /^[a-z]{1,60}@[a-z]+\.[a-z]{2,}$/ },
  ],
  ['idn-email', { sample: 'a@a.aa', surely: /^[a-z]{1,60}@[a-z]+\.[a-z]{2,}$/ }],
  ['hostname', { sample: 'a', padded: (fill) => fill, surely: /^[a-z]{1,60}$/ }],
  ['ipv4', { sample: '0.0.0.0', surely: /^\d\.\d\.\d\.\d$/ }],
  ['ipv6', { sample: '::', surely: /^::1?$/ }],
  [
    'uri',
    {
      sample: 'https://a.aa',
      padded: (fill) => `https://a.aa/${fill}`,
      surely: /^https:\/\/[a-z]+\.[a-z]+(\/[a-z]*)*$/,
    },
  ],
  ['uri-reference', { sample: '/', padded: (fill) => `/${fill}`, surely: /^(\/[a-z]*)+$/ }],
  [
    'uuid',
    { sample: '00000000-0000-0000-0000-000000000000', surely: /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/ },
  ],
  ['json-pointer', { sample: '', padded: (fill) => `/${fill}`, surely: /^(\/[a-z]+)*$/ }],
  ['regex', { sample: '', padded: (fill) => fill, surely: /^[a-z]*$/ }],
]);

/**
 * Texts of a format, at least `shortest` long if possible; none for a format that validators do not check.
 */
export function* formatSamples(name: string, shortest: number): Generator<string> {
  const format = formats.get(name);
  if (!format) return;
  yield format.sample;
  if (!format.padded) return;
  const bare = format.padded('').length;
  for (const last of 'abcdefgh') yield format.padded('a'.repeat(Math.max(0, shortest - bare - 1)) + last);
}

/**
 * True for a text that certainly has the format; undefined if that is uncertain. An unchecked format is only
 * an annotation.
 */
export function hasFormat(name: string, text: string): true | undefined {
  const format = formats.get(name);
  return !format || format.surely.test(text) || undefined;
}
