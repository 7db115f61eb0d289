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
  /** A dry run without an entry in the call log, for previews while the user types. */
  'chat.preview': operation('query', chatRequest, dryRunAnswer),
  'chat.send': operation('command', chatRequest, z.union([dryRunAnswer, chatAnswer])),
  'chat.stream': operation('stream', chatRequest, chatAnswer),
  /** Ends the wait that a provider asked for: the call's next attempt is sent now. */
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
