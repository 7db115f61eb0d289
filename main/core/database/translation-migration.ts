import type { CreateTableBuilder, Kysely } from 'kysely';

type Type = 'text' | 'bigint' | 'smallint' | 'double precision';

/** `text!` means not null. */
type Columns = Record<string, Type | `${Type}!`>;

async function table(db: Kysely<unknown>, name: string, columns: Columns): Promise<void> {
  let create: CreateTableBuilder<string> = db.schema.createTable(name);
  for (const [column, spelled] of Object.entries(columns)) {
    const type = spelled.replace('!', '') as Type;
    const required = spelled.endsWith('!');
    create = create.addColumn(column, type, (c) =>
      column === 'id' ? c.primaryKey() : required ? c.notNull() : c,
    );
  }
  await create.execute();
}

/** Projects, their files and units, the groups and runs that translate them, and accepted translations. */
export async function createTranslation(db: Kysely<unknown>): Promise<void> {
  await table(db, 'translation_projects', {
    id: 'text!',
    name: 'text!',
    folder: 'text!',
    target_language: 'text!',
    generation: 'bigint!',
    created_at: 'bigint!',
    imported_at: 'bigint',
  });
  await table(db, 'translation_files', {
    id: 'text!',
    project: 'text!',
    path: 'text!',
    format: 'text!',
    encoding: 'text!',
    bytes: 'bigint!',
    units: 'bigint!',
    first_ordinal: 'bigint!',
    sha256: 'text!',
    warnings: 'text',
    generation: 'bigint!',
  });
  await table(db, 'translation_units', {
    id: 'text!',
    project: 'text!',
    file: 'text!',
    key: 'text!',
    ordinal: 'bigint!',
    scene: 'text',
    speaker: 'text',
    note: 'text',
    source: 'text!',
    pair: 'text!',
    max_cells: 'bigint',
    read_only: 'text',
    target: 'text',
    state: 'text!',
    stale: 'smallint!',
    gone: 'smallint!',
    repeat: 'smallint!',
    held: 'text',
    problems: 'text',
    severity: 'text',
    origin: 'text',
    model: 'text',
    previous_source: 'text',
    previous_target: 'text',
    previous_state: 'text',
    generation: 'bigint!',
    updated_at: 'bigint!',
  });
  await table(db, 'translation_groups', {
    id: 'text!',
    project: 'text!',
    run: 'text!',
    position: 'double precision!',
    kind: 'text!',
    state: 'text!',
    units: 'text!',
    unit_count: 'bigint!',
    request: 'text',
    body: 'text',
    body_bytes: 'bigint!',
    sha256: 'text!',
    prompt_tokens: 'bigint!',
    attempts: 'bigint!',
    bound: 'double precision',
    cost: 'double precision!',
    provider: 'text!',
    model: 'text!',
    code: 'text',
    message: 'text',
    lease_owner: 'text',
    lease_until: 'bigint',
    sent_at: 'bigint',
    ended_at: 'bigint',
  });
  await table(db, 'translation_runs', {
    id: 'text!',
    project: 'text!',
    kind: 'text!',
    state: 'text!',
    code: 'text',
    reason: 'text',
    max_usd: 'double precision',
    groups: 'bigint!',
    units: 'bigint!',
    asked: 'text',
    lease_owner: 'text',
    lease_until: 'bigint',
    started_at: 'bigint!',
    ended_at: 'bigint',
  });
  await table(db, 'translation_memory', {
    id: 'text!',
    project: 'text',
    language: 'text!',
    key: 'text',
    pair: 'text!',
    source: 'text!',
    speaker: 'text',
    target: 'text!',
    state: 'text!',
    origin: 'text!',
    confidence: 'double precision!',
    reviewer: 'text',
    meta: 'text',
    version: 'bigint!',
    hits: 'bigint!',
    created_at: 'bigint!',
    updated_at: 'bigint!',
    reviewed_at: 'bigint',
  });
  const index = (name: string, of: string, columns: string[]) =>
    db.schema.createIndex(`translation_${name}`).on(`translation_${of}`).columns(columns).execute();
  await index('units_order', 'units', ['project', 'ordinal']);
  await index('units_pair', 'units', ['project', 'pair', 'ordinal']);
  // Covers all counts of a project: a million rows are counted without reading one.
  await index('units_counts', 'units', ['project', 'state', 'severity', 'gone', 'repeat', 'stale', 'held']);
  await index('files_project', 'files', ['project', 'path']);
  await index('groups_run', 'groups', ['run', 'state', 'position']);
  await index('groups_project', 'groups', ['project', 'state']);
  await index('runs_project', 'runs', ['project', 'started_at']);
  await index('memory_pair', 'memory', ['language', 'pair']);
  await index('memory_project', 'memory', ['project', 'pair']);
  await index('memory_key', 'memory', ['language', 'key']);
}

