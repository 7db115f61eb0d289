import { z } from 'zod';
import { warningValues } from './warnings.ts';

const text = z.string();
const count = z.number();
const orNull = text.nullable();

/** What the files of a folder of the user are about. */
const content = z.enum(['providers', 'facts', 'presets', 'packs']);
/** What is wrong with a file: in English, and in `problem_details`, beside these values, with its code. */
const problem = text;
/** True if the content that was read last is used meanwhile. */
const last = z.boolean();

/**
 * Warnings about the user’s files, variables and stored data, and about what a change did besides: the values
 * that their texts contain.
 */
export const notice = {
  // Addresses
  /** `setting` is a variable or a field; `file` is null if it is not in a file. `problem` lists the corrections. */
  address_corrected: z.object({ file: orNull, setting: text, base: text, problem }),
  address_ignored: z.object({ variable: text, problem, base: text }),
  /** `entry` counts from 1 in a variable, and from 0 in a file, as in `own_networks[0]`. */
  network_left_out: z.object({ setting: text, entry: count, problem }),
  proxy_unusable: z.object({ variable: text }),
  // Other variables
  /** `problem` names the variable. */
  key_unusable: z.object({ problem }),
  headers_ignored: z.object({ variable: text }),
  timeout_ignored: z.object({ variable: text }),
  // Registry files
  folder_unreadable: z.object({ folder: text, problem, content }),
  /** `path` is the place in the file; null for the whole file. */
  comfyvn_file_broken: z.object({ file: text, path: orNull, problem, last }),
  provider_file_broken: z.object({ file: text, path: orNull, problem, last }),
  unknown_field: z.object({ file: text, field: text, near: orNull }),
  /** `module` is null for the default of all modules. */
  default_provider_unknown: z.object({ file: text, module: orNull, provider: text }),
  default_model_gone: z.object({
    file: text,
    module: text,
    model: text,
    status: z.enum(['retired', 'never_released']),
    shutdown: orNull,
    successor: orNull,
  }),
  /** `message` names the file of the installation, in English and in `problem_details`. */
  installation_broken: z.object({ message: text }),
  // Model facts
  facts_without_provider: z.object({ provider: text }),
  facts_of_other_address: z.object({ provider: text, origin: text, base: text }),
  facts_in_trash: z.object({ origin: text }),
  nothing_to_keep: z.object({}),
  // Files of model facts and presets
  content_unreadable: z.object({ path: text, problem, content, last }),
  content_broken: z.object({ path: text, problem, content }),
  /** `copy` is null if it has the file’s name, with an addition. */
  file_copied: z.object({ path: text, problem, copy: orNull }),
  // Presets
  edit_without_preset: z.object({ module: text, preset: text }),
  preset_ships_now: z.object({ module: text, preset: text }),
  active_preset_missing: z.object({ module: text, preset: text }),
  presets_without_module: z.object({ module: text }),
  /** A module’s model has ended, and another preset serves. */
  preset_replaced: warningValues.preset_replaced,
  provider_missing: z.object({ provider: text }),
  model_unlisted: z.object({ model: text, provider: text }),
  active_preset_removed: z.object({ preset: text, module: text }),
  // Providers
  fields_left_behind: z.object({ fields: text }),
  presets_lost_provider: z.object({ presets: text }),
  key_not_in_file: z.object({ variable: text }),
  // Prompt packs
  /** `message` names the file and the field, in English and in `problem_details`. `shipped`: it is one of the panel’s own. */
  pack_unusable: z.object({ message: text, last, shipped: z.boolean() }),
  pack_incomplete: z.object({ folder: text }),
  pack_file_copied: z.object({ path: text, copy: text }),
  key_in_pack: z.object({ field: text }),
  pack_without_module: z.object({ module: text }),
  no_other_pack: z.object({ module: text }),
  // Settings and saved keys
  /** The file of the flags is not usable: `message` names it, in English and in `problem_details`. */
  flags_kept: z.object({ message: text }),
  limit_ignored: z.object({ file: text, field: text }),
  settings_unknown: z.object({ file: text, problem }),
  settings_kept: z.object({ file: text, problem }),
  passphrase_unreadable: z.object({ variable: text, code: text }),
  passphrase_short: z.object({ variable: text, characters: count }),
  /** `used`: keys that were read from it before are used. `saving`: what happens when a key is saved. */
  key_file_broken: z.object({
    file: text,
    problem,
    used: z.boolean(),
    saving: z.enum(['never', 'once_readable', 'copy']),
  }),
  key_file_copied: z.object({ copy: text }),
  /** `reason` is the provider’s own text. */
  key_put_aside: z.object({ provider: text, key: text, reason: text }),
  // Database
  database_removed: z.object({ file: text }),
  database_damaged: z.object({ file: text, copy: text }),
  /** `reason` is the database’s own text. */
  database_unusable: z.object({ database: text, reason: text }),
  // Server
  /** Another program has the same port. `host` is null for the machine’s other addresses; `call` still works. */
  other_listener: z.object({ port: count, host: orNull, call: orNull }),
};

/** What was corrected about an address. */
export const address_note = {
  surroundings_removed: z.object({}),
  scheme_twice: z.object({}),
  every_address: z.object({ host: text, called: text }),
  fragment_removed: z.object({}),
  encrypted: z.object({}),
  lower_case: z.object({}),
  version_twice: z.object({}),
  call_appended: z.object({ call: text }),
  other_protocol: z.object({ call: text }),
  deployment: z.object({}),
  version_added: z.object({ version: text }),
};

/** Why an address cannot be used; `meant` is the address that was probably meant. */
export const address_problem = {
  not_http: z.object({ meant: orNull }),
  white_space: z.object({ meant: orNull }),
  no_brackets: z.object({ meant: orNull }),
  credential_in_url: z.object({ meant: orNull }),
  credential_in_query: z.object({ meant: orNull }),
};

/** Why an entry cannot be one of the user’s own networks. */
export const network_problem = {
  not_range: z.object({}),
  outside_private_ranges: z.object({ ranges: text }),
  not_network: z.object({}),
  public_address: z.object({}),
  vendor_host: z.object({}),
};
