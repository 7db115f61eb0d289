import type {
  EmulationAnswer,
  EmulationChatRequest,
  EmulationStatus,
  Persona,
  PersonaUpdate,
} from '../../../contract/emulation.ts';
import { AppError } from '../lib/app-error.ts';
import type { ChatService } from '../chat/chat-service.ts';
import type { ChatCall } from '../chat/resolve/merge-options.ts';
import type { FeatureFlags } from '../registry/features/feature-flags.ts';
import type { PackStore } from '../prompt-packs/pack-store.ts';
import type { RequestContext } from '../lib/request-context.ts';
import { turnsIn } from './persona-memory.ts';
import type { PersonaFiles } from './persona-files.ts';
import { personaMessages } from './persona-messages.ts';
import { Personas } from './personas.ts';

const flag = 'silly_compat_offload';
const variable = 'COMFYVN_SILLY_COMPAT_OFFLOAD';

export interface EmulationParts {
  flags: FeatureFlags;
  packs: PackStore;
  chat: ChatService;
  /** Imported personas. */
  personaFiles: PersonaFiles;
}

/** Characters that answer in their own voice and remember: ComfyVN's emulation engine. */
export class EmulationService {
  readonly #parts: EmulationParts;
  readonly #personas: Personas;

  constructor(parts: EmulationParts) {
    this.#parts = parts;
    this.#personas = new Personas(parts.personaFiles);
  }

  status(warnings: string[] = []): EmulationStatus {
    const personas = this.#personas.list();
    const enabled = this.#parts.flags.isOn(flag);
    return {
      feature_flag: 'SillyCompatOffload',
      enabled,
      persona_count: personas.length,
      personas,
      warnings,
    };
  }

  /** Writes the flag. If the environment overrides it, the status says so. */
  async toggle(enabled: boolean): Promise<EmulationStatus> {
    const { flags } = this.#parts;
    await flags.set(flag, enabled);
    const overruled = flags.isOn(flag) !== enabled;
    return this.status(
      overruled
        ? [`${variable} is set in the environment and decides; the flag is saved in ${flags.file}`]
        : [],
    );
  }

  /** Creates or changes a persona; also while emulation is off. */
  persona(update: PersonaUpdate): Persona {
    return this.#personas.update(update);
  }

  /**
   * One turn with a persona. It is remembered once it has been answered.
   * @throws AppError `emulation_off`, and whatever a chat throws
   */
  async chat(request: EmulationChatRequest, context: RequestContext): Promise<EmulationAnswer> {
    const { flags, packs, chat } = this.#parts;
    if (!flags.isOn(flag))
      throw new AppError(
        'emulation_off',
        `persona emulation is off: set features.${flag} to true in ${flags.file}, or ${variable}=1`,
        { flag },
      );
    const persona = this.#personas.get(request.persona_id || 'default');
    const pack = await packs.get('persona');
    const { messages, fresh } = personaMessages(pack, persona, request.messages);
    const call: ChatCall = {
      provider: request.provider ?? request.provider_id ?? undefined,
      model: request.model ?? request.model_id,
      module: request.module || 'persona',
      messages,
      params: request.options ?? {},
      packOptions: pack.file.options,
    };
    const { options } = chat.plan(chat.resolve(call), call, context);
    const { reply, usage, data, module, provider, model, attempts } = await chat.send(call, context);
    if (reply)
      this.#personas.remember(persona.persona_id, [...turnsIn(fresh), { role: 'assistant', content: reply }]);
    return {
      reply,
      usage,
      metadata: { persona_id: persona.persona_id, module, provider, model, options },
      raw: data.raw,
      headers: data.headers,
      status: attempts.at(-1)?.status ?? 200,
    };
  }
}
