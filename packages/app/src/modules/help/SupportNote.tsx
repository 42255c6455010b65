import { Link } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Fragment } from 'react';
import { useLocation } from 'react-router-dom';
import { readSupport } from './readSupport';

/**
 * Says who is to be asked, from `app.support` of the configuration.
 *
 * @param props.signedOut - nobody has signed in, so that pages of the portal are out of reach
 */
export function SupportNote({ signedOut = false }: { signedOut?: boolean }) {
  const items = readSupport(useApi(configApiRef));
  const { pathname } = useLocation();
  if (items.length === 0) return <p>Questions? Ask your platform team.</p>;
  return (
    <p>
      Questions? Ask{' '}
      {items.map(({ title, links }, index) => {
        const shown = links.filter(
          ({ url }) => url !== pathname && !(signedOut && url.startsWith('/')),
        );
        return (
          <Fragment key={title}>
            {index > 0 && ', or '}
            {title}
            {shown.length > 0 && ': '}
            {shown.map((link, position) => (
              <Fragment key={link.url}>
                {position > 0 && ', '}
                <Link to={link.url}>{link.title}</Link>
              </Fragment>
            ))}
          </Fragment>
        );
      })}
      .
    </p>
  );
}
