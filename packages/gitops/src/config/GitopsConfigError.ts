/** A wrong setting; the message is one line that names the key and the cure. */
export class GitopsConfigError extends Error {
  constructor(readonly key: string, cure: string) {
    super(`Configuration ${key} ${cure}`);
    this.name = 'GitopsConfigError';
  }
}
