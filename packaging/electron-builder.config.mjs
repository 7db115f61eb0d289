/** @type {import('electron-builder').Configuration} */
const configuration = {
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
    '!prompt-packs/**/*.md.bak',
    '!**/README.md',
    '!**/*.{test,spec}.*',
    '!**/*.{ts,map,md.bak}',
    // The other C library's build of the same database; npm installs both.
    '!node_modules/@libsql/*musl*/**',
    '!node_modules/**/{test,tests,docs,example,examples,benchmarks,bench,scripts,.github}/**',
  ],
  extraFiles: [
    { from: 'LICENSE', to: 'LICENSE.txt' },
    { from: 'out/THIRD-PARTY-LICENSES.txt', to: 'THIRD-PARTY-LICENSES.txt' },
  ],
  asar: true,
  asarUnpack: ['**/*.node'],
  // N-API: one build of the database serves Node and every Electron.
  npmRebuild: false,
  electronLanguages: ['en-US'],
  electronFuses: {
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
  win: { target: [{ target: 'nsis', arch: ['x64'] }], icon: 'packaging/icon.ico' },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  mac: {
    target: [
      { target: 'dmg', arch: ['x64', 'arm64'] },
      { target: 'zip', arch: ['x64', 'arm64'] },
    ],
    icon: 'packaging/icon.icns',
    category: 'public.app-category.developer-tools',
    hardenedRuntime: true,
  },
  // Nothing looks for updates, so nothing is published.
  publish: null,
};

export default configuration;
