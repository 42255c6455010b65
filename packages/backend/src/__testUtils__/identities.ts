import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const keyId = 'test-key';

/** Issues Backstage tokens as the auth backend does, which is given the same key. */
export interface Identities {
  /** `auth` of the configuration. */
  config: { environment: string; keyStore: object };
  /**
   * A token of a user entity.
   *
   * @param expiresIn - seconds from now
   */
  token(userEntityRef: string, options?: { expiresIn?: number }): string;
  close(): Promise<void>;
}

/** Makes a key and puts it where the auth backend reads it (`auth.keyStore.static`). */
export async function createIdentities(): Promise<Identities> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const folder = await mkdtemp(path.join(tmpdir(), 'identities-'));
  const files = {
    publicKeyFile: path.join(folder, 'public.pem'),
    privateKeyFile: path.join(folder, 'private.pem'),
  };
  await writeFile(files.publicKeyFile, publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(files.privateKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return {
    config: {
      environment: 'production',
      keyStore: {
        provider: 'static',
        static: { keys: [{ ...files, keyId, algorithm: 'ES256' }] },
      },
    },
    token: (userEntityRef, { expiresIn = 3600 } = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const identity = { sub: userEntityRef, iat: now - 3600, exp: now + expiresIn };
      // What the signature of the shorter token would be that plugins hand on to each other.
      const uip = signature(privateKey, 'vnd.backstage.limited-user', identity);
      const claims = { ...identity, aud: 'backstage', uip };
      return [
        header('vnd.backstage.user'),
        encode(claims),
        signature(privateKey, 'vnd.backstage.user', claims),
      ].join('.');
    },
    close: () => rm(folder, { recursive: true }),
  };
}

function header(typ: string): string {
  return encode({ typ, alg: 'ES256', kid: keyId });
}

/** ES256 of RFC 7518: the two numbers side by side, not in DER. */
function signature(key: KeyObject, typ: string, payload: object): string {
  const text = `${header(typ)}.${encode(payload)}`;
  return sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString(
    'base64url',
  );
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
