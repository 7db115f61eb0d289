import { z } from 'zod';
import { chatAnswer, chatRequest, dryRunAnswer, testCallAnswer, testCallRequest } from '../chat.ts';
import { operation } from './define.ts';
import { embeddingAnswer, embeddingRequest } from '../embeddings.ts';
import {
  emulationAnswer,
  emulationChatRequest,
  emulationStatus,
  persona,
  personaUpdate,
} from '../emulation.ts';

export const chatOperations = {
  /** The dry run of a call without a line in the call log: for what is shown while somebody types. */
  'chat.preview': operation('query', chatRequest, dryRunAnswer),
  'chat.send': operation('command', chatRequest, z.union([dryRunAnswer, chatAnswer])),
  'chat.stream': operation('stream', chatRequest, chatAnswer),
  /** Ends the wait of a call that the provider asked to wait: its next attempt goes out now. */
  'chat.sendNow': operation(
    'command',
    z.strictObject({ request_id: z.string() }),
    z.object({ was_waiting: z.boolean() }),
  ),
  'chat.test': operation('command', testCallRequest, testCallAnswer),
};

export const embeddingOperations = {
  'embeddings.create': operation('command', embeddingRequest, z.union([dryRunAnswer, embeddingAnswer])),
};

const status = ['emulation.status'];

export const emulationOperations = {
  'emulation.status': operation('query', z.strictObject({}), emulationStatus),
  'emulation.toggle': operation('command', z.strictObject({ enabled: z.boolean() }), emulationStatus, [
    ...status,
    'features.get',
    'registry.get',
  ]),
  'emulation.persona': operation('command', personaUpdate, persona, status),
  'emulation.chat': operation('command', emulationChatRequest, emulationAnswer, status),
};
