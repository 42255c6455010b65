import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { anyImage, ImagePullError, pullImage, splitImage } from './imageRegistry';

it.each([
  ['ghcr.io/acme/demo-api:sha-1', { repository: 'ghcr.io/acme/demo-api', tag: 'sha-1' }],
  ['localhost:5000/web', { repository: 'localhost:5000/web', tag: 'latest' }],
  ['localhost:5000/web:2', { repository: 'localhost:5000/web', tag: '2' }],
  ['web:1@sha256:abc', { repository: 'web', tag: '1' }],
  ['web@sha256:abc', { repository: 'web', tag: 'sha256:abc' }],
])('%s', (reference, expected) => {
  expect(splitImage(reference)).toEqual(expected);
});

it.each([
  ['acme/web:2', '2', /^acme\/web@sha256:[0-9a-f]{64}$/],
  ['acme/web@sha256:abc', 'sha256:abc', /^acme\/web@sha256:abc$/],
])('has any image, such as %s', (reference, tag, id) => {
  const { name, commit, ...image } = anyImage(reference);
  expect(name).toBe(reference);
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
  expect(image).toEqual({ tag, id: expect.stringMatching(id), environment: {} });
  expect(anyImage(reference)).toEqual(anyImage(reference));
});

describe('pullImage', () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'registry-'));
  const file = path.join(directory, 'images.json');
  const write = (content: unknown) => fs.writeFileSync(file, JSON.stringify(content));
  const image = { repository: 'web', tag: '1', commit: 'c'.repeat(40), createdAt: 'x' };
  afterAll(() => fs.rmSync(directory, { recursive: true }));

  it('finds images that were built after the last look', async () => {
    await expect(pullImage(file, 'web:1')).rejects.toThrow(ImagePullError);
    write({ images: [{ ...image, environment: { FAULT_RATIO: '0.35' } }] });
    await expect(pullImage(file, 'web:1')).resolves.toEqual({
      name: 'web:1',
      tag: '1',
      commit: 'c'.repeat(40),
      id: expect.stringMatching(/^web@sha256:[0-9a-f]{64}$/),
      environment: { FAULT_RATIO: '0.35' },
    });
  });

  it('speaks like containerd of one that is not there', async () => {
    write({ images: [image] });
    await expect(pullImage(file, 'web:2')).rejects.toThrow(
      'rpc error: code = NotFound desc = failed to pull and unpack image "web:2": failed to resolve image: web:2: not found',
    );
  });

  it.each(['', '{}', '{"images":[{}]}'])('says so of a file that holds %j', async text => {
    fs.writeFileSync(file, text);
    await expect(pullImage(file, 'web:1')).rejects.toThrow(
      "the registry's file is not a list of images",
    );
  });
});
