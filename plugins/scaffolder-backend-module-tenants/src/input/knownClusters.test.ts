import { ConfigReader } from '@backstage/config';
import { knownClusters } from './knownClusters';

const list = (...names: string[]) => ({
  type: 'config',
  clusters: names.map(name => ({ name, url: 'http://cluster.test' })),
});

describe('knownClusters', () => {
  it.each([
    ['no block', undefined, undefined],
    ['no locator', [], undefined],
    [
      'a list without names',
      [{ type: 'config', clusters: [{ url: 'http://cluster.test' }] }],
      undefined,
    ],
    ['one list', [list('in-cluster', 'isolated')], ['in-cluster', 'isolated']],
    ['two lists', [list('in-cluster'), list('isolated')], ['in-cluster', 'isolated']],
    ['a locator that asks elsewhere', [list('in-cluster'), { type: 'catalog' }], undefined],
  ])('reads %s', (_name, clusterLocatorMethods, expected) => {
    const config = new ConfigReader(
      clusterLocatorMethods ? { kubernetes: { clusterLocatorMethods } } : {},
    );
    expect(knownClusters(config)).toEqual(expected);
  });
});
