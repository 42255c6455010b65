import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { readFileIfThere, writeFileAtomically } from '../supervisor/files';

const keysSchema = z.object({
  /** Signs ID tokens; a private JSON Web Key (RFC 7517). */
  signing: z.looseObject({ kty: z.string(), kid: z.string() }),
  /** Signs cookies. */
  cookies: z.string(),
});

/** What the issuer signs with. */
export type OidcKeys = z.infer<typeof keysSchema>;

/** The keys in a file; made at the first start, so that tokens and sessions outlive a restart. */
export async function loadKeys(file: string): Promise<OidcKeys> {
  const text = await readFileIfThere(file);
  if (text !== undefined) return keysSchema.parse(JSON.parse(text));
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const keys = keysSchema.parse({
    signing: {
      ...privateKey.export({ format: 'jwk' }),
      kid: randomBytes(8).toString('hex'),
      use: 'sig',
      alg: 'RS256',
    },
    cookies: randomBytes(32).toString('base64url'),
  });
  await writeFileAtomically(file, JSON.stringify(keys));
  return keys;
}
