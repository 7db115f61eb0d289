import { z } from 'zod';
import { chatAnswer, chatRequest, dryRunAnswer, testCallAnswer, testCallRequest } from '../chat.ts';
import { operation } from './define.ts';

export const chatOperations = {
  'chat.send': operation('command', chatRequest, z.union([dryRunAnswer, chatAnswer])),
  'chat.stream': operation('stream', chatRequest, chatAnswer),
  'chat.test': operation('command', testCallRequest, testCallAnswer),
};
