const notInherited = /^(COMFYVN_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$)|_API_KEY(_\d)?$/;

/** This process' environment without what would change the product: its own variables, and keys of the person testing. */
export function productEnv(more: Record<string, string>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !notInherited.test(entry[0]),
  );
  return { ...Object.fromEntries(inherited), ...more };
}
