/**
 * The machine lacks a program that a server needs. The message is one line with the cure. Starting
 * again does not help; the supervisor knows the error by its name.
 */
export class MissingProgramError extends Error {
  override name = 'MissingProgramError';
}
