import { useEffect, useState } from 'react';

const quietMs = 200;

/**
 * A JSON value after it has not changed for 200 ms, so that not every keystroke queries main; the first value
 * at once.
 */
export function useDebouncedValue<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(
      () => setSettled((before) => (JSON.stringify(before) === text ? before : (JSON.parse(text) as T))),
      quietMs,
    );
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
