import { z } from 'zod';

/** The longest path that Linux takes (PATH_MAX); names, addresses and revisions are shorter. Characters. */
export const maxTextLength = 4_096;

/** A text of an upstream that is compared, searched or shown as it stands; a longer one is no name of anything. */
export const boundedText = z.string().max(maxTextLength);
