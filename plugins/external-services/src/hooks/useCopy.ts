import { useCallback, useEffect, useRef, useState } from 'react';
import { copyText } from '../presentation/copyText';

const COPIED_MS = 2_000;

/** Copies text; `result` says for 2 s how it went. */
export function useCopy(): {
  result?: 'copied' | 'failed';
  copy: (text: string) => Promise<void>;
} {
  const [result, setResult] = useState<'copied' | 'failed'>();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = useCallback(async (text: string) => {
    clearTimeout(timer.current);
    setResult((await copyText(text)) ? 'copied' : 'failed');
    timer.current = setTimeout(() => setResult(undefined), COPIED_MS);
  }, []);
  return { result, copy };
}
