import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    include: [process.env.TRACKHEAT_LONG ? 'test/**/*.long.ts' : 'test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: {poll: {timeout: 10_000}},
    maxWorkers: 2,
  },
});
