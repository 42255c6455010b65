import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withoutUpstreams } from './hideUpstreams.mjs';

const text = { type: 'string', visibility: 'frontend' };

/** A schema in the shape that Roadie's config.d.ts gives. */
function schemaOf(packageName, { instance, ...method }) {
  const items = { type: 'object', properties: { instances: { items: instance } }, ...method };
  const argocd = { properties: { appLocatorMethods: { items }, revisionsToLoad: text } };
  return { packageName, value: { type: 'object', properties: { argocd } } };
}

const other = schemaOf('other', { instance: { properties: { url: text }, required: ['url'] } });

describe('hideUpstreams', () => {
  it("takes Argo CD's own address out of the schema, and nothing else", () => {
    const roadie = schemaOf('@roadiehq/backstage-plugin-argo-cd', {
      required: ['instances'],
      instance: { properties: { url: text, frontendUrl: text }, required: ['url'] },
    });
    const mended = schemaOf('@roadiehq/backstage-plugin-argo-cd', {
      instance: { properties: { frontendUrl: text } },
    });
    const schema = { schemas: [other, roadie], backstageConfigSchemaVersion: 1 };
    assert.deepEqual(withoutUpstreams(schema), { ...schema, schemas: [other, mended] });
    assert.deepEqual(schema.schemas[1], roadie);
  });

  it('says so when the schema has changed', () => {
    assert.throws(() => withoutUpstreams({ schemas: [other] }), /has no argocd\.appLocatorMethods/);
  });
});
