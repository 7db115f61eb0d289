import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../support/project.mjs';
import { isEnglishLeft, otherCatalogues } from './catalogues.mjs';

const contract = join(projectRoot, 'contract', 'connection-failure.ts');
const { connectionCodes, connectionValues } = await import(pathToFileURL(contract).href);
const others = await otherCatalogues();

/** A value for every field, unlike the others. 407 is the status for which a proxy asks for a password. */
function valuesOf(code, status) {
  const fields = Object.entries(connectionValues[code].shape);
  return Object.fromEntries(
    fields.map(([name, { type }], at) => [
      name,
      name === 'status' ? status : type === 'number' ? 70 + at : `X${at}X`,
    ]),
  );
}

describe.each(Object.entries(others))('%s', (_language, { connections }) => {
  test('every failed connection has a text, and no other', () => {
    expect(Object.keys(connections).sort()).toEqual(connectionCodes.toSorted());
  });

  test.each(connectionCodes)('%s contains its values, and no English', (code) => {
    for (const status of [407, 502]) {
      const values = valuesOf(code, status);
      const { text, hint } = connections[code](values);
      const whole = `${text}\n${hint ?? ''}`;
      for (const value of Object.values(values)) expect(whole).toContain(String(value));
      expect(isEnglishLeft(whole.replace(/NO_PROXY|http:\/\/host:port|TLS/g, '')), whole).toBe(false);
    }
  });
});
