import { readFileSync } from 'node:fs';

// What a step of the tests came to is `{ passed, failed, skips }`; a skip is
// `{ what, count, command? }`: what was not run, how many tests that is, and
// the one command that gets what they need.

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A test that is left out says why in its name: `name (skipped: reason)`. */
function reasonOf({ ancestorTitles, title, fullName }) {
  const [, reason] =
    /\(skipped: (.+)\)/.exec([...ancestorTitles, title].join(' ')) ?? [];
  return reason ?? fullName;
}

/** The counts of Jest's JSON report. */
export function jestResults(file) {
  const report = readJson(file);
  if (!report) {
    return { passed: 0, failed: 1, skips: [] };
  }
  const skips = new Map();
  for (const test of report.testResults.flatMap(
    suite => suite.assertionResults,
  )) {
    if (!['passed', 'failed'].includes(test.status)) {
      const what = reasonOf(test);
      skips.set(what, (skips.get(what) ?? 0) + 1);
    }
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skips: [...skips].map(([what, count]) => ({ what, count })),
  };
}

/** The counts of Playwright's JSON report. */
export function playwrightResults(file) {
  const report = readJson(file);
  if (!report) {
    return { passed: 0, failed: 1, skips: [] };
  }
  const { expected, flaky, unexpected } = report.stats;
  const skips = new Map();
  for (const { annotations, status } of report.suites.flatMap(testsOf)) {
    if (status === 'skipped') {
      const { description } =
        annotations.find(({ type }) => type === 'skip') ?? {};
      const what = `browser tests${description ? `: ${description}` : ''}`;
      skips.set(what, (skips.get(what) ?? 0) + 1);
    }
  }
  return {
    passed: expected + flaky,
    failed: unexpected + report.errors.length,
    skips: [...skips].map(([what, count]) => ({ what, count })),
  };
}

/** Suites hold suites. */
function testsOf({ suites = [], specs = [] }) {
  return [...suites.flatMap(testsOf), ...specs.flatMap(({ tests }) => tests)];
}

/** The counts at the end of what Node's own test runner says as TAP. */
export function tapResults(text) {
  const count = name =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const skipped = count('skipped') + count('todo');
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skips:
      skipped > 0 ? [{ what: 'tests of the scripts', count: skipped }] : [],
  };
}

/** The counts that `yarn conformance --skip` ends with. */
export function conformanceResults(text) {
  const [, reason] = /^SKIPPED: (.+)$/m.exec(text) ?? [];
  if (reason) {
    const what = `the comparison with a real API server: ${reason}`;
    return { passed: 0, failed: 0, skips: [{ what, count: 1 }] };
  }
  const [, passed, failed] =
    /^(\d+) decided as the server, (\d+) not$/m.exec(text) ?? [];
  return {
    passed: Number(passed ?? 0),
    failed: Number(failed ?? 1),
    skips: [],
  };
}
