import { describe, expect, test } from 'vitest';
import type { PersonaTurn } from '../../../contract/emulation.ts';
import { lastPairs, repeatedTurns, turnsIn } from './persona-memory.ts';

const user = (content: string): PersonaTurn => ({ role: 'user', content });
const reply = (content: string): PersonaTurn => ({ role: 'assistant', content });
const talk = (n: number) => Array.from({ length: n }, (_, i) => [user(`q${i}`), reply(`a${i}`)]).flat();

describe('the memory', () => {
  test('has at most the last 20 pairs', () => {
    expect(lastPairs(talk(20))).toEqual(talk(20));
    expect(lastPairs(talk(25))).toEqual(talk(25).slice(10));
  });

  test('never begins with an answer whose question was removed', () => {
    const cut = lastPairs([...talk(20), user('and?')]);
    expect(cut[0]).toEqual(user('q1'));
    expect(cut).toHaveLength(39);
  });

  test('holds text only: no instructions, tools or pictures', () => {
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

describe('a client that sends its history', () => {
  const memory = talk(2);

  test('adds only its new turns', () => {
    expect(repeatedTurns(memory, [...talk(2), user('new')])).toBe(4);
  });

  test('may send only the end of it', () => {
    expect(repeatedTurns(memory, [...memory.slice(2), user('new')])).toBe(2);
  });

  test('may send more than is remembered', () => {
    expect(repeatedTurns(memory, [user('older'), reply('older'), ...memory, user('new')])).toBe(6);
  });

  test('or only new turns, has none of them taken for a repetition, even in the same words', () => {
    expect(repeatedTurns(memory, [user('q1')])).toBe(0);
    expect(repeatedTurns(memory, [user('a'), reply('b'), user('c')])).toBe(0);
    expect(repeatedTurns([user('Hello')], [user('Hello')])).toBe(0);
    expect(repeatedTurns([], [...talk(2), user('new')])).toBe(0);
  });
});
