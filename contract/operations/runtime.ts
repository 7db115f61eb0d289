import { z } from 'zod';
import { runtimeAdapter, runtimeRegistration } from '../runtime-adapter.ts';
import { operation } from './define.ts';

const touched = ['runtime.list', 'registry.get'];

export const runtimeOperations = {
  'runtime.list': operation('query', z.strictObject({}), z.object({ adapters: z.array(runtimeAdapter) })),
  'runtime.register': operation(
    'command',
    runtimeRegistration,
    // Corrections, each with its place.
    z.object({ adapter: runtimeAdapter, warnings: z.array(z.string()) }),
    touched,
  ),
  'runtime.remove': operation('command', z.strictObject({ id: z.string() }), z.object({}), touched),
};
