// The SDK's notice about Node 20, once per test file; see docs/adr/0003-node-version.md.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
// At each synth the CDK would start an engine that takes longer than the synth, and only warn of what
// it finds; test/infra/validation.test.ts holds the templates against it.
process.env.CDK_VALIDATION = 'false';

/** Packages, and families of them, that exist as ES modules only. */
const ES_MODULES = [
  'p-map',
  'agent-base',
  'http-proxy-agent',
  'https-proxy-agent',
  'proxy-agent-negotiate',
  'string-width',
  'strip-ansi',
  'ansi-regex',
  'get-east-asian-width',
];

export default {
  testEnvironment: '<rootDir>/test/support/ordinary-global.mjs',
  globalSetup: '<rootDir>/test/support/own-machine.mjs',
  globalTeardown: '<rootDir>/test/support/own-machine-ends.mjs',
  // Tests run as CommonJS modules, which Jest loads in half the time; see docs/adr/0002-module-format.md.
  transform: {
    '\\.[jt]s$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${ES_MODULES.join('|')}))`],
  moduleNameMapper: {
    '^fast-check$': '<rootDir>/test/support/seeded-fast-check.cjs',
  },
  // What was built or synthesized has a package.json of the same name.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/cdk.out/'],
  // In one process the modules of every file stay in memory, until there is none left; a worker that
  // has grown is replaced.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1500MB',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Whole executions by a fast clock take over a minute where a machine is busy.
  testTimeout: 180_000,
};
