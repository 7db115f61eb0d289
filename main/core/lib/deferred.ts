/** Something that happens once, at most: `come` says that it has, as often as it likes. */
export interface Deferred {
  came: Promise<void>;
  come(): void;
}

export function deferred(): Deferred {
  let come: () => void = () => {};
  const came = new Promise<void>((resolve) => (come = resolve));
  return { came, come };
}
