/** A vitest reporter that writes how many tests passed and failed into the file that TRACKHEAT_COUNTS names, as JSON. */
import {writeFileSync} from 'node:fs';

/** @typedef {{passed: number, failed: number}} Counts */

export default class CountReporter {
  /**
   * A file that could not be loaded has no tests and counts as one failed, and so does an error outside of all tests.
   * @param {ReadonlyArray<import('vitest/node').TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    /** @type {Counts} */
    const counts = {passed: 0, failed: unhandledErrors.length};
    for (const module of modules) {
      const failed = [...module.children.allTests('failed')].length;
      counts.passed += [...module.children.allTests('passed')].length;
      counts.failed += failed === 0 && module.state() === 'failed' ? 1 : failed;
    }
    writeFileSync(/** @type {string} */ (process.env.TRACKHEAT_COUNTS), JSON.stringify(counts));
  }
}
