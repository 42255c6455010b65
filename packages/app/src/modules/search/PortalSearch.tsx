import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';
import { useShortcut } from '../help';
import { SearchDialog } from './SearchDialog';

/**
 * The search over the page: by Ctrl+K or Cmd+K on any screen, or opened from elsewhere.
 *
 * @param props.isOpen - and its setter, which an item of the sidebar shares
 */
export function PortalSearch(props: { isOpen: boolean; setOpen: (isOpen: boolean) => void }) {
  const { isOpen, setOpen } = props;
  const { key: place } = useLocation();
  useEffect(() => setOpen(false), [place, setOpen]);
  useShortcut(
    ({ key, ctrlKey, metaKey, altKey, shiftKey }) =>
      key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey,
    { onPress: () => setOpen(true), whileTyping: true },
  );
  return <SearchDialog open={isOpen} onClose={() => setOpen(false)} />;
}
