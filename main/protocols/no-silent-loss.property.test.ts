import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatRequest } from '../../contract/chat.ts';
import { adapterNames, type AdapterName } from '../../contract/provider.ts';
import type { JsonObject, Protocol, Wanted } from './define.ts';
import { ProtocolError } from './protocol-error.ts';
import { chatProtocols } from './protocols.ts';
import { asksNothing, listOf } from './shared/field-lists.ts';

const all = Object.values(chatProtocols) as unknown as Protocol<Wanted>[];
const adapter = fc.option(fc.constantFrom<AdapterName[]>(...adapterNames), { nil: undefined });

/** The minimal request of each protocol. */
const least: Record<string, JsonObject> = {
  'openai-responses': { input: 'x' },
  'openai-completions': { prompt: 'x' },
  'anthropic-messages': { messages: [{ role: 'user', content: 'x' }] },
  'ollama-chat': { messages: [{ role: 'user', content: 'x' }] },
  'ollama-generate': { prompt: 'x' },
  'gemini-generate': { contents: [{ parts: [{ text: 'x' }] }] },
};

describe.each(all)('$name', (protocol) => {
  const { taken, ...rules } = protocol.fields;
  const ruled = Object.values(rules).flatMap((list) => Object.keys(list));
  const body = least[protocol.name] ?? {};

  it('accepts a minimal request', () => {
    expect(protocol.toChat({ body }).warnings).toEqual([]);
  });

  it('sends each unknown field, refuses it by name, or reports it', () => {
    const value = fc.oneof(
      fc.boolean(),
      fc.integer({ min: 1 }),
      fc.string({ minLength: 1 }),
      fc.constant({ a: 1 }),
    );
    const fields = fc.dictionary(fc.constantFrom(...ruled, 'tempo', 'x-y'), value, { maxKeys: 3 });
    fc.assert(
      fc.property(fields, adapter, (extra, name) => {
        const incoming = { body: { ...body, ...extra }, ...(name ? { adapter: name } : {}) };
        const set = Object.entries(extra).filter(([field, given]) => {
          const list = listOf(field, protocol.fields);
          const rule = list && list !== 'taken' ? protocol.fields[list][field] : undefined;
          return !rule || !asksNothing(given, rule);
        });
        try {
          const { chat, warnings } = protocol.toChat(incoming);
          for (const [field] of set) {
            expect(listOf(field, protocol.fields)).not.toBe('refused');
            const sent = Object.hasOwn(chat.params ?? {}, field);
            const named = warnings.some((text) => text.includes(`\`${field}\``));
            expect([field, sent || named]).toEqual([field, true]);
          }
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error;
          expect(listOf(error.param, protocol.fields)).toBe('refused');
        }
      }),
    );
  });

  it('turns any JSON into a chat or an error, and leaves it unchanged', () => {
    const known = fc.constantFrom(
      ...taken,
      ...ruled,
      'role',
      'content',
      'type',
      'parts',
      'text',
      'function',
      'name',
    );
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>(
          null,
          true,
          0,
          1.5,
          '',
          'user',
          'assistant',
          'model',
          'text',
          'function',
          'message',
        ),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(known, tie('json'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(json, adapter, (given, name) => {
        const merged =
          typeof given === 'object' && given !== null && !Array.isArray(given)
            ? { ...body, ...given }
            : given;
        const before = JSON.stringify(merged);
        try {
          const { chat } = protocol.toChat({ body: merged, ...(name ? { adapter: name } : {}) });
          // The core requires messages; Ollama's empty list loads a model and is never sent on.
          if (chat.messages.length > 0) expect(chatRequest.safeParse(chat).error).toBeUndefined();
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error;
          expect(protocol.toError(error.toErrorInfo('req-1')).status).toBe(400);
        }
        expect(JSON.stringify(merged)).toBe(before);
      }),
      { numRuns: 500 },
    );
  });
});
