import type { JsonObject } from '../define.ts';
import { functionTool, namedChoice } from '../shared/neutral-tools.ts';
import type { Reader } from '../shared/reader.ts';
import { camelKeys } from './camel-keys.ts';
import { declarationFields } from './fields.ts';
import { toJsonSchema } from './json-schema.ts';

/** Converts `tools` and `toolConfig` to neutral parameters. */
export function toolParams(body: JsonObject, reader: Reader): JsonObject {
  const config = camelKeys(reader.object(body['toolConfig'], 'toolConfig') ?? {});
  const { functionCallingConfig, ...ownConfig } = config;
  const calling = camelKeys(reader.object(functionCallingConfig, 'toolConfig.functionCallingConfig') ?? {});
  const path = 'toolConfig.functionCallingConfig.allowedFunctionNames';
  const allowed = reader.strings(calling['allowedFunctionNames'], path) ?? [];
  const { functions, others } = readTools(body, reader);
  const offered = allowed.length === 0 ? functions : functions.filter(({ name }) => allowed.includes(name));
  const tools = [...offered.map(functionTool), ...others];
  return {
    ...(tools.length > 0 ? { tools } : {}),
    ...(offered.length > 0 ? { tool_choice: readChoice(calling['mode'], allowed, reader) } : {}),
    ...nativeConfig(ownConfig, reader),
  };
}

function nativeConfig(config: JsonObject, reader: Reader): JsonObject {
  if (Object.keys(config).length === 0) return {};
  if (reader.isNative) return { toolConfig: config };
  for (const name of Object.keys(config))
    reader.warn(`\`toolConfig.${name}\` has no effect: only Gemini has it`);
  return {};
}

interface Declared {
  name: string;
  description?: string | undefined;
  parameters?: JsonObject | undefined;
}

function readTools(body: JsonObject, reader: Reader): { functions: Declared[]; others: JsonObject[] } {
  const functions: Declared[] = [];
  const others: JsonObject[] = [];
  (reader.list(body['tools'], 'tools') ?? []).forEach((entry, index) => {
    const path = `tools[${index}]`;
    const { functionDeclarations, ...own } = camelKeys(reader.needObject(entry, path));
    (reader.list(functionDeclarations, `${path}.functionDeclarations`) ?? []).forEach((item, at) => {
      const where = `${path}.functionDeclarations[${at}]`;
      functions.push(readDeclaration(camelKeys(reader.needObject(item, where)), where, reader));
    });
    const [first] = Object.keys(own);
    if (first === undefined) return;
    if (!reader.isNative)
      reader.refuse(`${path}.${first}`, 'runs at Google only: give `functionDeclarations`');
    others.push(own);
  });
  return { functions, others };
}

function readDeclaration(declaration: JsonObject, path: string, reader: Reader): Declared {
  reader.decide(declaration, declarationFields, path);
  const schema = reader.object(declaration['parameters'], `${path}.parameters`);
  const json = reader.object(declaration['parametersJsonSchema'], `${path}.parametersJsonSchema`);
  return {
    name: reader.needString(declaration['name'], `${path}.name`),
    description: reader.string(declaration['description'], `${path}.description`),
    parameters: json ?? (schema && toJsonSchema(schema)),
  };
}

function readChoice(mode: unknown, allowed: readonly string[], reader: Reader): unknown {
  const [only, more] = allowed;
  switch (mode) {
    case 'ANY':
      return only !== undefined && more === undefined ? namedChoice(only) : 'required';
    case 'NONE':
      return 'none';
    case 'AUTO':
    case 'VALIDATED':
      return 'auto';
    case undefined:
    case null:
    case 'MODE_UNSPECIFIED':
      return undefined;
    default:
      return reader.fail('toolConfig.functionCallingConfig.mode', 'has to be AUTO, ANY, NONE or VALIDATED');
  }
}
