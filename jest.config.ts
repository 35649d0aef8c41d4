/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

/** ES modules that Jest must turn into CommonJS; Node itself can `require()` them. */
const esModules = ['age-encryption', '@noble', '@scure', '@graphql-yoga'];

const shared: Config = {
  testEnvironment: 'node',
  transform: { '\\.(ts|js|mjs)$': '@swc/jest' },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
};

const config: Config = {
  projects: [
    { ...shared, displayName: 'rules', testMatch: ['<rootDir>/server/src/**/*.test.ts'] },
  ],
};

export default config;
