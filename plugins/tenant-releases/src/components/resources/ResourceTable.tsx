import type { NestedResource } from '../../domain/resources';
import { useTableStyles } from '../common/useTableStyles';
import { ResourceRow } from './ResourceRow';

const columns = ['Name', 'Kind', 'Git', 'Health', 'Says'];

/** Kubernetes objects, one a row, below the one that made them. */
export function ResourceTable({ resources }: { resources: readonly NestedResource[] }) {
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
          {resources.map(({ resource, depth }) => (
            <ResourceRow key={resource.id} resource={resource} depth={depth} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
