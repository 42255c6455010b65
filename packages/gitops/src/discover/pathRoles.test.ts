import { pathParts } from './pathRoles';

it.each([
  ['apps/api/values-prod.yaml', 'api:service prod:environment'],
  ['apps/api/values-override.yaml', 'api:service'],
  ['apps/api/prod/values-images.yaml', 'api:service prod:environment'],
  ['tenants/acme-values.yaml', 'acme:tenant'],
])('says of %s what its names are', (path, expected) => {
  const names = pathParts(path, true).flatMap(part =>
    'isName' in part && part.role ? [`${part.text}:${part.role}`] : [],
  );
  expect(names.join(' ')).toBe(expected);
});
