import { AppError } from '../../core/lib/app-error.ts';
import { isObject } from '../../core/lib/json.ts';
import { requireJson } from '../../core/lib/files/read-json.ts';
import type { Pack } from '../../core/prompt-packs/pack.ts';
import type { CliHost } from '../host.ts';
import { printJson, printWarnings } from '../print.ts';
import { plain, styleFor } from '../style.ts';
import { printTable } from '../table.ts';

export interface RenderFlags {
  sample?: string;
  vars?: string;
  var?: Record<string, unknown>;
  json?: boolean;
}

/** `comfyvn-llm packs list` */
export async function packsListCommand(host: CliHost, { json }: { json?: boolean }): Promise<void> {
  const { packs, warnings } = await (await host.offline()).packs.all();
  const rows = packs.map(({ file, source, samples }) => {
    const { module, title, version, variables } = file;
    return { module, title, version, source, variables, samples: samples.map(({ name }) => name) };
  });
  if (json) return printJson(host, rows);
  printTable(
    host,
    [
      { title: 'PACK', of: (p) => p.module },
      { title: 'TITLE', of: (p) => p.title },
      { title: 'VERSION', of: (p) => p.version },
      { title: 'FROM', of: (p) => p.source },
      { title: 'SAMPLES', of: (p) => p.samples.join(' ') || '–' },
      {
        title: 'VARIABLES',
        of: (p) => p.variables.map(({ name, required }) => (required ? name : `${name}?`)).join(' '),
        shrinks: true,
      },
    ],
    rows,
  );
  printWarnings(
    host,
    warnings.map(({ message }) => message),
  );
}

function fromFile(file: string): Record<string, unknown> {
  const value = requireJson(file);
  if (isObject(value)) return value;
  throw new AppError('invalid_request', `${file} is not a JSON object of variables`);
}

function sampleOf({ file, samples }: Pack, name: string | undefined): Record<string, unknown> {
  if (name === undefined)
    return Object.fromEntries(file.variables.filter((v) => v.required).map((v) => [v.name, v.sample]));
  const sample = samples.find((s) => s.name === name);
  if (sample) return sample.variables;
  const known = samples.map((s) => s.name).join(', ') || 'none';
  throw new AppError('not_found', `${file.module} has no sample "${name}"; its samples are: ${known}`);
}

/** `comfyvn-llm packs render MODULE`: prints a pack's messages, with a sample or with the user's variables. */
export async function packsRenderCommand(host: CliHost, module: string, flags: RenderFlags): Promise<void> {
  const offline = await host.offline();
  const pack = await offline.packs.get(module);
  const own = { ...(flags.vars === undefined ? {} : fromFile(flags.vars)), ...flags.var };
  const onlyOwn = flags.sample === undefined && flags.vars !== undefined;
  const variables = { ...(onlyOwn ? {} : sampleOf(pack, flags.sample)), ...own };
  const { messages, call } = await offline.prepare({ module: pack.file.module, variables });
  const { source, file } = pack;
  const rendered = {
    module: file.module,
    source,
    messages,
    schema: call.schema ?? null,
    options: file.options,
  };
  if (flags.json) return printJson(host, rendered);
  const style = styleFor(host.out, host.env);
  for (const { role, content } of messages) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    host.out.write(`${style('bold', role)}\n${plain(text)}\n\n`);
  }
  if (call.schema) host.out.write(`${style('bold', 'schema')}\n${JSON.stringify(call.schema, null, 2)}\n`);
}
