import type { ApplicationResource } from '../../api/TenantReleasesApi';
import { healthStates, resourceKey } from '../../domain/resources';
import { StateLabel } from '../common/StateLabel';
import { useTableStyles } from '../common/useTableStyles';

const columns = ['Name', 'Kind', 'Git', 'Health', 'Says'];

const syncWords = { Synced: 'as in Git', OutOfSync: 'differs from Git', Unknown: 'not known' };
const syncStates = { Synced: 'in-sync', OutOfSync: 'drifted', Unknown: 'unknown' } as const;

function syncWord({ status, requiresPruning }: ApplicationResource): string {
  return requiresPruning ? 'no longer in Git' : syncWords[status];
}

/** Kubernetes objects, one a row. */
export function ResourceTable({ resources }: { resources: readonly ApplicationResource[] }) {
  const table = useTableStyles();
  return (
    <div className={table.scroll}>
      <table className={table.table} aria-label="Resources">
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {resources.map(resource => {
            const { group, kind, name, namespace, status, health, requiresPruning } = resource;
            return (
              <tr key={resourceKey(resource)} data-testid="resource-row">
                <th scope="row" title={namespace && `in namespace ${namespace}`}>
                  {name}
                </th>
                <td data-label="Kind" title={group ? `${kind}.${group}` : kind}>
                  {kind}
                </td>
                <td data-label="Git">
                  <StateLabel
                    state={requiresPruning ? 'drifted' : syncStates[status]}
                    word={syncWord(resource)}
                  />
                </td>
                <td data-label="Health">
                  {health ? (
                    <StateLabel state={healthStates[health.status]} word={health.status} />
                  ) : (
                    <span title="Argo CD tells no health of this kind">-</span>
                  )}
                </td>
                <td data-label="Says" className={table.wide} title={health?.message}>
                  <div className={table.cut}>{health?.message}</div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