/** Groups that a provider answers as a batch, within a day. */
export async function createTranslationBatches(db: Kysely<unknown>): Promise<void> {
  await table(db, 'translation_batches', {
    id: 'text!',
    project: 'text!',
    run: 'text!',
    provider: 'text!',
    model: 'text!',
    state: 'text!',
    remote_id: 'text',
    file: 'text',
    requests: 'bigint!',
    bytes: 'bigint!',
    bound: 'double precision!',
    remote_status: 'text',
    completed: 'bigint',
    failed: 'bigint',
    message: 'text',
    created_at: 'bigint!',
    submitted_at: 'bigint',
    expires_at: 'bigint',
    ended_at: 'bigint',
  });
  await db.schema.alterTable('translation_groups').addColumn('batch', 'text').execute();
  await db.schema.alterTable('translation_runs').addColumn('delivery', 'text').execute();
  const index = (name: string, of: string, columns: string[]) =>
    db.schema.createIndex(`translation_${name}`).on(`translation_${of}`).columns(columns).execute();
  await index('batches_project', 'batches', ['project', 'state']);
  await index('groups_batch', 'groups', ['batch', 'state']);
}

/** Earlier versions of a translation. */
export async function createTextHistory(db: Kysely<unknown>): Promise<void> {
  await table(db, 'translation_texts', {
    id: 'text!',
    project: 'text!',
    unit: 'text!',
    target: 'text!',
    state: 'text!',
    origin: 'text',
    model: 'text',
    replaced_at: 'bigint!',
  });
  const columns = ['unit', 'replaced_at'];
  await db.schema.createIndex('translation_texts_unit').on('translation_texts').columns(columns).execute();
}

/** A run shared by several machines: the task, the shared budget, and the workers. */
export async function addWorkers(db: Kysely<unknown>): Promise<void> {
  const add = (name: string, type: 'text' | 'bigint') =>
    db.schema.alterTable('translation_runs').addColumn(name, type).execute();
  await add('task', 'text');
  await add('planned_at', 'bigint');
  await add('limit_nano', 'bigint');
  for (const name of ['spent_nano', 'reserved_nano'])
    await db.schema
      .alterTable('translation_runs')
      .addColumn(name, 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
  await table(db, 'translation_workers', {
    id: 'text!',
    machine: 'text!',
    run: 'text',
    providers: 'text!',
    groups: 'bigint!',
    seen_at: 'bigint!',
  });
  await db.schema.createIndex('translation_runs_state').on('translation_runs').columns(['state']).execute();
}

/** A batch's key, the amount that a refused batch asks to confirm, and the activity of a run's processes. */
export async function addRunDetails(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('translation_batches').addColumn('key_last4', 'text').execute();
  await db.schema.alterTable('translation_runs').addColumn('confirm_usd', 'double precision').execute();
  await db.schema.alterTable('translation_workers').addColumn('owner', 'text').execute();
  await db.schema.alterTable('translation_workers').addColumn('waits_for', 'text').execute();
}

/** What a request's reply reports about the provider's cache; a run shows the sum. */
export async function addCachedTokens(db: Kysely<unknown>): Promise<void> {
  const add = (name: string, type: 'bigint' | 'double precision') =>
    db.schema.alterTable('translation_groups').addColumn(name, type).execute();
  await add('input_tokens', 'bigint');
  await add('cached_tokens', 'bigint');
  await add('cache_saving', 'double precision');
}

/** What an import read from a file: one that reads the same has nothing to write. */
export async function addFingerprints(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('translation_files').addColumn('fingerprint', 'text').execute();
}
