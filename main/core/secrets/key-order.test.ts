import { expect, it } from 'vitest';
import { inOrderFor } from './key-pool.ts';

const keyNamed = (name: string) => ({
  key: `sk-${name}-0123456789`,
  id: name,
  source: name,
  variable: `$${name}`,
});
const keys = ['a', 'b', 'c', 'd'].map(keyNamed);
const projects = Array.from({ length: 400 }, (_, n) => `project-${n}`);
const favourite = (project: string, of = keys) => inOrderFor(project, of)[0]?.id;

it('projects are spread evenly over the keys, whatever order those come in', () => {
  const counts = keys.map(({ id }) => projects.filter((project) => favourite(project) === id).length);
  expect(Math.min(...counts)).toBeGreaterThan(70);
  for (const project of projects) expect(favourite(project, keys.toReversed())).toBe(favourite(project));
});

it('removing a key moves only the projects that used it', () => {
  const left = keys.filter(({ id }) => id !== 'b');
  for (const project of projects.filter((one) => favourite(one) !== 'b'))
    expect(favourite(project, left)).toBe(favourite(project));
});

it('without a project or module the keys keep their order', () => {
  expect(inOrderFor(undefined, keys)).toEqual(keys);
});
