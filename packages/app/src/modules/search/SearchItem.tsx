import { SidebarItem } from '@backstage/core-components';
import { RiSearchLine } from '@remixicon/react';
import { useState } from 'react';
import { useShortcut } from '../help';
import { SearchDialog } from './SearchDialog';

const SearchIcon = () => <RiSearchLine />;

/** Opens the search: as an item of the sidebar, and by Ctrl+K or Cmd+K. */
export function SearchItem() {
  const [isOpen, setOpen] = useState(false);
  useShortcut(
    ({ key, ctrlKey, metaKey, altKey, shiftKey }) =>
      key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey,
    { onPress: () => setOpen(true), whileTyping: true },
  );
  return (
    <>
      <SidebarItem icon={SearchIcon} text="Search" onClick={() => setOpen(true)} />
      <SearchDialog open={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
