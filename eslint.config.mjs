import tseslint from 'typescript-eslint';

/** What only decides, or only puts into words. Which way imports go, test/architecture holds. */
const PURE = [
  'core/**/*.ts',
  'report/**/*.ts',
  'kinds/{prices,tags}/**/*.ts',
  'kinds/ec2/{ami,volume}-id.ts',
  'kinds/*/words/**/*.ts',
  'kinds/*/{assess,billing,copies,costs,facts,next-step,policy,prices,seen,sets}.ts',
  'kinds/*/copies/{counted,final-copy,groups}.ts',
  'kinds/*/leftovers/**/*.ts',
  'kinds/*/sources/{names,reference-words}.ts',
];

const IMPURE_IMPORTS = [
  { group: ['@aws-sdk/*', '@smithy/*'], message: 'what decides does not call AWS' },
  {
    group: ['node:*', '!node:crypto', '!node:zlib'],
    message: 'what decides has no files, processes or sockets',
  },
];
const IMPURE_GLOBALS = ['process', 'fetch'];
const MARKUP = [
  { property: 'innerHTML', message: 'text stays text: element() and textContent' },
  { property: 'outerHTML', message: 'text stays text: element() and textContent' },
  { property: 'insertAdjacentHTML', message: 'text stays text: element() and textContent' },
  { object: 'document', property: 'write', message: 'text stays text' },
];

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
    // Decisions take facts, policy and `now`, and return values; so do words.
    files: PURE,
    ignores: ['report/page/browser/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: IMPURE_IMPORTS }],
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS, 'performance', 'setTimeout'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'take `now` as a parameter' },
        { object: 'Math', property: 'random', message: 'decisions are not random' },
        ...MARKUP,
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
    // What runs in the page: it waits and looks at the window, and has no way to make markup.
    files: ['report/page/browser/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: IMPURE_IMPORTS }],
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-properties': ['error', ...MARKUP],
    },
  },
);
