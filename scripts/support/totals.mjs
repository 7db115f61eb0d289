/**
 * @typedef {{ passed: number, failed: number, notRun?: string }} Totals `notRun` says why a step counts nothing
 */

// A run that failed without a failed test (a crash, an unhandled error), or that ran no test, counts as one
// failure.
function settle({ passed, failed }, code) {
  const silent = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}

/** A step without tests of its own. */
export function countStep(code) {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * @param {any} report vitest's JSON report, or `null` if it wrote none
 * @param {number} code vitest's exit code
 * @returns {Totals} a file that could not be loaded counts as one failed
 */
export function countVitest(report, code) {
  if (!report) return settle({ passed: 0, failed: 0 }, code || 1);
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return settle({ passed: report.numPassedTests, failed: report.numFailedTests + broken.length }, code);
}

/**
 * @param {any} report Playwright's JSON report, or `null` if it wrote none
 * @param {number} code Playwright's exit code
 * @returns {Totals} a test that passed only on a retry counts as failed
 */
export function countPlaywright(report, code) {
  if (!report) return settle({ passed: 0, failed: 0 }, code || 1);
  const { expected, flaky, unexpected } = report.stats;
  return settle({ passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0) }, code);
}

/**
 * @param {any} report vitest's JSON report, or `null`
 * @returns {string[]} the failed tests, and the files that could not be loaded, each with its file and the first line of
 *   the error
 */
export function failedInVitest(report) {
  const failed = (report?.testResults ?? []).filter((file) => file.status === 'failed');
  return failed.flatMap((file) => {
    const tests = file.assertionResults.filter((one) => one.status === 'failed');
    const firstLine = (text) => (text ?? '').trim().split('\n')[0];
    if (tests.length === 0) return [`${file.name}: does not load: ${firstLine(file.message)}`];
    return tests.map((one) => `${file.name}: ${one.fullName}: ${firstLine(one.failureMessages?.[0])}`);
  });
}

/**
 * @param {any} report Playwright's JSON report, or `null`
 * @returns {string[]} the tests that failed, and those that passed only on a retry, each with its file
 */
export function failedInPlaywright(report) {
  const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
  return (report?.suites ?? []).flatMap(specsOf).flatMap((spec) => {
    const bad = spec.tests.filter((one) => one.status === 'unexpected' || one.status === 'flaky');
    return bad.map((one) => `[${one.projectName}] ${spec.file}: ${spec.title} (${one.status})`);
  });
}

/**
 * @param {Totals[]} all
 * @returns {string} `N passed, N failed`
 */
export function closingLine(all) {
  const sum = (key) => all.reduce((total, one) => total + one[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}
