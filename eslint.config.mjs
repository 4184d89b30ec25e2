import tseslint from 'typescript-eslint';

const pureFolders = ['core/**/*.ts', 'kinds/*/assess.ts', 'kinds/*/facts.ts'];

export default tseslint.config(
  {
    ignores: [
      'node_modules/**',
      'orgsweep-out/**',
      'try/**',
      'cdk.out/**',
      'dist/**',
      'coverage/**',
      '**/*.generated.ts',
    ],
  },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './report/page/browser/tsconfig.json'] },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/promise-function-async': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      eqeqeq: 'error',
    },
  },
  {
    // Decisions take facts, policy and `now`, and return values.
    files: pureFolders,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@aws-sdk/*', '@smithy/*'], message: 'core decides, it does not call AWS' },
            {
              group: ['node:*', '!node:crypto'],
              message: 'core has no files, processes or sockets',
            },
            {
              regex: '(aws|clock|store|steps|report|functions|local|simulation|infra)/',
              message: 'core imports core only',
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'performance', 'setTimeout', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'take `now` as a parameter' },
        { object: 'Math', property: 'random', message: 'decisions are not random' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'take `now` as a parameter',
        },
      ],
    },
  },
  {
    // The page: a rendering of what was decided, wherever it is made.
    files: ['report/page/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@aws-sdk/*', '@smithy/*'], message: 'the page knows no AWS' },
            { group: ['node:*', '!node:crypto', '!node:zlib'], message: 'the page reads no files' },
            {
              regex: '(aws|clock|store|kinds|steps|functions|local|simulation|infra)/',
              message: 'the page imports core only',
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'fetch'],
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'text stays text: element() and textContent' },
        { property: 'outerHTML', message: 'text stays text: element() and textContent' },
        { property: 'insertAdjacentHTML', message: 'text stays text: element() and textContent' },
        { object: 'document', property: 'write', message: 'text stays text' },
      ],
    },
  },
  {
    // The simulated organization states its truth itself; it must not borrow orgsweep's verdicts.
    files: ['simulation/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '(core|kinds|steps|store|report|functions|local)/',
              message: 'the simulation must not know the decisions it tests',
            },
          ],
        },
      ],
    },
  },
);
