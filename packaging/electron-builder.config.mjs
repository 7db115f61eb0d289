import { afterPack } from './after-pack.mjs';

/**
 * The electron-builder configuration for one system. A build is for the architecture of its machine, because
 * npm installs the native database only for that one.
 * @param {{ platform: NodeJS.Platform, hasCertificate: boolean }} machine
 * @returns {import('electron-builder').Configuration}
 */
export const configurationFor = ({ platform, hasCertificate }) => ({
  appId: 'org.comfyvn.llm-panel',
  productName: 'ComfyVN LLM Panel',
  copyright: 'MIT licence',
  directories: { output: 'dist', buildResources: 'packaging' },
  // oxlint-disable-next-line no-template-curly-in-string -- electron-builder fills it in
  artifactName: 'comfyvn-llm-panel-${version}-${os}-${arch}.${ext}',
  files: [
    'package.json',
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'registry/**/*.json',
    'prompt-packs/**',
    'trial-sets/*.jsonl',
    'samples/the-last-train/**',
    '!prompt-packs/**/*.md.bak',
    '!**/README.md',
    '!**/*.{test,spec}.*',
    '!**/*.{ts,map,md.bak}',
    // The build of the same database for the other C library; npm installs both.
    '!node_modules/@libsql/*musl*/**',
    '!node_modules/**/{test,tests,docs,example,examples,benchmarks,bench,scripts,.github}/**',
  ],
  extraFiles: [
    { from: 'LICENSE', to: 'LICENSE.txt' },
    { from: 'out/THIRD-PARTY-LICENSES.txt', to: 'THIRD-PARTY-LICENSES.txt' },
  ],
  asar: true,
  asarUnpack: ['**/*.node'],
  afterPack,
  // N-API: one build of the database works with Node and every Electron.
  npmRebuild: false,
  electronLanguages: ['en-US'],
  electronFuses: {
    // Setting the fuses changes a signed file, which an Apple processor then refuses to run. The app is
    // signed ad hoc here, because the real signing afterwards is skipped in pull requests.
    resetAdHocDarwinSignature: platform === 'darwin',
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    target: ['AppImage', 'deb'],
    icon: 'packaging/icons',
    category: 'Development',
    executableName: 'comfyvn-llm-panel',
    maintainer: 'ComfyVN LLM Panel <noreply@comfyvn.invalid>',
    vendor: 'ComfyVN LLM Panel',
    synopsis: 'Which model serves which module of a visual novel, and what it costs',
  },
  deb: {
    depends: [
      'libgtk-3-0 | libgtk-3-0t64',
      'libnss3',
      'libasound2 | libasound2t64',
      'libgbm1',
      'libsecret-1-0',
    ],
  },
  win: {
    target: [
      { target: 'nsis', arch: ['x64'] },
      { target: 'portable', arch: ['x64'] },
    ],
    icon: 'packaging/icon.ico',
  },
  // oxlint-disable-next-line no-template-curly-in-string -- electron-builder fills it in
  portable: { artifactName: 'comfyvn-llm-panel-${version}-${os}-${arch}-portable.${ext}' },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  mac: {
    // No `arch`: the machine's own is used.
    target: ['dmg', 'zip'],
    icon: 'packaging/icon.icns',
    category: 'public.app-category.developer-tools',
    hardenedRuntime: true,
    // electron-builder's default entitlements allow libraries with another signature, which an ad hoc
    // signature needs. Without an identity, electron-builder would keep Electron's signature, which no longer
    // matches the app.
    ...(hasCertificate ? {} : { identity: '-' }),
  },
  // The app does not look for updates, so nothing is published.
  publish: null,
});

export default configurationFor({
  platform: process.platform,
  hasCertificate: Boolean(process.env.CSC_LINK || process.env.CSC_NAME),
});
