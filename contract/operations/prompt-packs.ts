import { z } from 'zod';
import { dryRunAnswer } from '../chat.ts';
import { packAnswer, packRequest, packSummary, packView, renderedPack } from '../prompt-pack.ts';
import { operation } from './define.ts';

/** `warnings` name each user pack that could not be used: file, place in it, reason. */
const packList = z.object({ packs: z.array(packSummary), warnings: z.array(z.string()) });

export const promptPackOperations = {
  'packs.list': operation('query', z.strictObject({}), packList),
  'packs.get': operation('query', z.strictObject({ module: z.string() }), packView),
  'packs.run': operation('command', packRequest, z.union([renderedPack, dryRunAnswer, packAnswer])),
  'packs.stream': operation('stream', packRequest, packAnswer),
};
