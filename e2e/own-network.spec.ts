import { expect, test } from './fixtures.ts';
import { callApi } from './support/api.ts';
import { readJsonFile } from './support/runtime-root.ts';

const origin = 'http://192.168.77.20:1234';
const variable = { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${origin}/v1` };

async function kindOf(apiUrl: string): Promise<string | undefined> {
  const { body } = await callApi(apiUrl, 'GET', '/api/llm/registry');
  const providers = body['providers'] as { name: string; kind: string }[];
  return providers.find(({ name }) => name === 'lmstudio_local')?.kind;
}

for (const { answer, kind, setting } of [
  { answer: 'It is my network', kind: 'local', setting: 'own_networks' },
  { answer: 'It is not', kind: 'cloud', setting: 'foreign_networks' },
])
  test(`an address in a private range is asked about once; “${answer}” makes its provider ${kind}`, async ({
    launch,
  }) => {
    const panel = await launch({ env: variable });
    const banner = panel.page.getByRole('status').filter({ hasText: origin });
    await expect(banner).toContainText('lmstudio_local');
    expect(await kindOf(panel.apiUrl)).toBe('cloud');
    await banner.getByRole('button', { name: answer, exact: true }).click();
    await expect(banner).toBeHidden();
    expect(await kindOf(panel.apiUrl)).toBe(kind);
    expect(readJsonFile(panel.runtimeRoot, 'panel.json')).toMatchObject({ [setting]: [origin] });
  });
