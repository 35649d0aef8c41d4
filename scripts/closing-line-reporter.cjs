/** Ends a test run with what was left out and why, and one line that counts. */
module.exports = class ClosingLineReporter {
  onRunComplete(_, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests }) {
    const leftOut = JSON.parse(process.env.LEFT_OUT ?? '[]');
    const skipped = numPendingTests + numTodoTests;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    if (process.env.REQUIRE_ALL === '1' && (leftOut.length > 0 || skipped > 0)) {
      this.error = new Error(`REQUIRE_ALL: ${leftOut.length} suites were left out, ${skipped} tests skipped`);
    }
    for (const one of leftOut) console.log(`Left out: ${one}`);
    console.log(`${numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
  }

  /** Makes the run fail where everything was required. */
  getLastError() {
    return this.error;
  }
};
