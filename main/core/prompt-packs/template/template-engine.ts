import type { Liquid, Template, Emitter } from 'liquidjs';
import { TemplateFault, withPlace } from './template-fault.ts';
import { allowedFilters, allowedTags, templateLimits } from './template-limits.ts';

/**
 * Collects rendered text up to a maximum length; a value without a text form is an error rather than `[object
 * Object]`.
 */
class BoundedText implements Emitter {
  buffer = '';
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  write(value: unknown): void {
    if (value === null || value === undefined) return;
    if (typeof value === 'object')
      throw new Error('a list or an object is no text: write it with "| json" or "| join"');
    const text = String(value);
    if (this.buffer.length + text.length > this.#limit)
      throw new Error(`the text grows beyond ${this.#limit} characters`);
    this.buffer += text;
  }
}

/** A template ready to render. */
export interface CompiledTemplate {
  /** Where it reads variables; lines and columns from 1. */
  uses: { name: string; line: number; column: number }[];
  /** @throws TemplateFault for something undefined, forbidden or too expensive */
  render(variables: Record<string, unknown>): string;
}

export interface TemplateEngine {
  /**
   * @param name the file's name, for messages
   * @throws TemplateFault for a syntax error, or for a tag or filter that packs do not allow
   */
  compile(source: string, name: string): CompiledTemplate;
}

type LiquidModule = typeof import('liquidjs');

/** Compact JSON, charged to the memory limit first; the built-in filter would indent to any size. */
function json(this: { context: { memoryLimit: { use(count: number): void } } }, value: unknown): string {
  const text = JSON.stringify(value ?? null);
  this.context.memoryLimit.use(text.length);
  return text;
}

function keepOnly(names: readonly string[], table: Record<string, unknown>): void {
  for (const name of Object.keys(table)) if (!names.includes(name)) delete table[name];
}

function createLiquid({ Liquid, defaultOperators }: LiquidModule): Liquid {
  const contains = defaultOperators['contains'] as (
    left: unknown,
    right: unknown,
    context: unknown,
  ) => boolean;
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    // An empty in-memory folder, in case a tag is ever added that reads files.
    templates: {},
    parseLimit: templateLimits.source,
    renderLimit: templateLimits.milliseconds,
    memoryLimit: templateLimits.memory,
    operators: {
      ...defaultOperators,
      contains(left: unknown, right: unknown, context: unknown) {
        if (String(right).length > templateLimits.needle)
          throw new Error(`"contains" looks for ${templateLimits.needle} characters at most`);
        return contains(left, right, context);
      },
    },
  });
  keepOnly(allowedTags, liquid.tags);
  keepOnly(allowedFilters, liquid.filters);
  liquid.registerFilter('json', json);
  return liquid;
}

/**
 * Rejects Liquid's ranges before rendering: from 2^53 on, adding one changes nothing, so such a range never
 * ends. Checks the token's text including quoted parts, because a difference in parsing quotes must not cause
 * a hang.
 */
function refuseRanges(
  { Tokenizer, TypeGuards }: LiquidModule,
  liquid: Liquid,
  source: string,
  name: string,
): void {
  const tokens = new Tokenizer(source, liquid.options.operators, name).readTopLevelTokens(liquid.options);
  for (const token of tokens) {
    if (!TypeGuards.isTagToken(token) && !TypeGuards.isOutputToken(token)) continue;
    const text = token.getText();
    if (!text.includes('(') || !text.includes('..')) continue;
    const [line, column] = token.getPosition() as [number, number];
    throw new TemplateFault(
      `a range such as (1..9) is not for packs: loop over a variable, file:${name}, line:${line}`,
      { line, column },
    );
  }
}

function usesIn(liquid: Liquid, templates: Template[]): CompiledTemplate['uses'] {
  const { globals } = liquid.analyzeSync(templates, { partials: false });
  return Object.entries(globals).flatMap(([name, places]) =>
    places.map(({ location }) => ({ name, line: location.row, column: location.col })),
  );
}

/** The only renderer for packs. Liquid is loaded on first use. */
export async function createTemplateEngine(): Promise<TemplateEngine> {
  const module = await import('liquidjs');
  const liquid = createLiquid(module);
  return {
    compile(source, name) {
      const templates = withPlace(() => {
        if (source.length <= templateLimits.source) refuseRanges(module, liquid, source, name);
        return liquid.parse(source, name);
      });
      const uses = withPlace(() => usesIn(liquid, templates));
      return {
        uses,
        render: (variables) =>
          withPlace(() => {
            const context = new module.Context(variables, liquid.options, { sync: true }, { liquid });
            const text = new BoundedText(templateLimits.output);
            module.toValueSync(liquid.renderer.renderTemplates(templates, context, text));
            return text.buffer.trim();
          }),
      };
    },
  };
}
