import { describe, expect, test } from 'vitest';
import type { PersonaTurn } from '../../../contract/emulation.ts';
import { lastPairs, repeatedTurns, turnsIn } from './persona-memory.ts';

const user = (content: string): PersonaTurn => ({ role: 'user', content });
const reply = (content: string): PersonaTurn => ({ role: 'assistant', content });
const talk = (n: number) => Array.from({ length: n }, (_, i) => [user(`q${i}`), reply(`a${i}`)]).flat();

describe('what is remembered', () => {
  test('is 20 pairs at most, the last ones', () => {
    expect(lastPairs(talk(20))).toEqual(talk(20));
    expect(lastPairs(talk(25))).toEqual(talk(25).slice(10));
  });

  test('never begins with an answer whose question was cut', () => {
    const cut = lastPairs([...talk(20), user('and?')]);
    expect(cut[0]).toEqual(user('q1'));
    expect(cut).toHaveLength(39);
  });

  test('is text: instructions, tools and pictures are not', () => {
    const parts = [
      { type: 'text', text: 'look' },
      { type: 'image_url', image_url: { url: 'data:,' } },
      { type: 'text', text: 'here' },
    ];
    expect(
      turnsIn([
        { role: 'system', content: 'x' },
        { role: 'user', content: parts },
        { role: 'tool', content: 'y' },
        { role: 'assistant', content: null },
      ]),
    ).toEqual([user('look\nhere')]);
  });
});

describe('a client that sends its whole history', () => {
  const memory = talk(2);

  test('is not read twice', () => {
    expect(repeatedTurns(memory, [...talk(2), user('new')])).toBe(4);
  });

  test('may send only the end of it', () => {
    expect(repeatedTurns(memory, [...memory.slice(2), user('new')])).toBe(2);
  });

  test('may know more than is remembered', () => {
    expect(repeatedTurns(memory, [user('older'), reply('older'), ...memory, user('new')])).toBe(6);
  });

  test('one that sends only what is new has nothing repeated, even in the same words', () => {
    expect(repeatedTurns(memory, [user('q1')])).toBe(0);
    expect(repeatedTurns(memory, [user('a'), reply('b'), user('c')])).toBe(0);
    expect(repeatedTurns([user('Hello')], [user('Hello')])).toBe(0);
    expect(repeatedTurns([], [...talk(2), user('new')])).toBe(0);
  });
});
