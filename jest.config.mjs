// The SDK's notice about Node 20, once per test file; see docs/adr/0003-node-version.md.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/own-machine.mjs',
  globalTeardown: '<rootDir>/test/support/own-machine-ends.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2023',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  // What was built or synthesized has a package.json of the same name.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/cdk.out/'],
  // In one process the modules of every file stay in memory, until there is none left; a worker that
  // has grown is replaced.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1500MB',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testTimeout: 60_000,
};
