import { z } from 'zod';
import { identity } from '../model/merge';

/** Text that Git can keep in a commit. */
export const plain = z.string().refine(text => !text.includes('\0'), 'the value holds a NUL');
const name = plain.refine(text => /[^\s<>.,:;"'\\]/.test(text), 'the name is empty');

/** An author or committer as the API takes it. */
export const signatureSchema = z.object({
  name: name.optional(),
  email: plain.optional(),
  date: z.iso.datetime({ offset: true }).optional(),
});

/** Fills in what a caller left out of an author or committer. */
export function signatureOf(
  given: z.output<typeof signatureSchema> | undefined,
  login: string,
  now: Date,
) {
  const fallback = identity(login);
  return {
    name: given?.name ?? fallback.name,
    email: given?.email ?? fallback.email,
    date: given?.date ? new Date(given.date) : now,
  };
}
