import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSource, renderer, sourceNames, walk } from './syntax-tree.mjs';

const load = (name) => import(pathToFileURL(join(renderer, name)).href);

/** The files of English texts, in the renderer's folder. */
export const tableFiles = sourceNames((name) => /^messages\/.*-messages\.ts$/.test(name));

/** `messages/prompt-packs-messages.ts` is `promptPacks` in the catalogues. */
const tableNameOf = (file) =>
  /messages\/(.*)-messages/.exec(file)[1].replace(/-(\w)/g, (_dash, letter) => letter.toUpperCase());

/** The English tables by their names in the catalogues. */
export async function englishTables() {
  const tables = {};
  for (const file of tableFiles) {
    const found = Object.values(await load(file));
    if (found.length !== 1) throw new Error(`${file} exports ${found.length} tables`);
    tables[tableNameOf(file)] = found[0];
  }
  return tables;
}

/** The other languages' catalogues, by language tag. */
export async function otherCatalogues() {
  const { japanese } = await load('i18n/ja/catalogue.ts');
  const { simplifiedChinese } = await load('i18n/zh/catalogue.ts');
  return { ja: japanese, 'zh-CN': simplifiedChinese };
}

/** Switches to a language, as Settings does. */
export async function show(language, catalogue) {
  const { showLanguage } = await load('i18n/current-language.ts');
  // A fake document for the language attribute. It is removed afterwards: libraries would take Node for a
  // browser.
  globalThis.document = { documentElement: {} };
  showLanguage(language, catalogue);
  delete globalThis.document;
}

/** Every text of a table by its key, such as `bench.roles.user`. Texts with placeholders are functions. */
export function textsOf(table, prefix = '') {
  return Object.entries(table).flatMap(([key, value]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return value !== null && typeof value === 'object' ? textsOf(value, path) : [[path, value]];
  });
}

const samples = {
  string: ['Abc', '1'],
  number: [0, 1, 2, 365, 1234],
  boolean: [true, false],
  undefined: [undefined],
  null: [null],
};

/** Sample values for a parameter, by its written type. */
function valuesFor(annotation) {
  const names = { TSStringKeyword: 'string', TSNumberKeyword: 'number', TSBooleanKeyword: 'boolean' };
  const others = { TSUndefinedKeyword: 'undefined', TSNullKeyword: 'null' };
  const type = annotation?.typeAnnotation ?? annotation;
  if (type?.type === 'TSUnionType') return type.types.flatMap(valuesFor);
  if (type?.type === 'TSLiteralType') return [type.literal.value];
  const name = names[type?.type] ?? others[type?.type];
  if (name === undefined) throw new Error(`no samples for a parameter of type ${type?.type}`);
  return samples[name];
}

/** `preset.range` is never called without any limit, so that combination is skipped. */
const isValidCall = (key, values) => key !== 'preset.range' || values.some((value) => value !== undefined);

/** Every combination of one value of each list. */
export const combine = ([first, ...rest]) =>
  first === undefined ? [[]] : first.flatMap((one) => combine(rest).map((others) => [one, ...others]));

/** Sample arguments for every text with placeholders, by table and key, from its parameters' types. */
export function sampleArguments() {
  const found = new Map();
  for (const file of tableFiles) {
    const { program } = parseSource(file);
    const visit = (node, keys) => {
      for (const property of node.properties) {
        const path = [...keys, property.key.name ?? String(property.key.value)];
        const value = property.value.type === 'TSAsExpression' ? property.value.expression : property.value;
        if (value.type === 'ObjectExpression') visit(value, path);
        if (value.type === 'ArrowFunctionExpression')
          found.set(
            `${tableNameOf(file)} ${path.join('.')}`,
            combine(value.params.map(({ typeAnnotation }) => valuesFor(typeAnnotation))).filter((values) =>
              isValidCall(path.join('.'), values),
            ),
          );
      }
    };
    walk(program, (node) => {
      if (node.type !== 'CallExpression' || node.callee.name !== 'liveMessages') return undefined;
      visit(node.arguments[1], []);
      return false;
    });
  }
  return found;
}

/** Names of products, formats, protocols and files, and texts to be typed unchanged. */
const names =
  /Ren’Py|RPG Maker( XP| VX( Ace)?)?|RPGツクール(XP|VX( Ace)?)|\b(rpatool|unrpa|gettext|msgunfmt|msgfmt|msginit|charset=CHARSET|old|Excel|VNTextPatch|PSB)\b|Translator\+\+|\bM[VZ]\b|KiriKiri|SillyTavern|"cloud"|`(api|mode)`|TyranoScript|XUnity|Windows|macOS|Linux|\b(RPG|PO|TSV|KAG|ZIP|Shift|Esc|tl|chrF|Markdown)\b|\bgame\/[\w.*]+|例(: |如 )\w+|"\w+"(: (false|"module"))?|ComfyVN( LLM Panel)?|LM Studio|Ollama|OpenAI|Anthropic|Gemini|Electron|PowerShell|PostgreSQL|Python|Liquid|Chat Completions|Authorization|Bearer|Base64|JSON( Lines| Schema)?|cURL|CSV|POSIX|HTTPS?|https?(:[\w./:]*)?|APIs?|URLs?|UTC|UTF-(8|16|32)|BOM|NUL|SubRip|\bASS\b|\bDialogue\b|\[Events\]|\bText\b|simplified_chinese|msg(ctxt|id(_plural)?|str)|USD|IDs?|SHA-256|LLM|fetch|Ctrl\+C|Enter|Tab|shell|token|stub|OK|[kM]B|\bSchema\b|\b(debug|info|warn|error)(?= ?及?以上)|\bfatal\b|ms\b|COMFYVN_[A-Z_]+(=DEBUG)?|IPv6|\bsettings\.deployments\b|\bprovider_limits\b|"enabled": false|"providers"|"model"|"extends": "module"|\{[{%][^}]*\}+|config\/comfyvn\.json|features\.(enable_public_llm)?|\.(rpym?|ks|po)\b|[\w.]+\.(json|md)|\/[\w/]+|--port|provider(\/model)?|module(:name|:NAME)?|model|messages?|params|Web|p50|p95|localhost|output\.schema|max_tokens|\b(allow_)?num_ctx\b|ignore_rules|test_call|live: true|"live"|\btrue\b/g;

/** Whether a text has English words other than names. */
export const isEnglishLeft = (text) => /[A-Za-z]{2,}/.test(text.replace(names, ''));
