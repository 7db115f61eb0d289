import type { OperationOutput } from '../../../contract/operations/table.ts';
import type { CallDetail } from '../../../contract/call-log.ts';
import type { ChatAnswer, DryRunAnswer } from '../../../contract/chat.ts';
import type { CheckResult } from '../../../contract/pack-check.ts';
import type { PackAnswer, PackRequest, PackView, RenderedPack } from '../../../contract/prompt-pack.ts';
import { AppError } from '../lib/app-error.ts';
import type { ChatCall } from '../chat/resolve/merge-options.ts';
import type { ChatService } from '../chat/chat-service.ts';
import type { StreamListener } from '../chat/reply/stream-listener.ts';
import type { RequestContext } from '../lib/request-context.ts';
import { runChecks } from './checks/run-checks.ts';
import type { Pack } from './pack.ts';
import type { PackStore } from './pack-store.ts';
import { preparePack, type Prepared } from './prepare-pack.ts';
import { withNulls } from './variables.ts';
import { noticeFieldsOf } from '../lib/notice.ts';

export interface PackServiceParts {
  store: PackStore;
  chat: ChatService;
  /** Whether the registry knows the module: a user's pack may have none. */
  hasModule(module: string): boolean;
}

/** The input of a pack's checks: the parsed JSON, or the text if the pack has no schema. */
export function replyOf(pack: Pack, { reply, data }: ChatAnswer): unknown {
  return data.json === undefined ? replyIn(pack, reply) : data.json;
}

/** A reply's text, as input for the pack's checks. */
function replyIn({ schema }: Pack, reply: string): unknown {
  if (!schema) return reply;
  try {
    return JSON.parse(reply);
  } catch {
    return reply;
  }
}

/** Shows, renders and sends prompt packs, for every transport. */
export class PackService {
  readonly #parts: PackServiceParts;

  constructor(parts: PackServiceParts) {
    this.#parts = parts;
  }

  async list(): Promise<OperationOutput<'packs.list'>> {
    const { packs, warnings } = await this.#parts.store.all();
    const lines = packs.map(({ file, source }) => {
      const { module, title, version, description, tags } = file;
      return { module, title, version, description, tags, source };
    });
    return { packs: lines, ...noticeFieldsOf(warnings) };
  }

  /** @throws AppError `unknown_module` */
  async get(module: string): Promise<PackView> {
    const { file, source, system, template, schema, samples } = await this.#parts.store.get(module);
    return { ...file, system: system.source, template: template.source, schema, samples, source };
  }

  async #prepare(request: PackRequest): Promise<Prepared> {
    const pack = await this.#parts.store.get(request.module);
    return preparePack(pack, this.#parts.hasModule(pack.file.module), request);
  }

  /**
   * Renders a pack; with `send: true` it continues as a chat call.
   * @throws AppError `unknown_module`, `pack_variables_invalid`, `pack_template_failed`, and whatever a chat
   * throws
   */
  async run(
    request: PackRequest,
    context: RequestContext,
  ): Promise<RenderedPack | DryRunAnswer | PackAnswer> {
    const prepared = await this.#prepare(request);
    const { pack, messages, call } = prepared;
    if (request.send && request.dry_run) return this.#parts.chat.dryRun(call, context);
    if (request.send)
      return this.#checked(
        request,
        prepared,
        await this.#parts.chat.send({ ...call, stream: false }, context),
      );
    const options = { ...pack.file.options, ...request.params };
    return { module: pack.file.module, source: pack.source, messages, schema: call.schema ?? null, options };
  }

  /**
   * What a chat with the pack would send; not logged.
   * @throws as `run`
   */
  async plan(request: PackRequest, context: RequestContext): Promise<DryRunAnswer> {
    const { call } = await this.#prepare(request);
    return (await this.#parts.chat.preview(call, context)).shown;
  }

  /** A request that is not delivered by a chat: its call, and its answer with the pack's checks. */
  async delivered(
    request: PackRequest,
  ): Promise<{ call: ChatCall; withChecks(answer: ChatAnswer): PackAnswer }> {
    const prepared = await this.#prepare(request);
    const call = { ...prepared.call, stream: false };
    return { call, withChecks: (answer) => this.#checked(request, prepared, answer) };
  }

  /**
   * The checks of the pack that rendered a logged call; undefined if they, or the reply, are not available.
   */
  async checksOf({ request, bodies, ok }: CallDetail): Promise<CheckResult[] | undefined> {
    const pack = request?.pack && (await this.#parts.store.get(request.pack.module).catch(() => undefined));
    if (!pack || !request?.pack || !bodies || bodies.cut || !ok || bodies.reply === '') return undefined;
    return this.#results(pack, replyIn(pack, bodies.reply), request.pack.variables);
  }

  /** As `run` with `send: true`, but streaming. */
  async stream(
    request: PackRequest,
    context: RequestContext,
    streamListener: StreamListener,
  ): Promise<PackAnswer> {
    if (!request.send)
      throw new AppError(
        'invalid_request',
        'a stream needs "send": true: without it the pack is only filled in',
      );
    const prepared = await this.#prepare(request);
    return this.#checked(
      request,
      prepared,
      await this.#parts.chat.send({ ...prepared.call, stream: true }, context, streamListener),
    );
  }

  #checked({ variables = {} }: PackRequest, { pack }: Prepared, answer: ChatAnswer): PackAnswer {
    return { ...answer, checks: this.#results(pack, replyOf(pack, answer), variables) };
  }

  #results({ file }: Pack, reply: unknown, variables: Record<string, unknown>): CheckResult[] {
    return runChecks(file.checks, { reply, variables: withNulls(file.variables, variables) });
  }
}
