/**
 * `name@version` of every package in the text that `licences` returns.
 */
export function namesInLicences(text) {
  return text
    .split(/\n\n={80}\n\n/)
    .map((part) => part.split('\n')[0]?.trim() ?? '')
    .filter((name) => /^(@[^/@]+\/)?[^/@]+@\d/.test(name));
}

/**
 * The bill of materials of the product, from npm's list of all installed packages: tools that only build or
 * test are left out, together with their dependencies.
 * @param {object} document CycloneDX 1.5, as `npm sbom` writes it
 * @param {readonly string[]} names `name@version` of the shipped packages
 * @param {{ name: string, version: string, electron: string }} product `electron` is the packed version
 * @returns {object} CycloneDX 1.5
 * @throws Error for a shipped package that is missing in `document`
 */
export function shippedSbom(document, names, { name, version, electron }) {
  const wanted = new Set([...names, `electron@${electron}`]);
  const nameOf = (component) =>
    `${component.group ? `${component.group}/` : ''}${component.name}@${component.version}`;
  const components = document.components.filter((component) => wanted.has(nameOf(component)));
  const found = new Set(components.map(nameOf));
  const missing = [...wanted].filter((one) => !found.has(one));
  if (missing.length)
    throw new Error(`package-lock.json lacks packages that are shipped: ${missing.join(', ')}`);
  const own = document.metadata.component;
  const root = own['bom-ref'];
  const refs = new Set([root, ...components.map((component) => component['bom-ref'])]);
  // A bundled package is listed as a dependency of the product, whichever tool required it.
  const dependencies = (document.dependencies ?? [])
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({
      ref,
      dependsOn:
        ref === root ? [...refs].filter((one) => one !== root) : dependsOn.filter((one) => refs.has(one)),
    }));
  return {
    ...document,
    metadata: { ...document.metadata, component: { ...own, name, version } },
    // Every component is part of the product, whatever scope npm gave it.
    components: components.map((component) => ({ ...component, scope: 'required' })),
    dependencies,
  };
}
