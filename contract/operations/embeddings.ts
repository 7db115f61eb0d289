import { z } from 'zod';
import { dryRunAnswer } from '../chat.ts';
import { embeddingAnswer, embeddingRequest } from '../embeddings.ts';
import { operation } from './define.ts';

export const embeddingOperations = {
  'embeddings.create': operation('command', embeddingRequest, z.union([dryRunAnswer, embeddingAnswer])),
};
