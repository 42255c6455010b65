import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { schemasOf, standalone, strict } from './jsonSchema.mjs';

describe('standalone', () => {
  const definitions = {
    'io.k8s.Meta': {
      description: 'Metadata',
      type: 'object',
      properties: { name: { type: 'string' } },
    },
    'io.k8s.Node': { properties: { child: { $ref: '#/$defs/io.k8s.Node' } } },
  };
  it('puts a type in the place of its reference, without what is for people', () =>
    assert.deepEqual(
      standalone(
        { $id: '/api/x', properties: { metadata: { $ref: '/api/d.json#/$defs/io.k8s.Meta' } } },
        definitions,
      ),
      { properties: { metadata: { type: 'object', properties: { name: { type: 'string' } } } } },
    ));
  it('keeps a property whose name is a keyword', () =>
    assert.deepEqual(standalone({ properties: { description: { type: 'string' } } }, {}), {
      properties: { description: { type: 'string' } },
    }));
  it('leaves a type open that holds itself', () =>
    assert.deepEqual(standalone({ $ref: '#/$defs/io.k8s.Node' }, definitions), {
      properties: { child: {} },
    }));
  it('names a type that is not there', () =>
    assert.throws(() => standalone({ $ref: '#/$defs/io.k8s.Gone' }, definitions), /io\.k8s\.Gone/));
});

describe('strict', () => {
  const cases = [
    [
      'an object refuses other keys',
      { type: 'object', properties: { a: { type: 'string' } } },
      { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false },
    ],
    [
      'a map keeps its values',
      { type: 'object', additionalProperties: { type: 'object', properties: {} } },
      {
        type: 'object',
        additionalProperties: { type: 'object', properties: {}, additionalProperties: false },
      },
    ],
    [
      'what preserves unknown fields stays open',
      { properties: {}, 'x-kubernetes-preserve-unknown-fields': true },
      { properties: {} },
    ],
    [
      'a number or a text',
      { type: 'string', 'x-kubernetes-int-or-string': true },
      { anyOf: [{ type: 'integer' }, { type: 'string' }] },
    ],
    ['nothing, where it may be', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    [
      'items of a list',
      { type: 'array', items: { properties: {} } },
      { type: 'array', items: { properties: {}, additionalProperties: false } },
    ],
    [
      'a property whose name is a keyword',
      { properties: { properties: { type: 'string' } } },
      { properties: { properties: { type: 'string' } }, additionalProperties: false },
    ],
  ];
  for (const [name, node, expected] of cases) {
    it(name, () => assert.deepEqual(strict(node), expected));
  }
});

describe('schemasOf', () => {
  it('answers one schema for each version that is served', () => {
    const schema = { openAPIV3Schema: { type: 'object' } };
    const versions = [
      { name: 'v1', served: true, schema },
      { name: 'v1beta1', served: false, schema },
    ];
    const definition = { spec: { group: 'example.com', names: { kind: 'Thing' }, versions } };
    assert.deepEqual(schemasOf(definition), [
      { name: 'thing-example.com-v1.json', schema: { type: 'object' } },
    ]);
  });
});
