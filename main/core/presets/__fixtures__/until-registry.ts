import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { TestCore } from '../../__fixtures__/test-core.ts';

function nextChange({ core }: TestCore): Promise<void> {
  return new Promise((resolve) => {
    const stop = core.onEvent((event) => {
      if (event.type !== 'stale' || !event.operations.includes('registry.get')) return;
      stop();
      resolve();
    });
  });
}

/** Waits until the registry is as wanted; checks whenever the core reports a change. */
export async function untilRegistry(
  core: TestCore,
  wanted: (view: RegistryView) => boolean,
): Promise<RegistryView> {
  for (;;) {
    const change = nextChange(core);
    const view = await core.ask('registry.get');
    if (wanted(view)) return view;
    await change;
  }
}
