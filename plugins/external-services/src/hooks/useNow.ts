import { useEffect, useState } from 'react';

const TICK_MS = 30_000;

/** The time in milliseconds, every 30 s and whenever `changedAt` is later. */
export function useNow(changedAt = 0): number {
  const [tick, setTick] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setTick(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(tick, changedAt);
}
