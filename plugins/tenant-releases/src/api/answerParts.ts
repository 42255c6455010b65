import { z } from 'zod';
import { readableBlock, readableLine } from '../domain/readableText';

/** A number of things. */
export const count = z.int().min(0);

/** RFC 3339; what cannot be read is shown as not known. */
export const time = z.string();

/** One line of text that somebody wrote who is not to be trusted, fit to be shown. */
export const line = (maxLength: number) =>
  z.string().transform(text => readableLine(text, maxLength));

/** The same, of several lines. */
export const block = (maxLength: number) =>
  z.string().transform(text => readableBlock(text, maxLength));

/** A version: an image tag has at most 128 characters (OCI distribution specification). */
export const version = line(300);
