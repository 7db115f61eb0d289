import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packFile } from '../../../../contract/prompt-pack.ts';
import { appRoot } from '../../__fixtures__/test-core.ts';
import { runChecks } from '../../prompt-packs/checks/run-checks.ts';
import { withNulls } from '../../prompt-packs/variables.ts';
import { readTrialSet } from './read-trial-set.ts';

const read = (...path: string[]) => readFileSync(join(appRoot, ...path), 'utf8');
const { checks, variables } = packFile.parse(JSON.parse(read('prompt-packs', 'translate', 'pack.json')));

test.each(['translate-ja-en', 'translate-en-ja'])(
  'every reference of %s passes the checks of its prompt pack',
  (name) => {
    const { set } = readTrialSet(read('trial-sets', `${name}.jsonl`));
    const failed = (set?.units ?? []).flatMap((unit) =>
      (unit.references ?? []).flatMap((translation) =>
        runChecks(checks, {
          reply: { detected_language: 'ja', translation },
          variables: withNulls(variables, unit.variables),
        }).flatMap(({ id, ok, message }) => (ok ? [] : [`${unit.id}: ${id}: ${message}: ${translation}`])),
      ),
    );
    expect(set?.units.length).toBeGreaterThan(50);
    expect(failed).toEqual([]);
  },
);
