import { Link } from '@backstage/core-components';
import type { Release } from '@internal/plugin-tenant-releases-common';
import { safeLink } from '../../domain/grafanaLink';
import { Notice } from '../common/Notice';

/**
 * Says that the tenant's file in Git cannot be read, and what is wrong with it.
 *
 * @param props.fileError - as the catalog knows it; the release's own reason goes first
 */
export function FileErrorNotice(props: { release?: Release; fileError?: string }) {
  const { release, fileError } = props;
  const text = release?.reasons.find(({ code }) => code === 'FILE_INVALID')?.text ?? fileError;
  const values = safeLink(release?.links.values);
  if (!text) return null;
  return (
    <Notice kind="error" actions={values && <Link to={values}>Open the file</Link>}>
      <strong>The tenant’s file in Git cannot be used;</strong> what it said before stays in force.{' '}
      {text}
    </Notice>
  );
}
