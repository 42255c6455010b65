import { formatLocator, parseLocator } from './locator';

it.each([
  'yaml:image.tag',
  'kustomize:images[ghcr.io/x/y].newTag',
  'chart:dependencies[api].version',
  'image#3:spec.template.spec.containers[0].image',
  'yaml:spec.source.helm.values|image.tag',
  'yaml:[a|b].tag',
  'text:',
])('reads and writes %s', text => {
  const locator = parseLocator(text);
  expect(locator && formatLocator(locator)).toBe(text);
});

it.each(['', 'yaml', 'yaml:', 'xml:a', 'yaml#0:a', 'yaml:a|', 'yaml:a..b'])('refuses %j', text => {
  expect(parseLocator(text)).toBeUndefined();
});
