/** What a registry says of an image. */
export type ImageAnswer =
  | {
      kind: 'exists';
      /** `sha256:...` of the manifest, or of the index of several platforms; absent where the registry does not say. */
      digest?: string;
    }
  /** The registry answered that it has no such image. */
  | { kind: 'absent' }
  /** Nobody knows: an outage, a refusal, a limit, or a registry that is not to be asked. */
  | {
      kind: 'unknown';
      /** For people; a clause such as `ghcr.io does not answer within 10 s`. Holds no address but the name of the registry. */
      reason: string;
    };

/** A question to which a registry gave no answer; the message says why, for people. */
export class RegistryFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RegistryFault';
  }
}
