import type { ReactNode } from 'react';
import { useTenantReleases } from '../../api/useReleases';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { Placeholder } from '../common/Placeholder';
import { FileErrorNotice } from './FileErrorNotice';

/**
 * Finds the services of a tenant whose entity names none: the entity of a file that could never be read does not.
 *
 * @param props.children - drawn with the services' names once there are any
 */
export function UnnamedServices(props: {
  tenant: string;
  fileError?: string;
  children: (services: string[]) => ReactNode;
}) {
  const { tenant, fileError, children } = props;
  const { data, error, refetch } = useTenantReleases(tenant);
  const services = data && [...new Set(data.items.map(({ service }) => service))];
  if (services && services.length > 0) return <>{children(services)}</>;
  return (
    <>
      <FileErrorNotice fileError={fileError} />
      {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && !error && <Placeholder lines={4} what="release" />}
      {services && (
        <EmptyNotice>
          {data?.notice?.code === 'NONE_VISIBLE'
            ? data.notice.text
            : 'The release of each service of this tenant is shown here. Nothing is known of one yet.'}
        </EmptyNotice>
      )}
    </>
  );
}
