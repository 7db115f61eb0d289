import { FormatError } from '../define.ts';
import { fileFault } from '../file-fault.ts';
import { JsonReader } from '../shared/json-reader.ts';
import { fileName } from '../shared/read-text.ts';
import type { Scan } from '../shared/text-format.ts';
import { UnitCollector } from './collector.ts';
import { readEventList } from './event-list.ts';

// Fields that a player sees. Names of troops, common events, switches and variables appear only in the editor.
const databaseFields: Record<string, readonly string[]> = {
  actors: ['name', 'nickname', 'profile'],
  classes: ['name'],
  skills: ['name', 'description', 'message1', 'message2'],
  items: ['name', 'description'],
  weapons: ['name', 'description'],
  armors: ['name', 'description'],
  enemies: ['name'],
  states: ['name', 'message1', 'message2', 'message3', 'message4'],
};

const systemTexts = new Set(['gameTitle', 'currencyUnit']);
const systemLists = new Set(['elements', 'skillTypes', 'weaponTypes', 'armorTypes', 'equipTypes']);

export type DataFile = 'database' | 'commonevents' | 'troops' | 'system' | 'map';

/** The kind of an RPG Maker data file by its name; null for data files without text and for other files. */
export function dataFileOf(path: string): DataFile | null {
  const name = fileName(path).replace(/\.json$/, '');
  if (Object.hasOwn(databaseFields, name)) return 'database';
  if (/^map\d+$/.test(name)) return 'map';
  return name === 'commonevents' || name === 'troops' || name === 'system' ? name : null;
}

/** @throws FormatError if the file is not a data file of RPG Maker, or its JSON is invalid */
export function scanDataFile(text: string, path: string, comments: boolean): Scan {
  const kind = dataFileOf(path);
  if (kind === null) {
    const message = `${path} is not a data file of RPG Maker MV or MZ with text (Map001.json, Actors.json…).`;
    throw new FormatError(fileFault('rpgmaker_file', { path }, message));
  }
  const scanner = new DataFileScanner(text, comments);
  if (kind === 'database') scanner.database(fileName(path).replace(/\.json$/, ''));
  else if (kind === 'map') scanner.map();
  else if (kind === 'system') scanner.system();
  else if (kind === 'troops') scanner.entries('Troop', 'pages');
  else scanner.entries('Common event', 'list');
  scanner.json.end();
  return scanner.collector.scan;
}

class DataFileScanner {
  readonly json: JsonReader;
  readonly collector: UnitCollector;
  readonly #comments: boolean;

  constructor(text: string, comments: boolean) {
    this.json = new JsonReader(text);
    this.collector = new UnitCollector(text);
    this.#comments = comments;
  }

  database(name: string): void {
    const fields = new Set([...(databaseFields[name] ?? []), ...(this.#comments ? ['note'] : [])]);
    const scene = name[0]?.toUpperCase() + name.slice(1);
    this.#items((id) => {
      this.#members((field) => {
        if (fields.has(field) && this.json.peek() === '"') {
          this.collector.addText(`/${id}/${field}`, this.json.readString(), { scene });
        } else this.json.skip();
      });
    });
  }

  /** Troops and common events: a list of entries whose texts are in event commands. */
  entries(label: string, member: 'pages' | 'list'): void {
    this.#items((id) => {
      this.#members((field) => {
        const path = `/${id}/${field}`;
        if (field !== member || this.json.peek() !== '[') this.json.skip();
        else if (field === 'list') this.#list(path, `${label} ${id}`);
        else this.#pages(path, `${label} ${id}`);
      });
    });
  }

  map(): void {
    this.#members((field) => {
      if (field === 'displayName' && this.json.peek() === '"') {
        this.collector.addText('/displayName', this.json.readString());
      } else if (field === 'events' && this.json.peek() === '[') {
        this.#items((id) => {
          this.#members((part) => {
            if (part === 'pages' && this.json.peek() === '[')
              this.#pages(`/events/${id}/pages`, `Event ${id}`);
            else this.json.skip();
          });
        });
      } else this.json.skip();
    });
  }

  system(): void {
    this.#members((field) => {
      const first = this.json.peek();
      if (systemTexts.has(field) && first === '"')
        this.collector.addText(`/${field}`, this.json.readString(), { scene: 'System' });
      else if (systemLists.has(field) && first === '[') this.#texts(`/${field}`);
      else if (field === 'terms' && first === '{') {
        this.#members((part) => {
          if (this.json.peek() === '[') this.#texts(`/terms/${part}`);
          else if (this.json.peek() === '{') this.#members((name) => this.#text(`/terms/${part}/${name}`));
          else this.json.skip();
        });
      } else this.json.skip();
    });
  }

  #pages(path: string, label: string): void {
    this.json.enterArray();
    for (let page = 0; this.json.nextItem(); page += 1) {
      if (this.json.peek() !== '{') {
        this.json.skip();
        continue;
      }
      this.#members((field) => {
        if (field === 'list' && this.json.peek() === '[')
          this.#list(`${path}/${page}/list`, `${label}, page ${page + 1}`);
        else this.json.skip();
      });
    }
  }

  #list(path: string, scene: string): void {
    readEventList(this.json, this.collector, path, scene, this.#comments);
  }

  #texts(path: string): void {
    this.json.enterArray();
    for (let index = 0; this.json.nextItem(); index += 1) this.#text(`${path}/${index}`);
  }

  #text(key: string): void {
    if (this.json.peek() === '"') this.collector.addText(key, this.json.readString(), { scene: 'System' });
    else this.json.skip();
  }

  /** Reads each object of a list. Its index is its id, since the first entry of a database is null. */
  #items(read: (id: number) => void): void {
    if (this.json.peek() !== '[')
      this.json.fail('other_list', 'a list is expected here: this is not RPG Maker’s file of that name');
    this.json.enterArray();
    for (let id = 0; this.json.nextItem(); id += 1) {
      if (this.json.peek() === '{') read(id);
      else this.json.skip();
    }
  }

  #members(read: (name: string) => void): void {
    if (this.json.peek() !== '{')
      this.json.fail('other_object', 'an object is expected here: this is not RPG Maker’s file of that name');
    this.json.enterObject();
    for (let member = this.json.nextKey(); member !== null; member = this.json.nextKey()) read(member.value);
  }
}
