import { useEffect, useRef, useState } from 'react';
import type { MappingsResponse } from '@external-services/backstage-plugin-external-services-common';
import { stateChanges, type StateChange } from '../presentation/changes';

const MIN_PAUSE_MS = 10_000;

/**
 * The changes to read out: those since the last time, in sum, at most every 10 s.
 */
export function useAnnouncements(data?: MappingsResponse): StateChange[] {
  const [announced, setAnnounced] = useState<StateChange[]>([]);
  const previous = useRef<MappingsResponse>();
  const waiting = useRef(new Map<string, StateChange>());
  const lastAt = useRef(-Infinity);
  const timer = useRef<ReturnType<typeof setTimeout>>();

  useEffect(() => () => clearTimeout(timer.current), []);

  useEffect(() => {
    const before = previous.current;
    previous.current = data;
    if (!before || !data) return;
    // What changed twice is said once, as it is now.
    stateChanges(before, data).forEach(change =>
      waiting.current.set(change.key, change),
    );
    if (waiting.current.size === 0) return;
    const flush = () => {
      lastAt.current = Date.now();
      setAnnounced([...waiting.current.values()]);
      waiting.current.clear();
    };
    clearTimeout(timer.current);
    timer.current = setTimeout(
      flush,
      Math.max(0, lastAt.current + MIN_PAUSE_MS - Date.now()),
    );
  }, [data]);

  return announced;
}
