import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../contract/chat.ts';
import { adapterNames } from '../../contract/provider.ts';
import { neutralChat, target } from './__fixtures__/arbitrary-chat.ts';
import { deepFreeze } from './__fixtures__/deep-freeze.ts';
import type { NeutralChat, ProviderRequest } from './define.ts';
import { adapterFor } from './index.ts';

/** Parameters that every protocol writes differently; the fixtures check their meaning. */
const ownSpelling = new Set(['tool_choice', 'response_format', 'stream_options']);

/** Fixed, so that a run is repeatable. Set ADAPTER_SEED to try another seed. */
const seed = Number(process.env.ADAPTER_SEED ?? 20261122);

const adapters = new Map(adapterNames.map((name) => [adapterFor(name), name]));

describe.each([...adapters].map(([adapter, name]) => ({ name, adapter })))('$name', ({ adapter }) => {
  it('applies or reports every parameter', () => {
    const everything = fc.property(neutralChat, target, (chat, to) => {
      const request = adapter.toRequest(deepFreeze(chat), deepFreeze(to));
      const body: unknown = JSON.parse(JSON.stringify(request.body));
      expectAllBooked(chat, request);
      expectAppliedInBody(chat, request, leavesOf(body));
      expectMessagesInBody(
        chat.messages,
        request,
        leavesOf(body).filter((leaf) => typeof leaf === 'string'),
      );
      expect(new URL(`http://host/base${request.path}`).pathname).toBe(`/base${request.path}`);
    });
    fc.assert(everything, { numRuns: 1000, seed });
  });

  it('gives the same request for the same chat', () => {
    const twice = fc.property(neutralChat, target, (chat, to) => {
      expect(JSON.stringify(adapter.toRequest(chat, to))).toBe(JSON.stringify(adapter.toRequest(chat, to)));
    });
    fc.assert(twice, { numRuns: 100, seed });
  });
});

function setParams(chat: NeutralChat): [string, unknown][] {
  return Object.entries(chat.params).filter(([, value]) => value !== undefined && value !== null);
}

function expectAllBooked(chat: NeutralChat, request: ProviderRequest): void {
  const booked = [...request.applied, ...request.dropped.map(({ param }) => param)];
  const wanted = [...setParams(chat).map(([param]) => param), ...(chat.schema ? ['schema'] : [])];
  expect(booked).toEqual(expect.arrayContaining(wanted));
  expect(request.dropped.every(({ reason }) => reason.trim().length > 10)).toBe(true);
}

/** Every string and number of an applied parameter is in the body, or a report says what happened to it. */
function expectAppliedInBody(chat: NeutralChat, request: ProviderRequest, inBody: unknown[]): void {
  const noted = leavesOf(request.rewritten.map(({ from }) => from));
  for (const [param, value] of setParams(chat)) {
    const partly = request.dropped.some(
      (entry) => entry.param.startsWith(`${param}[`) || entry.param.startsWith(`${param}.`),
    );
    if (!request.applied.includes(param) || partly || ownSpelling.has(param)) continue;
    const reported =
      param === 'tools' ? leavesOf(value).filter((leaf) => leaf !== 'function') : leavesOf(value);
    expect([...inBody, ...noted], `${param} is reported as applied`).toEqual(
      expect.arrayContaining(reported),
    );
  }
}

function expectMessagesInBody(messages: Message[], request: ProviderRequest, strings: string[]): void {
  const inBody = (text: string) => strings.some((leaf) => leaf.includes(text));
  const isLost = (param: string) => request.dropped.some((entry) => entry.param.startsWith(param));
  messages.forEach((message, index) => {
    for (const text of textsOf(message)) expect(inBody(text), `${text} is in the body`).toBe(true);
    for (const image of imagesOf(message)) {
      expect(inBody(image) || isLost(`messages[${index}]`), `${image} is in the body or dropped`).toBe(true);
    }
    if (typeof message.name === 'string') {
      expect(inBody(message.name) || isLost(`messages[${index}].name`), `${message.name} is dropped`).toBe(
        true,
      );
    }
  });
}

function textsOf(message: Message): string[] {
  if (typeof message.content === 'string') return message.content === '' ? [] : [message.content];
  return (message.content ?? []).flatMap((part) => (typeof part.text === 'string' ? [part.text] : []));
}

/** The URL, or the bytes of a data: URL, which some protocols send without its prefix. */
function imagesOf(message: Message): string[] {
  const parts = Array.isArray(message.content) ? message.content : [];
  return parts.flatMap((part) => {
    const url = (part.image_url as { url: string } | undefined)?.url;
    return url === undefined ? [] : [url.startsWith('data:') ? url.slice(url.indexOf(',') + 1) : url];
  });
}

/** The scalars in a value, at any depth, without object keys and empty strings. JSON has no -0. */
function leavesOf(value: unknown): unknown[] {
  if (value === undefined || value === null || value === '') return [];
  if (typeof value !== 'object') return [Object.is(value, -0) ? 0 : value];
  return Object.values(value).flatMap(leavesOf);
}
