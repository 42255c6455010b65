import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { ContractNamespace } from '../servers/ContractNamespace.ts';
import { assertStatus } from './assertStatus.ts';
import type { Context } from './contract.ts';

const type = 'application/apply-patch+yaml';

/** Server-side apply, which brings the platform's objects. */
export function kubernetesApplySuite({ servers }: Context<'kubernetes'>): void {
  const space = new ContractNamespace(servers.kubernetes);
  const configMap = (data: Record<string, string>, name = 'cm') => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data,
  });
  const apply = (manager: string, data: Record<string, string>, query = '', name = 'cm') =>
    space.administrator(`${space.path(`configmaps/${name}`)}?fieldManager=${manager}${query}`, {
      method: 'PATCH',
      type,
      object: configMap(data, name),
    });
  const version = async () =>
    (await space.reader(space.path('configmaps/cm'))).body.metadata.resourceVersion;

  before(() => space.create());
  after(() => space.remove());

  it('makes what is not there, and leaves alone what is the same', async () => {
    const made = await apply('one', { a: '1', b: '2' });
    assert.equal(made.status, 201, made.text);
    const same = await apply('one', { a: '1', b: '2' });
    assert.equal(same.status, 200);
    assert.equal(same.body.metadata.resourceVersion, made.body.metadata.resourceVersion);
  });

  it('takes away what its manager no longer names', async () => {
    assert.deepEqual((await apply('one', { a: '1' })).body.data, { a: '1' });
  });

  it('refuses what another manager holds, field by field', async () => {
    assertStatus(await apply('two', { a: '9' }), 409, {
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "one": .data.a',
      details: {
        causes: [
          { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a' },
        ],
      },
    });
    await space.change('cm', { data: { edited: '1' } });
    assertStatus(await apply('two', { edited: '9' }), 409, {
      message: 'Apply failed with 1 conflict: conflict with "unknown" using v1: .data.edited',
    });
  });

  it('takes it by force, and shares what is the same', async () => {
    assert.equal((await apply('two', { a: '9' }, '&force=true')).body.data.a, '9');
    assert.equal((await apply('one', { a: '9', c: '3' })).status, 200);
    // Two hold it: one letting go does not take it away.
    assert.equal((await apply('one', { c: '3' })).body.data.a, '9');
  });

  it('tries without doing', async () => {
    const made = await apply('one', { z: '1' }, '&dryRun=All', 'dry');
    assert.equal(made.status, 201);
    assert.equal(made.body.metadata.resourceVersion, undefined);
    assert.ok(made.body.metadata.uid);
    assertStatus(await space.reader(space.path('configmaps/dry')), 404);
    const before = await version();
    const tried = await apply('one', { c: '4' }, '&dryRun=All');
    assert.deepEqual([tried.status, tried.body.data.c], [200, '4']);
    assert.equal(await version(), before);
  });

  it('wants to know who applies, and what kind of trial', async () => {
    const message = 'PatchOptions.meta.k8s.io "" is invalid:';
    assertStatus(await apply('', { a: '1' }), 422, {
      reason: 'Invalid',
      message: `${message} fieldManager: Required value: is required for apply patch`,
      details: {
        group: 'meta.k8s.io',
        kind: 'PatchOptions',
        causes: [
          {
            reason: 'FieldValueRequired',
            message: 'Required value: is required for apply patch',
            field: 'fieldManager',
          },
        ],
      },
    });
    assertStatus(await apply('one', { a: '1' }, '&dryRun=Some'), 422, {
      message: `${message} dryRun: Unsupported value: ["Some"]: supported values: "All"`,
    });
  });

  it('refuses another name than the path’s, and whoever may not', async () => {
    const path = `${space.path('configmaps/cm')}?fieldManager=one&force=true`;
    const object = configMap({ a: '1' }, 'other');
    assertStatus(await space.administrator(path, { method: 'PATCH', type, object }), 400, {
      message: /name of the object \(other\) does not match the name on the (URL|request) \(cm\)/,
    });
    const reader = await space.reader(path, { method: 'PATCH', type, object: configMap({}) });
    assertStatus(reader, 403, { message: /cannot patch resource "configmaps"/ });
  });
}
