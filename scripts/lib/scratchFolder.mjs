import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  rmSync,
  rmdirSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './isRunning.mjs';

const PREFIX = 'external-services-tests-';
const MEMORY = '/dev/shm';
/** What the tests fill at most, in bytes, with as much again for them to run in. */
const ROOM = 4 * 1024 ** 3;

const remove = path =>
  rmSync(path, { recursive: true, force: true, maxRetries: 5 });

/** Leaves alone what belongs to somebody else. */
function removeOurs(path) {
  try {
    remove(path);
  } catch (error) {
    if (error.code !== 'EPERM' && error.code !== 'EACCES') {
      throw error;
    }
  }
}

/** Removes what runs have left that were killed. */
function removeLeftovers(parent) {
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(PREFIX) && Number(name.slice(PREFIX.length));
    if (pid && !isRunning(pid)) {
      removeOurs(join(parent, name));
    }
  }
}

function checkRoom() {
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize < ROOM || process.availableMemory() < 2 * ROOM) {
    throw new Error('There is too little memory.');
  }
}

/** Some folders in memory may hold no programs, and tests write some. */
function checkPrograms(path) {
  const program = join(path, 'program');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  const { error } = spawnSync(program);
  rmSync(program);
  if (error) {
    throw error;
  }
}

function discard(path) {
  for (const name of readdirSync(path)) {
    // Who watches over a control plane needs its folder to end it, and removes that.
    if (!name.startsWith('external-services-cluster-')) {
      remove(join(path, name));
    }
  }
  rmdirSync(path);
}

/** Where to make the folder, the best place first; `check` throws where it will not do. */
const PLACES = [
  {
    parent: MEMORY,
    check: path => {
      checkRoom();
      checkPrograms(path);
    },
  },
  { parent: tmpdir(), check: () => {} },
];

/**
 * An empty folder for what tests write and throw away, until this process ends.
 * It is in memory where there is plenty: file systems are slow to make files
 * soon after many were removed, and hundreds of databases and repositories are.
 */
export function scratchFolder(places = PLACES) {
  let problem;
  for (const { parent, check } of places) {
    const path = join(parent, `${PREFIX}${process.pid}`);
    try {
      removeLeftovers(parent);
      remove(path);
      mkdirSync(path);
      // PostgreSQL runs as another user where the tests run as root.
      chmodSync(path, 0o755);
      check(path);
    } catch (error) {
      problem = error;
      removeOurs(path);
      continue;
    }
    process.on('exit', () => {
      try {
        discard(path);
      } catch {
        // The next run removes the rest.
      }
    });
    return path;
  }
  throw problem;
}
