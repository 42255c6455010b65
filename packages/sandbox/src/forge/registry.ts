import { Router } from 'express';
import { imageManifest, manifestType } from '../release/imageManifest';
import { readImages } from '../release/imageRegistry';

/**
 * The part of the OCI distribution API that says whether an image exists, for the images that were built here. Who reads needs no
 * account, as with GitHub's public packages.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export function registryRoutes(stateDir: string): Router {
  const router = Router();
  router.use('/v2', (_, res, next) => {
    res.set('Docker-Distribution-Api-Version', 'registry/2.0');
    next();
  });
  router.get('/v2/', (_, res) => {
    res.json({});
  });
  router.get('/v2/*name/manifests/:reference', async (req, res) => {
    // The types know no parameter of several parts.
    const { name, reference } = req.params as { name?: string | string[]; reference: string };
    const path = [name ?? []].flat().join('/');
    const ofName = (await readImages(stateDir)).filter(
      ({ repository }) => repository.slice(repository.indexOf('/') + 1) === path,
    );
    const found = ofName
      .map(image => ({ tag: image.tag, ...imageManifest(image) }))
      .find(({ tag, digest }) => reference === tag || reference === digest);
    if (found) {
      res.set({ 'Content-Type': manifestType, 'Docker-Content-Digest': found.digest });
      res.send(Buffer.from(found.text));
      return;
    }
    const [code, message] =
      ofName.length > 0
        ? ['MANIFEST_UNKNOWN', 'manifest unknown']
        : ['NAME_UNKNOWN', 'repository name not known to registry'];
    res.status(404).json({ errors: [{ code, message }] });
  });
  router.use('/v2', (_, res) => {
    const message = 'The embedded registry says whether an image exists, and nothing else.';
    res.status(405).json({ errors: [{ code: 'UNSUPPORTED', message }] });
  });
  return router;
}
