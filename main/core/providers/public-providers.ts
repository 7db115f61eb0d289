import type { OperationOutput } from '../../../contract/operations/table.ts';
import type { PublicChatRequest } from '../../../contract/operations/public-providers.ts';
import type { ProviderView } from '../../../contract/provider.ts';
import type { ChatService } from '../chat/chat-service.ts';
import { findProvider } from '../chat/resolve/resolve.ts';
import type { FeatureFlags } from '../registry/features/feature-flags.ts';
import { suggest } from '../lib/suggest.ts';
import type { RegistryViews } from './registry-views.ts';
import type { RequestContext } from '../lib/request-context.ts';

const flag = 'enable_public_llm';

/** Maps ComfyVN's names for the vendors to the registry's. */
const vendorNames: Readonly<Record<string, string>> = {
  openai: 'openai_public',
  anthropic: 'anthropic_public',
  gemini: 'google_gemini',
  google_gemini: 'google_gemini',
  openrouter: 'openrouter',
  azure_openai: 'azure_openai',
};

export interface PublicProvidersParts {
  views: RegistryViews;
  chat: ChatService;
  flags: FeatureFlags;
}

const pricingUrl = (provider: ProviderView) => {
  const url = provider.metadata['pricing_url'];
  return typeof url === 'string' ? url : null;
};

/**
 * ComfyVN's router for public connectors, based on the same registry and planner. It plans and never sends.
 */
export class PublicProviders {
  readonly #parts: PublicProvidersParts;

  constructor(parts: PublicProvidersParts) {
    this.#parts = parts;
  }

  #feature() {
    return { feature: flag, enabled: this.#parts.flags.isOn(flag) } as const;
  }

  async #cloud(): Promise<ProviderView[]> {
    const { providers } = await this.#parts.views.registry();
    return providers.filter((provider) => provider.kind === 'cloud');
  }

  async registry(): Promise<OperationOutput<'publicProviders.registry'>> {
    const providers = await this.#cloud();
    const models = providers.flatMap(({ name, models: listed }) =>
      listed.map((model) => ({ provider: name, ...model })),
    );
    const links = providers.flatMap((provider) => {
      const url = pricingUrl(provider);
      return url === null ? [] : [[provider.name, url] as const];
    });
    const feature = this.#feature();
    const tags = [...new Set(models.flatMap((model) => model.tags))].toSorted();
    return {
      ok: feature.enabled,
      feature,
      providers,
      models,
      tags,
      pricing_links: Object.fromEntries(links),
    };
  }

  async catalog(): Promise<OperationOutput<'publicProviders.catalog'>> {
    return { ok: true, feature: this.#feature(), providers: await this.#cloud() };
  }

  /**
   * What a chat would send.
   * @throws AppError as a dry run does, except for a provider that is not a public one: that is reported with
   * `ok: false`
   */
  async chat(
    request: PublicChatRequest,
    context: RequestContext,
  ): Promise<OperationOutput<'publicProviders.chat'>> {
    const { chat } = this.#parts;
    const asked = request.provider;
    const wanted = Object.hasOwn(vendorNames, asked) ? vendorNames[asked] : asked;
    const name = findProvider(chat.catalog, wanted ?? asked)?.name;
    const cloud = await this.#cloud();
    const provider = cloud.find((candidate) => candidate.name === name);
    if (!provider) return this.#unknown(asked, cloud);
    const dry = await chat.dryRun({ ...request, provider: provider.name, dry_run: true }, context);
    const { method, url, headers, body: json } = dry.plan;
    return {
      ok: true,
      dry_run: true,
      feature: this.#feature(),
      plan: {
        provider: provider.name,
        endpoint: url,
        dispatch: { method, url, headers, json },
        model: dry.model,
        model_info: provider.models.find((model) => model.id === dry.model) ?? null,
        inputs: { message_count: request.messages.length, has_tools: hasTools(request) },
        credentials_present: provider.credentials.present,
        credentials: provider.credentials,
        pricing_url: pricingUrl(provider),
      },
      warnings: dry.warnings,
      warning_details: dry.warning_details,
    };
  }

  #unknown(asked: string, cloud: ProviderView[]): OperationOutput<'publicProviders.chat'> {
    const known = [...new Set([...Object.keys(vendorNames), ...cloud.map((provider) => provider.name)])];
    const near = suggest(asked, known);
    const reason = `no public provider is called "${asked.slice(0, 100)}"${near ? `; did you mean "${near}"?` : ''}`;
    return { ok: false, dry_run: true, feature: this.#feature(), reason, known };
  }
}

function hasTools({ tools, params }: PublicChatRequest): boolean {
  const inParams = params?.['tools'];
  return Boolean(tools?.length) || (Array.isArray(inParams) && inParams.length > 0);
}
