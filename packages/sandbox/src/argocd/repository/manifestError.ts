export { RenderError as ManifestError } from '@internal/gitops';

/** The repository could not be reached. Unlike a `ManifestError` this often passes by itself. */
export class RepositoryUnavailableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RepositoryUnavailableError';
  }
}
