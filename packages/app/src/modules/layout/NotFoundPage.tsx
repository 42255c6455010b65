import { Link } from '@backstage/core-components';
import { useLocation } from 'react-router-dom';
import { SupportNote } from '../help';
import { PortalPage } from './PortalPage';

/** What stands at an address that leads to nothing. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <PortalPage title="Page not found">
      <p>
        There is no page at <code>{pathname}</code>. It may have moved, or the link is incomplete.
      </p>
      <p>
        Start from the <Link to="/">first page</Link>, or press <kbd>Ctrl</kbd>+<kbd>K</kbd> to
        search.
      </p>
      <SupportNote />
    </PortalPage>
  );
}
