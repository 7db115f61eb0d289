import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core/app/services.ts';
import { chatCompletions } from './openai/chat-completions.ts';
import { openAiPaths, routes } from './routes.ts';
import { serve } from './serve.ts';

export type Door = (incoming: IncomingMessage, outgoing: ServerResponse) => void | Promise<void>;

const direct = new Set(['POST /api/llm/chat', 'GET /health']);

/**
 * What needs no router, by method and path: the chats, since the router's own work is a third of such a call's, and
 * the question whether anyone is there, which then loads no router to be answered.
 */
export function directDoors(core: Core): ReadonlyMap<string, Door> {
  const [openAi] = openAiPaths;
  const doors = new Map<string, Door>([
    [`POST ${openAi}`, (incoming, outgoing) => chatCompletions(core, incoming, outgoing)],
  ]);
  for (const route of routes) {
    const name = `${route.method} ${route.path}`;
    if (direct.has(name))
      doors.set(name, (incoming, outgoing) =>
        serve(core, route, incoming, outgoing, { params: {}, query: {} }),
      );
  }
  return doors;
}
