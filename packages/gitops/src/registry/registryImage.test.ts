import { parseImage } from '../locate/imageReference';
import { registryImage } from './registryImage';

const digest = `sha256:${'a'.repeat(64)}`;

it.each([
  ['nginx', 'docker.io', 'library/nginx', 'latest'],
  ['nginx:1.27', 'docker.io', 'library/nginx', '1.27'],
  ['docker.io/nginx:1.27', 'docker.io', 'library/nginx', '1.27'],
  ['index.docker.io/nginx:1.27', 'docker.io', 'library/nginx', '1.27'],
  ['team/demo-api:1', 'docker.io', 'team/demo-api', '1'],
  ['ghcr.io/demo-api:1', 'ghcr.io', 'demo-api', '1'],
  ['GHCR.io/team/demo-api:1', 'ghcr.io', 'team/demo-api', '1'],
  ['localhost/demo-api:1', 'localhost', 'demo-api', '1'],
  ['localhost:5000/a/b/c:1', 'localhost:5000', 'a/b/c', '1'],
  ['registry.example.com:5000/a', 'registry.example.com:5000', 'a', 'latest'],
  [`ghcr.io/team/demo-api@${digest}`, 'ghcr.io', 'team/demo-api', digest],
  [`ghcr.io/team/demo-api:1@${digest}`, 'ghcr.io', 'team/demo-api', digest],
])('%s', (text, registry, repository, reference) => {
  expect(registryImage(parseImage(text)!)).toEqual({ registry, repository, reference });
});

it.each(['ghcr.io/Team/demo-api', 'ghcr.io/a/../b', `ghcr.io/${'a/'.repeat(130)}b`])(
  'knows no registry that can have %.30s',
  name => expect(registryImage({ name, tag: '1' })).toBeUndefined(),
);
