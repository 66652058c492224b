const { readFileSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/** What Jest gives a test that asks for nothing else. */
const USUAL_MS = 5_000;

/** `jest.setTimeout(120_000)`, and the last argument of a test that is a block. */
const PATIENCE = /(?:jest\.setTimeout\(|\}, )([\d_]+)\);/g;

function patienceOf({ path }) {
  const asked = [...readFileSync(path, 'utf8').matchAll(PATIENCE)];
  return Math.max(
    USUAL_MS,
    ...asked.map(([, text]) => Number(text.replaceAll('_', ''))),
  );
}

/**
 * Where Jest does not know yet how long each file takes, those whose tests ask
 * for most time come first, so that in the end no worker waits for the other.
 */
module.exports = class PatientFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return sorted.some(({ duration }) => duration !== undefined)
      ? sorted
      : sorted
          .map(test => ({ test, patience: patienceOf(test) }))
          .sort((a, b) => b.patience - a.patience)
          .map(({ test }) => test);
  }
};
