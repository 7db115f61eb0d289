import type { ErrorCode } from '../../../contract/errors.ts';
import type { AdapterName } from '../../../contract/provider.ts';
import type { Incoming, JsonObject } from '../define.ts';
import { ProtocolError } from '../protocol-error.ts';
import { asksNothing, listOf, type FieldLists } from './field-lists.ts';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isSet = (value: unknown) => value !== undefined && value !== null;

/** Joins a path and a name: `tools[2]` and `type` give `tools[2].type`. */
export function at(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** Reads one request: wrong types are errors that name the field, `null` counts as missing. */
export class Reader {
  readonly warnings: string[] = [];
  readonly adapter: AdapterName | undefined;
  /** True if the provider supports this protocol's own fields. */
  readonly isNative: boolean;
  /** True if fields that OpenAI does not document are harmless; OpenAI itself refuses them. */
  readonly isLenient: boolean;

  /** `nativeTo`: the adapters whose providers support this protocol's own fields. */
  constructor({ adapter }: Pick<Incoming, 'adapter'>, nativeTo: readonly AdapterName[]) {
    this.adapter = adapter;
    this.isNative = adapter !== undefined && nativeTo.includes(adapter);
    this.isLenient = adapter !== undefined && adapter !== 'openai' && adapter !== 'azure_openai';
  }

  /** Adds a warning once, however often it applies. */
  warn(text: string): void {
    if (!this.warnings.includes(text)) this.warnings.push(text);
  }

  /** @throws ProtocolError always */
  fail(path: string, message: string, code: ErrorCode = 'invalid_request'): never {
    throw new ProtocolError(code, path, path === '' ? message : `\`${path}\`: ${message}`);
  }

  /**
   * Refuses an unsupported field by name.
   * @throws ProtocolError `parameter_refused` always
   */
  refuse(path: string, why: string): never {
    return this.fail(path, why, 'parameter_refused');
  }

  string(value: unknown, path: string): string | undefined {
    if (!isSet(value)) return undefined;
    return typeof value === 'string' ? value : this.fail(path, 'has to be a string');
  }

  number(value: unknown, path: string): number | undefined {
    if (!isSet(value)) return undefined;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    return this.fail(path, 'has to be a number');
  }

  boolean(value: unknown, path: string): boolean | undefined {
    if (!isSet(value)) return undefined;
    return typeof value === 'boolean' ? value : this.fail(path, 'has to be true or false');
  }

  object(value: unknown, path: string): JsonObject | undefined {
    if (!isSet(value)) return undefined;
    return isObject(value)
      ? value
      : this.fail(path, path === '' ? 'the body has to be a JSON object' : 'has to be an object');
  }

  list(value: unknown, path: string): unknown[] | undefined {
    if (!isSet(value)) return undefined;
    return Array.isArray(value) ? value : this.fail(path, 'has to be a list');
  }

  /** A list of strings; a single string counts as a list. */
  strings(value: unknown, path: string): string[] | undefined {
    if (typeof value === 'string') return [value];
    return this.list(value, path)?.map((entry, index) => this.needString(entry, `${path}[${index}]`));
  }

  needString(value: unknown, path: string): string {
    return this.string(value, path) ?? this.fail(path, 'is required');
  }

  needObject(value: unknown, path: string): JsonObject {
    return this.object(value, path) ?? this.fail(path, 'is required');
  }

  /** Warns about every set field of a part, a message or a call that is not supported. */
  others(holder: JsonObject, carried: readonly string[], path: string): void {
    for (const [name, value] of Object.entries(holder)) {
      if (carried.includes(name) || !isSet(value) || asksNothing(value, { why: '', unless: [false] }))
        continue;
      this.warn(`\`${at(path, name)}\` was not sent: it cannot be carried to this provider`);
    }
  }

  /**
   * Handles every set field of `holder` by its lists, and returns those to send unchanged to a provider of
   * the same protocol.
   * @throws ProtocolError for a refused field
   */
  decide(holder: JsonObject, lists: FieldLists, path = ''): JsonObject {
    const native: JsonObject = {};
    for (const [name, value] of Object.entries(holder)) {
      const list = listOf(name, lists);
      if (list === 'taken' || !isSet(value)) continue;
      const field = at(path, name);
      if (list === undefined) {
        this.warn(`\`${field}\` is not a field of this protocol: it was not sent`);
        continue;
      }
      const rule = lists[list][name];
      if (rule === undefined) continue;
      if (list === 'native' && this.isNative) native[name] = value;
      else if (asksNothing(value, rule)) continue;
      else if (list === 'refused') this.refuse(field, rule.why);
      else this.warn(`\`${field}\` has no effect: ${rule.why}`);
    }
    return native;
  }
}
