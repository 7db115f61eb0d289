import type { JsonReader, JsonString } from '../shared/json-reader.ts';

/** One event command, `{ "code": 401, "indent": 0, "parameters": [...] }`, with the offsets of its parts. */
export interface Command {
  from: number;
  to: number;
  /** -1 if the command has no code. */
  code: number;
  codeFrom: number;
  codeTo: number;
  /** The parameters by index; undefined if a parameter is not a text. */
  texts: (JsonString | undefined)[];
  /** The texts of parameter 0 if it is a list, as in Show Choices. */
  list: (JsonString | undefined)[];
}

/** Reads the object at the reader's position, with its members in any order. Skips other members. */
export function readCommand(json: JsonReader): Command {
  const command: Command = { from: json.at, to: 0, code: -1, codeFrom: 0, codeTo: 0, texts: [], list: [] };
  json.enterObject();
  for (let member = json.nextKey(); member !== null; member = json.nextKey()) {
    if (member.value === 'code' && /[-\d]/.test(json.peek())) {
      command.codeFrom = json.at;
      command.code = Number(json.readScalar());
      command.codeTo = json.lastEnd;
    } else if (member.value === 'parameters' && json.peek() === '[') readParameters(json, command);
    else json.skip();
  }
  command.to = json.lastEnd;
  return command;
}

function readParameters(json: JsonReader, command: Command): void {
  json.enterArray();
  for (let index = 0; json.nextItem(); index += 1) {
    if (index === 0 && json.peek() === '[') {
      command.list = readTexts(json);
      command.texts.push(undefined);
    } else command.texts.push(readText(json));
  }
}

function readTexts(json: JsonReader): (JsonString | undefined)[] {
  const texts: (JsonString | undefined)[] = [];
  json.enterArray();
  while (json.nextItem()) texts.push(readText(json));
  return texts;
}

function readText(json: JsonReader): JsonString | undefined {
  if (json.peek() === '"') return json.readString();
  json.skip();
  return undefined;
}
