import { useCallback, useLayoutEffect, useRef, type FocusEvent } from 'react';

/**
 * Takes the focus when what had it inside of an element is gone, as a button is
 * that has done its work: else it would fall to the top of the page.
 */
export function useKeptFocus<T extends HTMLElement>() {
  const ref = useRef<T>(null);
  const hadFocus = useRef(false);

  useLayoutEffect(() => {
    const element = ref.current;
    if (
      hadFocus.current &&
      document.activeElement === document.body &&
      element
    ) {
      // Only now: else every click on the element's ground would give it the focus.
      element.tabIndex = -1;
      element.addEventListener(
        'blur',
        () => element.removeAttribute('tabindex'),
        {
          once: true,
        },
      );
      element.focus();
    }
  });

  return {
    ref,
    onFocus: useCallback(() => {
      hadFocus.current = true;
    }, []),
    onBlur: useCallback((event: FocusEvent<HTMLElement>) => {
      // A removed element has no successor, but does not leave the document first.
      hadFocus.current =
        !document.contains(event.target) ||
        event.currentTarget.contains(event.relatedTarget);
    }, []),
  };
}
