import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sumOf } from './results.mjs';

test('adds counts up, and keeps every skip and problem', () => {
  const one = { passed: 1, failed: 0, skips: ['a'], problem: 'x' };
  const other = { passed: 2, failed: 1, skips: ['b'], problem: 'y' };
  const fine = { passed: 3, failed: 0, skips: [] };
  assert.deepEqual(sumOf([one, other, fine]), {
    passed: 6,
    failed: 1,
    skips: ['a', 'b'],
    problem: 'x\n\ny',
  });
  assert.equal(sumOf([fine, fine]).problem, undefined);
});
