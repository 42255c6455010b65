/** Manifests could not be generated; the message is what the repo-server says, without its RPC prefix. */
export class ManifestError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ManifestError';
  }
}

/** The repository could not be reached. Unlike a {@link ManifestError} this often passes by itself. */
export class RepositoryUnavailableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RepositoryUnavailableError';
  }
}
