import type { ParsedInput } from '../../../contract/operations/table.ts';
import type { PackService } from '../prompt-packs/pack-service.ts';
import type { LineRequest } from '../provider-batches/line-batches.ts';

/** Requests of a batch as calls: those of a prompt pack filled in, and answered with its checks. */
export function lineRequests(
  packs: PackService,
  requests: ParsedInput<'batches.submit'>['requests'],
): Promise<LineRequest[]> {
  return Promise.all(
    requests.map(async (request): Promise<LineRequest> => {
      const { id } = request;
      if ('chat' in request) return { id, call: request.chat, complete: (answer) => answer };
      const { call, withChecks } = await packs.delivered(request.pack);
      return { id, call, complete: withChecks };
    }),
  );
}
