import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import ts from 'typescript-eslint';

/** The props and attributes of the console that hold what a person reads or hears. */
const textProps = [
  'action',
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'content-title',
  'description',
  'heading',
  'help',
  'hint',
  'label',
  'legend',
  'message',
  'missing',
  'placeholder',
  'text',
  'title',
];
const boundText = `VAttribute[directive=true][key.argument.name=/^(${textProps.join('|')})$/] VExpressionContainer`;
const shownText = 'VElement > VExpressionContainer';
const chosen = ':matches(ConditionalExpression, LogicalExpression, ArrayExpression)';
const bareTexts = [boundText, shownText].flatMap((place) => [
  `${place} > Literal[value=/[a-z]/i]`,
  `${place} ${chosen} > Literal[value=/[a-z]/i]`,
  `${place} TemplateElement[value.cooked=/[a-z]/i]`,
]);
const textsElsewhere = 'What people read stands in the texts.ts of the feature.';

export default ts.config(
  {
    ignores: [
      '**/dist/**',
      '**/generated/**',
      'node_modules/**',
      'coverage/**',
      'data/**',
      'admin-ui/*.d.ts',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.mjs', 'scripts/*.mjs', 'scripts/*.cjs', '.dependency-cruiser.cjs'],
        },
        extraFileExtensions: ['.vue'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Loaded on demand: with these comes much that most servers never use.
      '@typescript-eslint/no-require-imports': [
        'error',
        { allow: ['/mysql-database$', '/open-bucket$', '/redis-relay$', '/swift-bucket$'] },
      ],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      eqeqeq: 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only settings.ts reads the environment.' },
      ],
    },
  },
  {
    // Decorators read parameter types at run time, so a type-only import would lose them.
    files: ['server/src/**/*.resolver.ts', 'server/src/**/*.entity.ts', 'server/src/**/*.type.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['server/src/**/*.ts'],
    ignores: ['server/src/graphql/object-type.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'type-graphql',
          importNames: ['ObjectType'],
          message: 'Take the one of graphql/object-type.ts.',
        },
      ],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'vue/multi-word-component-names': 'off',
      // An absent prop is undefined, and the types say so.
      'vue/require-default-prop': 'off',
      // The type check knows the browser's names; ESLint does not.
      'no-undef': 'off',
    },
  },
  {
    files: ['admin-ui/src/**/*.vue'],
    rules: {
      // Signs and numbers are the same in every language.
      'vue/no-bare-strings-in-template': [
        'error',
        { allowlist: ['/[^\\p{L}]+/u'], attributes: { '/.+/': textProps } },
      ],
      'vue/no-restricted-syntax': [
        'error',
        ...bareTexts.map((selector) => ({ selector, message: textsElsewhere })),
      ],
    },
  },
  {
    files: ['admin-ui/src/**/*.{ts,vue}'],
    ignores: ['**/*texts.ts', '**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        // What an error says is for developers.
        { selector: ':not(NewExpression) > Literal[value=/^[A-Z][a-z]+ [a-z]/]', message: textsElsewhere },
        {
          selector:
            'Property[key.name=/^(label|title|text|action|description)$/] > Literal[value=/^[A-Z][a-z]/]',
          message: textsElsewhere,
        },
      ],
    },
  },
  {
    files: [
      'server/test/**',
      'scripts/**',
      'bench/**',
      'admin-ui/e2e/**',
      'server/src/settings.ts',
      '**/*.config.*',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['**/*.mjs', '**/*.cjs'], ...ts.configs.disableTypeChecked },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['console', 'fetch', 'module', 'process', 'URL'].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { __dirname: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  prettier,
);
