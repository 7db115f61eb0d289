import { isObject } from '../core/lib/json.ts';
import type { RouteInput } from './routes.ts';

/** The fields of ComfyVN's documented chat body, which are prompt pack variables here. */
const sceneFields = ['scene_id', 'message', 'history', 'role', 'pov', 'context'] as const;
/** The additional fields for its narrator. */
const narratorFields = ['node_id', 'mode', 'turn_index', 'choices', 'variables'] as const;

const isNarrator = ({ role, mode }: Record<string, unknown>) =>
  typeof role === 'string' && role.trim().toLowerCase() === 'narrator' && typeof mode === 'string';

/** ComfyVN omits fields without a value, but the packs require all of them. */
const chatDefaults = { scene_id: 'scene', pov: 'player', context: [] };
const narratorDefaults = { ...chatDefaults, node_id: 'node', turn_index: 0, choices: [], variables: {} };

const textLine = (value: unknown) => (typeof value === 'string' ? { text: value } : value);

/** A scene's lines: a text, or a list of texts or of `{ speaker, text }`. */
function contextLines(context: unknown): unknown {
  if (Array.isArray(context)) return context.map(textLine);
  return typeof context === 'string' ? (context === '' ? [] : [{ text: context }]) : context;
}

/**
 * Converts ComfyVN's own chat body `{ scene_id, message, history?, role?, pov?, context? }` to the variables
 * of the pack `vn_chat`, or of `narrator` if the role is Narrator and a mode is set. null for any other body.
 */
export function sceneChat(body: unknown): RouteInput | null {
  if (!isObject(body) || body['messages'] !== undefined) return null;
  const narrator = isNarrator(body);
  if (!narrator && typeof body['message'] !== 'string') return null;
  const names: readonly string[] = narrator ? [...sceneFields, ...narratorFields] : sceneFields;
  const fields = Object.entries(body).filter(([, value]) => value !== undefined && value !== null);
  const own = Object.fromEntries(fields.filter(([name]) => names.includes(name)));
  const rest = Object.fromEntries(fields.filter(([name]) => !names.includes(name)));
  const variables: Record<string, unknown> = { ...(narrator ? narratorDefaults : chatDefaults), ...own };
  variables['context'] = contextLines(variables['context']);
  // The narrator's pack has no field for the player's message, so it becomes the scene's last line.
  if (narrator && typeof own['message'] === 'string') {
    const lines = Array.isArray(variables['context']) ? (variables['context'] as unknown[]) : [];
    variables['context'] = [...lines, { speaker: own['pov'] ?? null, text: own['message'] }];
    delete variables['message'];
  }
  const module = narrator ? 'narrator' : 'vn_chat';
  return {
    operation: 'packs.run',
    streamed: 'packs.stream',
    input: { ...rest, module, variables, send: true },
  };
}
