import type { JsonObject } from '../define.ts';
import { at, type Reader } from './reader.ts';

/** Sampling parameters that OpenAI refuses; they are sent to every other provider under these names. */
export function samplers(
  holder: JsonObject,
  names: readonly string[],
  reader: Reader,
  path = '',
): JsonObject {
  const sent: JsonObject = {};
  for (const name of names) {
    const value = reader.number(holder[name], at(path, name));
    if (value === undefined) continue;
    if (reader.isLenient) sent[name] = value;
    else reader.warn(`\`${at(path, name)}\` has no effect: OpenAI has no such parameter`);
  }
  return sent;
}
