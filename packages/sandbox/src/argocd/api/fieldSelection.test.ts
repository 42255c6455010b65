import { Application } from '../application';
import { parseFields, selectFields, selectListFields } from './fieldSelection';

const application = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'tenant-a', namespace: 'argocd' },
  spec: { project: 'tenant-a' },
  status: {
    sync: { status: 'Synced', revision: 'abc' },
    health: { status: 'Healthy' },
    history: [{ id: 0 }],
    operationState: {
      phase: 'Running',
      operation: { sync: { revision: 'abc', prune: true } },
      syncResult: { revision: 'abc' },
    },
  },
} as unknown as Application;

const select = (fields: string) => {
  const selection = parseFields(fields);
  if (!selection) throw new Error('no fields');
  return selectListFields(application, selection);
};

describe('selectListFields', () => {
  it.each<[string, string, object]>([
    ['a name', 'items.metadata.name', { metadata: { name: 'tenant-a' } }],
    [
      'only what is in the table',
      'items.metadata.name,items.spec.project,items.status.sync.revision,items.status.history',
      { metadata: { name: 'tenant-a' } },
    ],
    [
      'pointers as null',
      'items.metadata.deletionTimestamp',
      { metadata: { deletionTimestamp: null } },
    ],
    [
      'the result as operation.sync',
      'items.status.operationState.operation.sync,items.status.operationState.finishedAt',
      {
        status: { operationState: { operation: { sync: { revision: 'abc' } }, finishedAt: null } },
      },
    ],
    ['nothing of an operation that is not there', 'items.operation.sync', {}],
    ['nothing without items.', 'metadata.name', {}],
  ])('selects %s', (_name, fields, expected) => expect(select(fields)).toEqual(expected));

  it('leaves out after a minus', () => {
    const selected = select('-items.spec,items.metadata.name');
    expect(selected).not.toHaveProperty('spec');
    expect(selected).not.toHaveProperty('metadata.name');
    expect(selected).toHaveProperty('status.sync.status', 'Synced');
    expect(selected).not.toHaveProperty('status.history');
  });
});

describe('selectFields', () => {
  const message = { result: { type: 'ADDED', application: { metadata: { name: 'a', uid: 'u' } } } };
  it.each<[string, unknown]>([
    ['result.type', { result: { type: 'ADDED' } }],
    ['result.application.metadata.name', { result: { application: { metadata: { name: 'a' } } } }],
    ['result.application', { result: { application: message.result.application } }],
    ['-result.application', { result: { type: 'ADDED' } }],
    ['other', {}],
  ])('%s', (fields, expected) => {
    expect(selectFields(message, parseFields(fields) as never)).toEqual(expected);
  });

  it('goes into arrays', () => {
    const list = { items: [{ name: 'a', kind: 'b' }] };
    expect(selectFields(list, parseFields('items.name') as never)).toEqual({
      items: [{ name: 'a' }],
    });
  });
});
