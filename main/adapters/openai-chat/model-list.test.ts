import { expect, it } from 'vitest';
import { readModelList } from './model-list.ts';

it('reads the shutdown date that OpenAI announces', () => {
  const data = [
    { id: 'gpt-4.1', object: 'model', created: 1744316542, owned_by: 'system', shutdown_date: '2027-01-14' },
  ];
  expect(readModelList({ object: 'list', data })).toEqual([{ id: 'gpt-4.1', shutdown: '2027-01-14' }]);
});

it("turns OpenRouter's price per token into one per million, without floating-point noise", () => {
  const data = [
    {
      id: 'openai/gpt-4o-mini',
      name: 'OpenAI: GPT-4o-mini',
      context_length: 128000,
      pricing: { prompt: '0.00000015', completion: '0.0000006', image: '0.000217' },
      supported_parameters: ['temperature', 'tools'],
      expiration_date: null,
    },
  ];
  expect(readModelList({ data })).toEqual([
    {
      id: 'openai/gpt-4o-mini',
      label: 'OpenAI: GPT-4o-mini',
      context: 128000,
      pricing: { input: 0.15, output: 0.6 },
      supportedParameters: ['temperature', 'tools'],
    },
  ]);
});

it('gives no price for a router, which OpenRouter lists at -1, but the price of a free model', () => {
  const priced = (prompt: string) => ({ id: prompt, pricing: { prompt, completion: prompt } });
  const prices = readModelList({ data: [priced('-1'), priced('0')] }).map((model) => model.pricing);
  expect(prices).toEqual([undefined, { input: 0, output: 0 }]);
});

it("reads Azure's date, which is in seconds", () => {
  const data = [{ id: 'gpt-4o', object: 'model', deprecation: { inference: 1709284527 } }];
  expect(readModelList({ data })).toEqual([{ id: 'gpt-4o', shutdown: '2024-03-01' }]);
});

it('reads a bare list, and no models from anything else', () => {
  expect(readModelList([{ id: 'a' }, { name: 'no id' }, 'b'])).toEqual([{ id: 'a' }]);
  expect(readModelList('<html>')).toEqual([]);
  expect(readModelList({ error: 'no' })).toEqual([]);
});
