import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ChatRequest, Message } from '../../contract/chat.ts';
import { requireJson } from '../core/lib/files/read-json.ts';

/** Flags that select the provider, the model and their options, shared by `plan`, `call` and `batch`. */
export interface ChatFlags {
  module?: string;
  provider?: string;
  model?: string;
  preset?: string;
  param?: Record<string, unknown>;
  system?: string;
  schema?: string | false;
  allowRetired?: boolean;
  maxCostUsd?: number;
}

type Pairs = Record<string, unknown>;

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Parses `name=value`; the value is parsed as JSON if possible: `temperature=0.2`. */
export function jsonPair(text: string, before?: Pairs): Pairs {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Use the form name=value.');
  return { ...before, [text.slice(0, at)]: jsonOrText(text.slice(at + 1)) };
}

/** An amount in USD: `0.25`. */
function usdAmount(text: string): number {
  const amount = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text.trim()) || amount <= 0)
    throw new InvalidArgumentError('Use an amount in USD, such as 0.25.');
  return amount;
}

export function withChatFlags(command: Command): Command {
  return command
    .option('-m, --module <name>', 'the module whose active preset to use: translate, vn_chat, …')
    .option('-p, --provider <name>', 'a provider of the registry, or "stub"')
    .option('--model <id>', 'a model id, provider/model, or module:NAME')
    .option('--preset <id>', 'another preset of the module than the active one')
    .addOption(new Option('--param <name=value>', 'a generation option; may be repeated').argParser(jsonPair))
    .option('--system <text>', 'a system message before the text')
    .option('--schema <file>', 'a JSON Schema for the reply')
    .option('--no-schema', "do not use the module's own schema")
    .option('--allow-retired', 'send even if the model is retired')
    .option(
      '--max-cost-usd <amount>',
      'the maximum cost of a call whose cost has no known limit (a web search, audio, a document)',
      usdAmount,
    );
}

function schemaOf(flag: ChatFlags['schema']): Pick<ChatRequest, 'schema'> {
  if (flag === false) return { schema: null };
  if (typeof flag !== 'string') return {};
  return { schema: requireJson(flag) as Record<string, unknown> };
}

/** The fields of a chat that the flags set; the caller adds the messages. */
export function chatFields(flags: ChatFlags): Omit<ChatRequest, 'messages'> {
  const { module, provider, model, preset, param, allowRetired, maxCostUsd } = flags;
  return {
    ...(module === undefined ? {} : { module }),
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
    ...(preset === undefined ? {} : { preset }),
    ...(param ? { params: param } : {}),
    ...(allowRetired ? { allow_retired: true } : {}),
    ...(maxCostUsd === undefined ? {} : { max_cost_usd: maxCostUsd }),
    ...schemaOf(flags.schema),
  };
}

/** The messages of a chat with one text. */
export function messagesOf(text: string, { system }: Pick<ChatFlags, 'system'>): Message[] {
  const before: Message[] = system === undefined ? [] : [{ role: 'system', content: system }];
  return [...before, { role: 'user', content: text }];
}
