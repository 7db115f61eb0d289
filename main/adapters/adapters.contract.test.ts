import { describe, expect, it } from 'vitest';
import { adapterNames, type AdapterName } from '../../contract/provider.ts';
import { reasonValues } from '../../contract/reasons.ts';
import { deepFreeze } from './__fixtures__/deep-freeze.ts';
import {
  caseNames,
  fixtureFolders,
  readCase,
  readText,
  type Fixture,
  type FixtureRequest,
} from './__fixtures__/fixture.ts';
import { cutBytes, eventsIn, partsOf } from './__fixtures__/stream-events.ts';
import type { Adapter, ProviderRequest } from './define.ts';
import { adapterFor } from './index.ts';

const everywhere = ['text', 'system', 'multi-turn', 'json-schema'];
const onTheNetwork = ['error-auth', 'error-rate-limit', 'error-malformed'];
const streamed = ['stream', 'stream-cut', 'stream-error-in-200'];

/** The stub has no network, so its protocol cannot fail or be cut off. */
function neededCases(name: AdapterName): string[] {
  const { capabilities } = adapterFor(name);
  return [
    ...everywhere,
    ...(name === 'stub' ? [] : onTheNetwork),
    ...(capabilities.stream && name !== 'stub' ? streamed : []),
    ...(capabilities.tools && name !== 'stub' ? ['tool-call'] : []),
    ...(capabilities.images && name !== 'stub' ? ['image'] : []),
  ];
}

describe.each(adapterNames.map((name) => [name, fixtureFolders[name]] as const))(
  '%s (%s)',
  (name, folder) => {
    const adapter = adapterFor(name);
    const present = caseNames(folder);

    it.each(neededCases(name))('has the case %s, so that every capability is tested', (needed) => {
      expect(present, `${folder}/${needed}.json is missing`).toContain(needed);
    });

    describe.each(present)('%s', (caseName) => {
      const fixture = readCase(folder, caseName);

      it('writes the documented request and reports every change, without changing its arguments', () => {
        const request = adapter.toRequest(deepFreeze(fixture.chat), deepFreeze(fixture.target));
        expect(ordered(withoutDetails(asJson(request)))).toEqual(ordered(fixture.request));
      });

      it('gives every reason the values that the contract lists for its code', () => {
        const { dropped, rewritten } = adapter.toRequest(fixture.chat, fixture.target);
        for (const { reason, reason_detail: detail } of [...dropped, ...rewritten]) {
          const values = reasonValues[detail.code].strict().safeParse(detail.values);
          expect(values.success, `${detail.code}: ${reason}`).toBe(true);
        }
      });

      it('writes the same bytes twice, so that a dry run shows what a live call sends', () => {
        const twice = [1, 2].map(() => JSON.stringify(adapter.toRequest(fixture.chat, fixture.target)));
        expect(twice[0]).toBe(twice[1]);
      });

      it('reads the reply', () => {
        expect(outcome(adapter, fixture)).toEqual(fixture.result);
      });

      it.runIf(fixture.reply.stream !== undefined)('reads the same however the bytes are split', () => {
        for (const sizes of [[1], [2, 3, 5, 7], [64, 1, 17], [4096]]) {
          expect(streamParts(adapter, fixture, sizes), `pieces of ${sizes.join(', ')}`).toEqual(
            fixture.result,
          );
        }
      });

      it('is marked complete only if the whole reply arrived', () => {
        const parts = fixture.result && 'parts' in fixture.result ? fixture.result.parts : [];
        const ends = parts.some((part) => part.type === 'end');
        if (caseName === 'stream') expect(ends).toBe(true);
        if (caseName === 'stream-cut' || caseName === 'stream-error-in-200') expect(ends).toBe(false);
      });

      it('contains nothing that looks like a key', () => {
        const keyLike = /\b(sk-[\w-]{6,}|AIza[\w-]{10,}|gsk_\w{10,}|[0-9a-f]{32})\b|Bearer \S/i;
        expect(readText(folder, caseName)).not.toMatch(keyLike);
        const authHeader = adapter.auth?.header.toLowerCase();
        expect(Object.keys(fixture.request.headers).map((header) => header.toLowerCase())).not.toContain(
          authHeader,
        );
      });
    });
  },
);

function outcome(adapter: Adapter, fixture: Fixture): unknown {
  const { status, json, text, stream } = fixture.reply;
  if (stream !== undefined) return streamParts(adapter, fixture, [1_000_000]);
  const body = deepFreeze(json ?? parsed(text ?? ''));
  if (status >= 400) return { error: adapter.toError(status, body, text ?? JSON.stringify(json)) };
  return adapter.fromResponse(body);
}

function streamParts(adapter: Adapter, fixture: Fixture, sizes: number[]): unknown {
  const bytes = new TextEncoder().encode(fixture.reply.stream);
  return { parts: partsOf(adapter, eventsIn(adapter.framing, cutBytes(bytes, sizes))) };
}

/** The body as serialized: JSON omits undefined values. */
function asJson(request: ProviderRequest): ProviderRequest {
  return JSON.parse(JSON.stringify(request)) as ProviderRequest;
}

/** A request as fixtures have it: with the English reasons only. */
function withoutDetails(request: ProviderRequest): FixtureRequest {
  return {
    ...request,
    dropped: request.dropped.map(({ reason_detail: _detail, ...entry }) => entry),
    rewritten: request.rewritten.map(({ reason_detail: _detail, ...entry }) => entry),
  };
}

/** Sorts the reports, because their order has no meaning. */
function ordered(request: FixtureRequest): FixtureRequest {
  const byText = (a: unknown, b: unknown) =>
    JSON.stringify(sortedKeys(a)).localeCompare(JSON.stringify(sortedKeys(b)));
  return {
    ...request,
    applied: request.applied.toSorted(byText),
    dropped: request.dropped.toSorted(byText),
    rewritten: request.rewritten.toSorted(byText),
  };
}

function sortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

it('every adapter name of the registry has an adapter, and a vendor and its compatible form share one', () => {
  expect(adapterNames.map((name) => adapterFor(name).protocol)).not.toContain(undefined);
  expect(adapterFor('openai')).toBe(adapterFor('openai_compat'));
  expect(adapterFor('anthropic')).toBe(adapterFor('anthropic_compat'));
});
