import type { DryRunAnswer } from '../../../../contract/chat.ts';
import type { ProjectFile } from '../../../../contract/translation.ts';
import type { ChatService } from '../../chat/chat-service.ts';
import type { ChatCall } from '../../chat/resolve/merge-options.ts';
import type { Plan } from '../../chat/plan/plan.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { PackStore } from '../../prompt-packs/pack-store.ts';
import { preparePack } from '../../prompt-packs/prepare-pack.ts';
import type { GlossaryEntry } from '../glossary/glossary-entry.ts';
import type { PendingUnit, UnitStore } from '../store/unit-store.ts';
import { LineGrouper } from './group-lines.ts';
import { withCachedPrefix } from './cache-prefix.ts';
import { sceneRequest, type GroupPackRequest } from './scene-request.ts';

export interface PlanParts {
  chat: ChatService;
  packs: PackStore;
  units: UnitStore;
}

/** What is the same for every group of a plan. */
export interface PlanOrder {
  project: string;
  settings: ProjectFile;
  /** As `sortedGlossary` has it. */
  glossary: readonly GlossaryEntry[];
  mock: boolean;
  retry: boolean;
  /** Requests that come alone, as those of the live hook: nothing is marked for the provider's cache. */
  alone?: boolean;
}

/** A call with the bytes that it sends. */
export interface ExactRequest {
  call: ChatCall;
  plan: Plan;
}

/** A group with the bytes that would be sent. */
export interface PlannedScene extends ExactRequest {
  lines: readonly PendingUnit[];
  request: GroupPackRequest;
  shown: DryRunAnswer;
}

/** Tokens for thinking, where a model may think and gets no limit for it. */
const thinkingRoom = 6000;

function withRoomToThink(request: GroupPackRequest): GroupPackRequest {
  const { max_tokens: room } = request.params ?? {};
  return { ...request, params: { ...request.params, max_tokens: Number(room ?? 0) + thinkingRoom } };
}

/** Reads units page by page. */
export type UnitPages = (after: number) => Promise<PendingUnit[]>;

/** Makes groups, and the exact request of each. Sends nothing and writes nothing. */
export class ScenePlanner {
  readonly #parts: PlanParts;

  constructor(parts: PlanParts) {
    this.#parts = parts;
  }

  /** Groups of what the pages hold, in the order of the game. */
  async *groups(pages: UnitPages, { settings }: PlanOrder): AsyncGenerator<PendingUnit[]> {
    const grouper = new LineGrouper(settings.group_lines);
    for (let after = 0; ;) {
      const page = await pages(after);
      for (const unit of page) {
        const group = grouper.add(unit);
        if (group) yield group;
      }
      const last = page.at(-1);
      if (!last) break;
      after = last.ordinal;
    }
    const rest = grouper.take();
    if (rest) yield rest;
  }

  /** The request of a group with the lines before it, as they are translated now. */
  async planGroup(
    lines: readonly PendingUnit[],
    order: PlanOrder,
    context: RequestContext,
  ): Promise<PlannedScene> {
    const { settings, glossary, project, mock, retry } = order;
    const [first] = lines;
    const before = first
      ? await this.#parts.units.before(project, first.file, first.ordinal, settings.context_lines)
      : [];
    const cached = !order.alone && settings.prompt_cache !== 'off';
    const request: GroupPackRequest = {
      ...sceneRequest({ settings, glossary, lines, context: before, retry, mock }),
      ...(cached ? { cache_front: true } : {}),
    };
    const planned = await this.planRequest(request, context);
    // What a model thinks counts as its reply: without room for both it answers nothing.
    if (!planned.plan.thinksUnseen || settings.params?.['max_tokens'] !== undefined)
      return { lines, ...planned };
    return { lines, ...(await this.planRequest(withRoomToThink(request), context)) };
  }

  /** The bytes of a request that was made before, and its estimate. */
  async planRequest(
    request: GroupPackRequest,
    context: RequestContext,
  ): Promise<Omit<PlannedScene, 'lines'>> {
    const call = await this.#callOf(request);
    const { plan, shown } = await this.#parts.chat.preview(call, context);
    return { request, call, plan, shown };
  }

  /** The bytes alone, for those who send them: nothing is counted. */
  async exactRequest(request: GroupPackRequest, context: RequestContext): Promise<ExactRequest> {
    const call = await this.#callOf(request);
    return { call, plan: await this.#parts.chat.planned(call, context) };
  }

  async #callOf(request: GroupPackRequest): Promise<ChatCall> {
    const pack = await this.#parts.packs.get(request.module);
    const { cache_front: isCached, ...asked } = request;
    const { call } = preparePack(pack, false, asked);
    if (!isCached) return call;
    const { provider, model } = this.#parts.chat.resolve(call);
    return withCachedPrefix(call, provider, model);
  }
}
