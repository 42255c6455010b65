import { KubernetesObject } from '../../model/objects';
import { Resource } from '../../model/resources';
import { Column, columnsOf } from './columns';

/** How a client wants its table: `as=Table` in the Accept header, `includeObject` in the query. */
export interface TableOptions {
  includeObject: 'Metadata' | 'Object' | 'None';
  /** For ages; milliseconds since 1970. */
  now: number;
}

/** Table options of a request; undefined when the client wants the objects themselves. */
export function tableOptions(
  accept: string | undefined,
  query: URLSearchParams,
  now: number,
): TableOptions | undefined {
  const first = (accept ?? '').split(',')[0].replace(/\s/g, '');
  if (!first.startsWith('application/json;') || !first.split(';').includes('as=Table')) {
    return undefined;
  }
  const wanted = query.get('includeObject');
  return { includeObject: wanted === 'Object' || wanted === 'None' ? wanted : 'Metadata', now };
}

function rowObject(object: KubernetesObject, include: TableOptions['includeObject']): unknown {
  switch (include) {
    case 'Object':
      return object;
    case 'None':
      return null;
    default:
      return {
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: object.metadata,
      };
  }
}

function definition(column: Column): unknown {
  return {
    name: column.name,
    type: column.type ?? 'string',
    format: column.name === 'Name' ? 'name' : '',
    description: column.description,
    priority: column.wide ? 1 : 0,
  };
}

/** Objects as a meta.k8s.io/v1 Table, which kubectl prints as it comes. */
export function toTable(
  resource: Resource,
  objects: KubernetesObject[],
  options: TableOptions,
  metadata: Record<string, unknown>,
): unknown {
  const columns = columnsOf(resource);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(definition),
    rows: objects.map(object => ({
      cells: columns.map(column => column.value(object, options.now)),
      object: rowObject(object, options.includeObject),
    })),
  };
}
