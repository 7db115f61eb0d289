import type { CliHost } from '../host.ts';
import { printJson, usd } from '../print.ts';
import { openProject, withCore } from '../translate/translate-core.ts';

export interface HookFlags {
  maxUsd?: number;
  off?: boolean;
  json?: boolean;
}

/** `comfyvn-llm translate hook`: shows the live hook's state, turns it on for a project, or turns it off. */
export async function translateHookCommand(host: CliHost, folder: string, flags: HookFlags): Promise<void> {
  await withCore(host, async (core) => {
    if (flags.maxUsd !== undefined && !flags.off) {
      const { id } = await openProject(core, folder);
      const on = await core.ask('hook.on', { project: id, max_usd: flags.maxUsd });
      if (flags.json) return printJson(host, { ok: true, ...on });
      return host.out.write(
        `on for ${id}, up to ${usd(on.max_usd ?? 0)}. In the game’s AutoTranslatorConfig.ini, with the server on port 8000:\n\n[Service]\nEndpoint=CustomTranslate\n\n[Custom]\nUrl=http://127.0.0.1:8000${on.path}\n\nThe address is shown only once. Anyone who has it can spend up to that amount.\n`,
      );
    }
    const view = await core.ask(flags.off ? 'hook.off' : 'hook.get', {});
    if (flags.json) return printJson(host, { ok: true, ...view });
    const state = view.on
      ? `on for ${view.project}: ${usd(view.spent_usd)} of ${usd(view.max_usd ?? 0)} spent`
      : 'off';
    host.out.write(`the live hook is ${state}\n`);
  });
}
