import { isTyping } from '@internal/plugin-tenant-releases';
import { useEffect, useRef } from 'react';

/** What a shortcut does, and where it does not count. */
interface ShortcutOptions {
  onPress: () => void;
  /** Whether it counts in a field too: keys that write nothing. */
  whileTyping?: boolean;
}

/**
 * Listens to a key on the whole page.
 *
 * @param matches - whether it is this key
 */
export function useShortcut(
  matches: (event: KeyboardEvent) => boolean,
  options: ShortcutOptions,
): void {
  const latest = useRef({ matches, options });
  useEffect(() => {
    latest.current = { matches, options };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { matches: isMeant, options: chosen } = latest.current;
      if (event.defaultPrevented || event.isComposing || event.repeat || !isMeant(event)) return;
      if (!chosen.whileTyping && isTyping(event.target)) return;
      event.preventDefault();
      chosen.onPress();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
