import { useEffect, useRef, type RefObject } from 'react';

/**
 * Gives the focus back to a trigger once what it opened is gone. The dialog
 * cannot do that itself when its code came later than the press.
 */
export function useReturnFocus<T extends HTMLElement>(
  isOpen: boolean,
): RefObject<T> {
  const trigger = useRef<T>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen) trigger.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return trigger;
}
