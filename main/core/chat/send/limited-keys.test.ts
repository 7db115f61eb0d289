import { expect, it } from 'vitest';
import { answerOf, chatTo, errorOf } from '../../__fixtures__/chat-core.ts';
import { keyedProvider, limited, pooledKeys } from '../../__fixtures__/keyed-provider.ts';
import { protocols } from '../../__fixtures__/protocols.ts';
import { createSettings } from '../../app/settings.ts';
import { memorySettings } from '../../app/settings-file.ts';

const { openAi } = protocols;
const [a, b] = pooledKeys;
const once = chatTo(openAi, { retries: 0 });

/** Two keys of a provider that allows one request a minute for the model with each. */
const twoKeys = () => {
  const provider_limits = { [openAi.provider]: { models: { [openAi.model]: { requests_per_minute: 1 } } } };
  const settings = createSettings(memorySettings({ daily_budget_usd: null, provider_limits }));
  const env = { [`COMFYVN_LLM_${openAi.provider.toUpperCase()}_TIMEOUT`]: '2' };
  return keyedProvider(openAi, [a, b], { settings, env });
};

it('a key whose limit is used up gives way to the next one, which is sent at once', async () => {
  const { core, used } = await twoKeys();
  await answerOf(core, once);
  const answer = await answerOf(core, once);
  expect(answer.reply).toBe('by 1');
  expect(answer.attempts).toMatchObject([{ reason: 'first', status: 200, key_last4: 'bbb2' }]);
  expect(answer.attempts[0]).not.toHaveProperty('queued_ms');
  expect(used()).toEqual([a, b]);
});

it('where no key has room in time the error is the limit’s, no key rests, and nothing is sent', async () => {
  const { core, used } = await twoKeys();
  await answerOf(core, once);
  await answerOf(core, once);
  const error = await errorOf(core, once);
  expect(error).toMatchObject({
    code: 'provider_rate_limited',
    details: { upstream_status: null, upstream_code: 'limit_wait' },
  });
  expect(error?.message).toContain('1 requests a minute');
  expect(used()).toEqual([a, b]);
  const pool = (await core.ask('keys.list')).keys.find(({ provider }) => provider === openAi.provider)?.pool;
  expect(pool?.map(({ status }) => status)).toEqual(['free', 'free']);
});

it('a 429 empties the limits of the key that was refused, and of no other', async () => {
  const { core, on, used } = await twoKeys();
  on({ [a]: limited(openAi, 1) });
  expect((await answerOf(core, once)).reply).toBe('by 1');
  on({});
  core.clock.advance(2000);
  expect((await errorOf(core, once)).details).toMatchObject({ upstream_code: 'limit_wait' });
  expect(used()).toEqual([a, b]);
});
