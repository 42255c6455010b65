/** A command cannot do what it was asked; the message is a sentence for the person who typed it. */
export class CommandError extends Error {
  override name = 'CommandError';

  /** @param exitCode - 1 refused or failed, 2 wrong usage */
  constructor(message: string, readonly exitCode: 1 | 2 = 1) {
    super(message);
  }
}
