import { writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

const NICER = 10;
const NICEST = 19;

/** Leaves the processors to others first; for a process that leads a session, and what it starts. */
export function keepInBackground(pid) {
  const nice = Math.min(getPriority() + NICER, NICEST);
  setPriority(pid, nice);
  try {
    // Where Linux shares the processors among sessions, that alone counts.
    writeFileSync(`/proc/${pid}/autogroup`, String(nice));
  } catch {
    // Everywhere else the line above is enough.
  }
}
