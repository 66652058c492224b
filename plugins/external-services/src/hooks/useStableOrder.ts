import { useCallback, useRef, useState, type FocusEvent } from 'react';

/** The order of a list that does not move under a pointer or the focus. */
export interface StableOrder<T> {
  items: T[];
  /** True while the list would be sorted otherwise. */
  changed: boolean;
  sortAgain: () => void;
  /** Goes on the element that holds the list. */
  handlers: {
    onPointerEnter: () => void;
    onPointerLeave: () => void;
    onFocus: () => void;
    onBlur: (event: FocusEvent<HTMLElement>) => void;
  };
}

/**
 * Keeps the order of `items` while pointer or focus is on them. What is new then
 * comes last, and what is gone leaves.
 */
export function useStableOrder<T extends { id: string }>(
  items: T[],
): StableOrder<T> {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [, sortNow] = useState(0);
  const order = useRef<string[]>([]);

  const wanted = items.map(item => item.id);
  if (!pointed && !focused) {
    order.current = wanted;
  }
  const position = (id: string) => {
    const index = order.current.indexOf(id);
    return index < 0 ? Number.MAX_SAFE_INTEGER : index;
  };
  const sorted = [...items].sort((a, b) => position(a.id) - position(b.id));
  order.current = sorted.map(item => item.id);

  return {
    items: sorted,
    changed: order.current.join('\n') !== wanted.join('\n'),
    sortAgain: useCallback(() => {
      order.current = [];
      sortNow(count => count + 1);
    }, []),
    handlers: {
      onPointerEnter: useCallback(() => setPointed(true), []),
      onPointerLeave: useCallback(() => setPointed(false), []),
      onFocus: useCallback(() => setFocused(true), []),
      onBlur: useCallback((event: FocusEvent<HTMLElement>) => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          setFocused(false);
        }
      }, []),
    },
  };
}
